import type { Database } from 'better-sqlite3';
import type { CoverageStatement, Source } from '../../../preload/model.ts';
import { getAccount, listAccounts, type StoredAccount } from '../store/accounts.ts';
import { coverageDays, type DayFacts, type Verdict } from './coverage-days.ts';
import { dayMs, dayText, floorTo } from './time.ts';

export interface StatementRequest {
  accountId?: string | undefined;
  /** Epoch milliseconds; the statement is about whole UTC days, both included. */
  from: number;
  to: number;
}

/** What the archive can claim about a range, in words that an auditor can quote, with the numbers behind them. */
export function coverageStatement(db: Database, request: StatementRequest, now: number): CoverageStatement {
  const accounts =
    request.accountId === undefined ? listAccounts(db, { removed: true }) : [getAccount(db, request.accountId)];
  const range = { from: floorTo(request.from, dayMs), to: floorTo(request.to, dayMs) + dayMs };
  const sources = accounts.flatMap((account) =>
    account.sources.map((source) => statementOf(db, account, source, range, now)),
  );
  return {
    from: dayText(range.from),
    to: dayText(range.to - 1),
    verdict: worst(sources.map(({ verdict }) => verdict)),
    text: sources.map(({ text }) => text).join('\n'),
    sources,
  };
}

function statementOf(
  db: Database,
  account: StoredAccount,
  source: Source,
  range: { from: number; to: number },
  now: number,
): CoverageStatement['sources'][number] {
  const days = coverageDays(db, { account: account.key, source }, range, now);
  const verdict = worst(days.map((day) => day.verdict));
  const asked = days.filter((day) => day.reported !== null);
  const facts = {
    accountId: account.accountId,
    source,
    verdict,
    days: days.length,
    completeDays: days.filter((day) => day.verdict === 'complete').length,
    reported: asked.length === days.length ? asked.reduce((sum, day) => sum + (day.reported ?? 0), 0) : null,
    archived: days.reduce((sum, day) => sum + day.archived, 0),
    missing: days.filter((day) => day.verdict !== 'complete').map(({ day, verdict: why }) => ({ day, verdict: why })),
  };
  return { ...facts, text: sentence(facts, days, range, now) };
}

/** A gap outweighs everything; what the source deleted before we came outweighs what is merely too young. */
function worst(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of ['gap', 'beyond-retention', 'provisional'] as const) {
    if (verdicts.includes(verdict)) return verdict;
  }
  return verdicts.length === 0 ? 'gap' : 'complete';
}

const apis: Record<Source, string> = { chat: 'Engagement History API', messaging: 'Messaging Interactions API' };

function sentence(
  facts: Omit<CoverageStatement['sources'][number], 'text'>,
  days: readonly DayFacts[],
  range: { from: number; to: number },
  now: number,
): string {
  const subject = `Account ${facts.accountId}, ${facts.source} (LivePerson ${apis[facts.source]}), conversations that started from ${dayText(range.from)} to ${dayText(range.to - 1)} UTC, as of ${new Date(now).toISOString()}:`;
  const numbers =
    facts.reported === null
      ? `${facts.archived} are in this archive; the source was not asked for every day of the range.`
      : `the source reported ${facts.reported} and ${facts.archived} are in this archive.`;
  return `${subject} ${numbers} ${verdictSentence(facts.verdict, days)}`;
}

function verdictSentence(verdict: Verdict, days: readonly DayFacts[]): string {
  if (verdict === 'complete') {
    const reads = days.flatMap((day) => (day.readMs === null ? [] : [day.readMs]));
    const first = new Date(Math.min(...reads)).toISOString();
    const last = new Date(Math.max(...reads)).toISOString();
    return `Complete: each of these ${days.length} days was read in full, without partial answers and with as many distinct records as the source counted, after all of its conversations had ended (${first} to ${last}).`;
  }
  const open = days.filter((day) => day.verdict !== 'complete');
  const list = listDays(open);
  if (verdict === 'provisional') return `Provisional: ${list} can still receive conversations and will be read again.`;
  if (verdict === 'beyond-retention') {
    return `Not provable in full: ${list} lay beyond the source's 13 months when they were first asked for, so the source may have deleted conversations before.`;
  }
  return `Gap: ${list} could not be read in full, or were never asked for.`;
}

function listDays(days: readonly DayFacts[]): string {
  const named = days
    .slice(0, 10)
    .map(({ day }) => day)
    .join(', ');
  return days.length > 10 ? `${named} and ${days.length - 10} more days` : named;
}
