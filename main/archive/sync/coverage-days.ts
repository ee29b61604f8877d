import type { Database } from 'better-sqlite3';
import type { CoverageDay, CoverageState } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';
import { ledgerWindows, type LedgerWindow, type SourceKey } from '../store/windows.ts';
import type { Window } from '../liveperson/history-client.ts';
import { ceilTo, dayMs, dayText, floorTo, retentionStart } from './time.ts';

/** Why a day is not complete, as an auditor calls it (evidence.md section 1). */
export type Verdict = 'complete' | 'provisional' | 'gap' | 'beyond-retention';

/** A UTC day of one account's source: what the ledger and the archive say about it. */
export interface DayFacts extends CoverageDay {
  from: number;
  to: number;
  verdict: Verdict;
  messages: number;
  /** When it was last read in a clean pass; null while it was not. */
  readMs: number | null;
  problems: readonly string[];
}

/** Archived conversations and messages per day, from the counters that triggers keep. */
export interface DayCount {
  day: number;
  conversations: number;
  messages: number;
}

export function dayCounts(db: Database, key: SourceKey): Map<number, DayCount> {
  const rows = prepared<[number, string], DayCount>(
    db,
    'SELECT day, conversations, messages FROM day_count WHERE account = ? AND source = ? AND conversations > 0 ORDER BY day',
  ).all(key.account, key.source);
  return new Map(rows.map((row) => [row.day, row]));
}

/**
 * Days of a range with their verdicts. What is still in the future for the clock is never complete, whatever the
 * ledger says: it may have been written by a clock that was ahead.
 */
export function coverageDays(db: Database, key: SourceKey, range: Window, now: number): DayFacts[] {
  const from = floorTo(range.from, dayMs);
  const to = ceilTo(range.to, dayMs);
  const counts = dayCounts(db, key);
  const rowsByDay = rowsPerDay(ledgerWindows(db, key, from, to), from, to);
  const ledgerFrom = ledgerStart(db, key);
  const days: DayFacts[] = [];
  for (let start = from; start < to; start += dayMs) {
    const count = counts.get(start / dayMs);
    const rows = rowsByDay.get(start) ?? [];
    const end = start + dayMs;
    const archived = count?.conversations ?? 0;
    days.push({
      day: dayText(start),
      from: start,
      to: end,
      state: stateOf(rows, start, end, now, archived),
      verdict: rows.length === 0 ? unaskedVerdict(start, end, ledgerFrom, now) : verdictOf(rows, start, end, now),
      reported: reportedOf(rows, start, Math.min(end, ceilTo(now, dayMs))),
      archived,
      messages: count?.messages ?? 0,
      readMs: earliestRead(rows),
      problems: rows.flatMap(({ problem }) => (problem === null ? [] : [problem])),
    });
  }
  return days;
}

function rowsPerDay(rows: readonly LedgerWindow[], from: number, to: number): Map<number, LedgerWindow[]> {
  const days = new Map<number, LedgerWindow[]>();
  for (const row of rows) {
    for (let day = Math.max(from, floorTo(row.from, dayMs)); day < Math.min(row.to, to); day += dayMs) {
      const list = days.get(day);
      if (list === undefined) days.set(day, [row]);
      else list.push(row);
    }
  }
  return days;
}

function isCovered(rows: readonly LedgerWindow[], start: number, end: number): boolean {
  let at = start;
  for (const row of rows) {
    if (row.from > at) return false;
    at = row.to;
  }
  return at >= end;
}

function isComplete(rows: readonly LedgerWindow[], start: number, end: number, now: number): boolean {
  const sealed = rows.every((row) => row.state === 'sealed' && row.problem === null && (row.sealedMs ?? 0) <= now);
  return sealed && end <= now && isCovered(rows, start, end);
}

function stateOf(
  rows: readonly LedgerWindow[],
  start: number,
  end: number,
  now: number,
  archived: number,
): CoverageState {
  if (rows.length === 0) return 'never';
  if (isComplete(rows, start, end, now)) return 'complete';
  if (rows.some((row) => row.state === 'gap' || row.problem !== null)) return 'partial';
  if (rows.some((row) => row.state === 'beyond')) return archived > 0 ? 'partial' : 'never';
  if (end <= retentionStart(now)) return 'partial';
  const untouched = rows.every((row) => row.state === 'sealed');
  // Sealed as far as it was asked for, but asked for in part only: a limit of the account or of the run.
  return untouched && end <= now && !isCovered(rows, start, end) ? 'partial' : 'pending';
}

/** The first instant that the ledger knows of; null for a source that was never synced. */
export function ledgerStart(db: Database, key: SourceKey): number | null {
  const row = prepared<[number, string], { first: number | null }>(
    db,
    'SELECT min(from_ms) AS first FROM sync_window WHERE account = ? AND source = ?',
  ).get(key.account, key.source);
  return row?.first ?? null;
}

/** A day without a row: the source had deleted it before we came, or it is a hole that nobody filled in time. */
function unaskedVerdict(start: number, end: number, ledgerFrom: number | null, now: number): Verdict {
  const beforeUs = ledgerFrom === null || start < ledgerFrom;
  return beforeUs && end <= retentionStart(now) ? 'beyond-retention' : 'gap';
}

function verdictOf(rows: readonly LedgerWindow[], start: number, end: number, now: number): Verdict {
  if (isComplete(rows, start, end, now)) return 'complete';
  if (rows.some((row) => row.state === 'gap' || row.state === 'unread')) return 'gap';
  if (rows.some((row) => row.state === 'beyond')) return 'beyond-retention';
  if (rows.some((row) => row.problem !== null)) return 'gap';
  // What is still open when the source deletes it can't be verified any more.
  if (end <= retentionStart(now)) return 'gap';
  return end > now || rows.some((row) => row.state === 'open') ? 'provisional' : 'gap';
}

/** What the API reported for a day: only when all of it was asked for, by rows that lie within it. */
function reportedOf(rows: readonly LedgerWindow[], start: number, end: number): number | null {
  let sum = 0;
  for (const row of rows) {
    if (row.reported === null || row.from < start || row.to > start + dayMs) return null;
    sum += row.reported;
  }
  if (rows.length === 0) return null;
  const last = rows.at(-1);
  const endsToday = last !== undefined && last.state === 'open';
  return isCovered(rows, start, end) || endsToday ? sum : null;
}

function earliestRead(rows: readonly LedgerWindow[]): number | null {
  let earliest: number | null = null;
  for (const { readMs } of rows) {
    if (readMs === null) return null;
    earliest = earliest === null ? readMs : Math.min(earliest, readMs);
  }
  return earliest;
}
