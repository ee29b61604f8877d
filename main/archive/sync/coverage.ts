import type { Database } from 'better-sqlite3';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Source, SourceStatus, Status } from '../../../preload/model.ts';
import { listAccounts, type StoredAccount } from '../store/accounts.ts';
import { waitingRepairs } from '../store/repairs.ts';
import { coverageDays, dayCounts, ledgerStart, type DayFacts } from './coverage-days.ts';
import { pausedAccounts } from './pause.ts';
import { findSourceState } from './source-state.ts';
import { backfillStart, ceilTo, dayMs, dayText, floorTo, retentionStart } from './time.ts';

/** Days that the source deletes within this time are worth an alarm when they are not archived. */
const alarmMs = 30 * dayMs;

/** What is archived, what is missing, and what the source deletes next. */
export function archiveStatus(db: Database, folder: string, now: number): Status {
  const active = new Set(listAccounts(db).map(({ key }) => key));
  const paused = pausedAccounts(db);
  return {
    archiveFolder: folder,
    diskBytes: diskBytes(folder),
    accounts: listAccounts(db, { removed: true }).map((account) => ({
      accountId: account.accountId,
      label: account.label,
      demo: account.demo,
      removed: !active.has(account.key),
      paused: paused.has(account.accountId),
      sources: account.sources.map((source) => sourceStatus(db, account, source, now)),
    })),
  };
}

function sourceStatus(db: Database, account: StoredAccount, source: Source, now: number): SourceStatus {
  const key = { account: account.key, source };
  const state = findSourceState(db, key);
  const counts = [...dayCounts(db, key).values()];
  const first = counts[0];
  const last = counts.at(-1);
  const days = coverageDays(db, key, statusRange(db, account, source, now), now);
  const repairs = waitingRepairs(db, key);
  return {
    source,
    conversations: counts.reduce((sum, { conversations }) => sum + conversations, 0),
    messages: counts.reduce((sum, { messages }) => sum + messages, 0),
    firstDay: first === undefined ? null : dayText(first.day * dayMs),
    lastDay: last === undefined ? null : dayText(last.day * dayMs),
    coverage: days.map(({ day, state: dayState, reported, archived, verdict }) => ({
      day,
      state: dayState,
      reported,
      archived,
      verdict,
    })),
    retention: nextDeletion(days, now),
    lastSyncAt: state?.lastSyncMs ?? null,
    lastError: state?.errorMessage ?? null,
    repairsPending: repairs.pending,
    nextRepairAt: repairs.nextMs,
    gapsBecomingPermanent: ranges(days.filter((day) => closing(day, now))),
    permanentGaps: ranges(days.filter((day) => lost(day, now))),
  };
}

/** From the oldest day that the source still has, the ledger knows or the archive holds, up to today. */
function statusRange(db: Database, account: StoredAccount, source: Source, now: number) {
  const oldestCount = dayCounts(db, { account: account.key, source }).keys().next().value;
  const asked =
    ledgerStart(db, { account: account.key, source }) ??
    floorTo(Math.max(backfillStart(now), account.since ?? -Infinity), dayMs);
  const from = Math.min(asked, oldestCount === undefined ? Infinity : oldestCount * dayMs);
  return { from, to: ceilTo(now + 1, dayMs) };
}

/** The next day that the source's limit deletes and that held, or may have held, conversations. */
function nextDeletion(days: readonly DayFacts[], now: number): SourceStatus['retention'] {
  const oldest = retentionStart(now);
  const next = days.find((day) => day.from >= oldest && (day.verdict !== 'complete' || day.archived > 0));
  if (next === undefined) return { nextDeletionDay: null, conversations: 0, archived: true };
  return {
    nextDeletionDay: next.day,
    conversations: Math.max(next.reported ?? 0, next.archived),
    archived: next.verdict === 'complete',
  };
}

/** Not archived for certain, and deleted at the source within a month. */
function closing(day: DayFacts, now: number): boolean {
  const oldest = retentionStart(now);
  return day.verdict === 'gap' && day.to > oldest && day.from < oldest + alarmMs;
}

/** Was to be archived, was not, and the source has it no more. */
function lost(day: DayFacts, now: number): boolean {
  return day.verdict === 'gap' && day.to <= retentionStart(now);
}

function ranges(days: readonly DayFacts[]): { from: string; to: string; days: number }[] {
  const found: { from: string; to: string; days: number; end: number }[] = [];
  for (const day of days) {
    const last = found.at(-1);
    if (last?.end === day.from) {
      last.to = day.day;
      last.days += 1;
      last.end = day.to;
    } else found.push({ from: day.day, to: day.day, days: 1, end: day.to });
  }
  return found.map(({ from, to, days: length }) => ({ from, to, days: length }));
}

function diskBytes(folder: string): number {
  let sum = 0;
  for (const name of ['archive.sqlite', 'archive.sqlite-wal', 'archive.sqlite-shm']) {
    sum += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}
