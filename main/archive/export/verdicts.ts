import type { Database } from 'better-sqlite3';
import { isoTime } from '../../../preload/public-json.ts';

/** Positions of the verdicts on windows in which conversations of these accounts and days started. */
export function verdictPositions(
  db: Database,
  facts: { accounts: ReadonlySet<string>; range: { from: number; to: number } | null },
  before: number,
): number[] {
  if (facts.range === null) return [];
  // ISO times of one form compare as text like the times they say.
  return db
    .prepare<[number, string, string | null, string | null], number>(
      `SELECT position FROM custody_entry
       WHERE kind = 'window-verdict' AND position < ?
         AND entry ->> '$.details.accountId' IN (SELECT value FROM json_each(?))
         AND entry ->> '$.details.from' <= ? AND entry ->> '$.details.to' >= ?
       ORDER BY position`,
    )
    .pluck()
    .all(before, JSON.stringify([...facts.accounts]), isoTime(facts.range.to), isoTime(facts.range.from));
}
