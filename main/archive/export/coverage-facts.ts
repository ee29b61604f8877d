import type { Database } from 'better-sqlite3';
import { coverageStatement } from '../sync/coverage-statement.ts';

/** What the archive can claim about the days and accounts of the exported conversations. */
export function coverageFacts(
  db: Database,
  accounts: ReadonlySet<string>,
  range: { from: number; to: number } | null,
  now: number,
): unknown[] {
  if (range === null) return [];
  return [...accounts].sort().map((accountId) => ({
    accountId,
    ...coverageStatement(db, { accountId, ...range }, now),
  }));
}
