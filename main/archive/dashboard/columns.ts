import type { Database } from 'better-sqlite3';
import { firstAtLeast } from '../search/documents.ts';
import { ridsPerWeek, weeksOnDemand, type Week } from '../search/weeks.ts';

/** Numbers of conversations side by side; NaN where there is none. */
export interface Columns {
  starts: Float64Array;
  durations: Float64Array;
  waits: Float64Array;
  mcs: Float64Array;
}

interface WeekColumns extends Columns {
  rids: Float64Array;
}

const tables = new WeakMap<Database, Map<number, Week<WeekColumns>>>();

/**
 * The numbers of conversations, given by their row ids in ascending order. Weeks are read when first asked for and
 * kept packed, 40 bytes a conversation, until the archive changes them.
 */
export function columnsOf(db: Database, rids: Float64Array): Columns {
  const weeks = tables.get(db) ?? new Map<number, Week<WeekColumns>>();
  tables.set(db, weeks);
  const weekAt = weeksOnDemand(db, weeks, (first, last) => readWeek(db, first, last));
  const columns = emptyColumns(rids.length);
  for (let position = 0; position < rids.length;) {
    const id = Math.floor((rids[position] ?? 0) / ridsPerWeek);
    const end = firstAtLeast(rids, (id + 1) * ridsPerWeek, position);
    const week = weekAt(id);
    if (week !== null) copyWeek(week, rids, position, end, columns);
    position = end;
  }
  return columns;
}

function emptyColumns(length: number): Columns {
  return {
    starts: new Float64Array(length).fill(NaN),
    durations: new Float64Array(length).fill(NaN),
    waits: new Float64Array(length).fill(NaN),
    mcs: new Float64Array(length).fill(NaN),
  };
}

type Row = [rid: number, start: number, duration: number | null, waiting: number | null, mcs: number | null];

function readWeek(db: Database, first: number, last: number): WeekColumns {
  const sql =
    'SELECT rid, start_ms, duration_ms, waiting_ms, mcs FROM conversation WHERE rid BETWEEN ? AND ? ORDER BY rid';
  // Rows as arrays: a million objects would be made only to be taken apart.
  const rows = db.prepare<[number, number], Row>(sql).raw().all(first, last);
  const week = { rids: new Float64Array(rows.length), ...emptyColumns(rows.length) };
  rows.forEach(([rid, start, duration, waiting, mcs], index) => {
    week.rids[index] = rid;
    week.starts[index] = start;
    week.durations[index] = duration ?? NaN;
    week.waits[index] = waiting ?? NaN;
    week.mcs[index] = mcs ?? NaN;
  });
  return week;
}

function copyWeek(week: WeekColumns, rids: Float64Array, from: number, to: number, into: Columns): void {
  const { rids: all } = week;
  let at = 0;
  for (let position = from; position < to; position += 1) {
    const rid = rids[position] ?? 0;
    while (at < all.length && (all[at] ?? 0) < rid) at += 1;
    if (all[at] !== rid) continue;
    into.starts[position] = week.starts[at] ?? NaN;
    into.durations[position] = week.durations[at] ?? NaN;
    into.waits[position] = week.waits[at] ?? NaN;
    into.mcs[position] = week.mcs[at] ?? NaN;
  }
}
