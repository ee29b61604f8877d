import type { Database } from 'better-sqlite3';
import { preparedValue } from '../store/statements.ts';

/**
 * The format of FTS5's tables is stable, as every file format of SQLite's, but private. So the first lists that a
 * connection reads beside FTS5 are compared with what MATCH says, and at the first doubt FTS5 does all the work from then on.
 */
const distrusted = new WeakSet<Database>();
const checksLeft = new WeakMap<Database, number>();
const checks = 8;
/** Counting longer ones takes FTS5 longer than the rest of the answer; these run over many pages, too. */
const mostRows = 30_000;

export function isTrusted(db: Database): boolean {
  return !distrusted.has(db);
}

/** Does work on the lists; null where it fails: a format that this program does not know, or a damaged index. */
export function trusting<T>(db: Database, work: () => T | null): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    distrusted.add(db);
    return null;
  }
}

/** @throws Error when FTS5 counts another number of rows that match */
export function checkTotal(
  db: Database,
  { match, from = 0, to = Number.MAX_SAFE_INTEGER }: { match: string; from?: number; to?: number },
  total: number,
): void {
  const left = checksLeft.get(db) ?? checks;
  if (left === 0 || total > mostRows) return;
  const counted = preparedValue<[string, bigint, bigint], number>(
    db,
    'SELECT count(*) FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ?',
  ).get(match, BigInt(from), BigInt(to));
  if (counted !== total) throw new Error('FTS5 counts other rows than the lists of the index have');
  checksLeft.set(db, left - 1);
}
