import type { Database } from 'better-sqlite3';
import type { ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Outcome, ReviewReport } from '../../../preload/model.ts';
import { isTimeZone, localTimeFormatter } from '../export/local-time.ts';
import { explainQuery } from '../search/explain.ts';
import { parseQuery } from '../search/query.ts';
import { prepared } from '../store/statements.ts';
import { getCase } from './cases.ts';
import { noOutcomes, noProgress } from './progress.ts';
import { getQueue, sampleOf } from './queue-rows.ts';
import { scopeRids } from './scope.ts';

type ReportInput = ParsedInput<'review.report'>;

export interface DecisionRow {
  rid: number;
  outcome: Outcome;
  decided_ms: number;
  decided_by: string;
}

/** A report with the conversations that it is about, in order of their start. */
export interface WholeReport {
  report: ReviewReport;
  rids: number[];
  decisions: ReadonlyMap<number, DecisionRow>;
}

/**
 * How far a review has come: what is to be reviewed, and what was decided about it, by whom and when.
 * @throws ArchiveError not-found; invalid-input for a query or a time zone
 */
export function reviewReport(db: Database, input: ReportInput, now: number): ReviewReport {
  return wholeReport(db, input, now).report;
}

/** The same with the conversations themselves. Reads one state of the archive. */
export function wholeReport(db: Database, input: ReportInput, now: number): WholeReport {
  return db.transaction(() => read(db, input, now)).deferred();
}

function read(db: Database, { scope, timeZone }: ReportInput, now: number): WholeReport {
  if (!isTimeZone(timeZone)) {
    throw new ArchiveError('invalid-input', `${timeZone} is not a time zone that this machine knows.`, {
      hint: 'Use a name such as UTC or Europe/Berlin.',
    });
  }
  const rids = scopeRids(db, scope, now);
  const within = new Set(rids);
  const decisions = new Map<number, DecisionRow>();
  const all = prepared<[], DecisionRow>(
    db,
    'SELECT rid, outcome, decided_ms, decided_by FROM decision ORDER BY decided_ms, rid',
  ).all();
  for (const row of all) if (within.has(row.rid)) decisions.set(row.rid, row);

  const local = localTimeFormatter(timeZone);
  const progress = { ...noProgress(), total: rids.length, reviewed: decisions.size };
  const reviewers = new Map<string, ReviewReport['reviewers'][number]>();
  const days = new Map<string, ReviewReport['days'][number]>();
  for (const { outcome, decided_ms: at, decided_by: name } of decisions.values()) {
    progress.outcomes[outcome] += 1;
    countIn(reviewers, name, { name, outcomes: noOutcomes() }, outcome);
    const day = local(at).slice(0, 10);
    countIn(days, day, { day, outcomes: noOutcomes() }, outcome);
  }
  const queue = scope.kind === 'queue' ? getQueue(db, scope.queue) : null;
  const report: ReviewReport = {
    scope: scopeWords(db, scope),
    at: now,
    progress,
    reviewers: [...reviewers.values()].sort((one, other) => (one.name < other.name ? -1 : 1)),
    days: [...days.values()],
    sample: queue === null ? null : sampleOf(queue),
    timeZone,
  };
  return { report, rids, decisions };
}

function countIn<T extends { outcomes: Record<Outcome, number> }>(
  counts: Map<string, T>,
  key: string,
  fresh: T,
  outcome: Outcome,
): void {
  const known = counts.get(key) ?? fresh;
  known.outcomes[outcome] += 1;
  counts.set(key, known);
}

function scopeWords(db: Database, scope: ReportInput['scope']): string {
  switch (scope.kind) {
    case 'query': {
      const { root } = parseQuery(scope.query);
      return root === null ? 'All conversations' : `Search: ${explainQuery({ text: scope.query, root })}`;
    }
    case 'case':
      return `Case: ${getCase(db, scope.case).name}`;
    case 'queue': {
      const queue = getQueue(db, scope.queue);
      return `Review: ${queue.name}${queue.scope === 'sample' ? ' (random sample)' : ''}`;
    }
  }
}
