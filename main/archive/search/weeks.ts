import type { Database } from 'better-sqlite3';
import { slotsPerMinute } from '../store/rid.ts';
import { prepared } from '../store/statements.ts';

/** As the triggers of table `conversation` have it (store/migrations/0010-archive.ts). */
export const ridsPerWeek = slotsPerMinute * 10_080;

/** What a reader keeps packed of a week's conversations, as of a generation of that week. */
export interface Week<T> {
  generation: number;
  packed: T;
}

/** Reads those weeks again that changed since the last time. True when any had. */
export function refreshWeeks<T>(
  db: Database,
  weeks: Map<number, Week<T>>,
  read: (firstRid: number, lastRid: number) => T,
): boolean {
  const rows = prepared<[], { id: number; generation: number }>(
    db,
    'SELECT id, generation FROM facet_week ORDER BY id',
  ).all();
  let changed = false;
  for (const { id, generation } of rows) {
    if (weeks.get(id)?.generation === generation) continue;
    weeks.set(id, { generation, packed: read(id * ridsPerWeek, (id + 1) * ridsPerWeek - 1) });
    changed = true;
  }
  return changed;
}

/**
 * Gives weeks as they are now, reading only those that are asked for and changed since the last time. For as long as
 * the archive cannot change: within one transaction.
 */
export function weeksOnDemand<T>(
  db: Database,
  weeks: Map<number, Week<T>>,
  read: (firstRid: number, lastRid: number) => T,
): (id: number) => T | null {
  const rows = prepared<[], { id: number; generation: number }>(db, 'SELECT id, generation FROM facet_week').all();
  const generations = new Map(rows.map(({ id, generation }) => [id, generation]));
  return (id) => {
    const generation = generations.get(id);
    if (generation === undefined) return null;
    let week = weeks.get(id);
    if (week?.generation !== generation) {
      week = { generation, packed: read(id * ridsPerWeek, (id + 1) * ridsPerWeek - 1) };
      weeks.set(id, week);
    }
    return week.packed;
  };
}

/** Tells readers that the index or the facets of these conversations changed. */
export function touchWeeks(db: Database, rids: readonly bigint[]): void {
  const touch = prepared<[bigint]>(
    db,
    `INSERT INTO facet_week(id, generation) VALUES (?, 1)
     ON CONFLICT(id) DO UPDATE SET generation = generation + 1`,
  );
  for (const week of new Set(rids.map((rid) => rid / BigInt(ridsPerWeek)))) touch.run(week);
}
