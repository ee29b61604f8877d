import type { Database } from 'better-sqlite3';
import type { Label } from '../search/document.ts';
import { prepared } from './statements.ts';

/** What people put on a conversation: the index has to find it by that, too. */
export function labelsOf(db: Database, rid: number): Label[] {
  const held = prepared<[number], number>(
    db,
    `SELECT 1 FROM hold_member AS member JOIN hold ON hold.id = member.hold
     WHERE member.rid = ? AND hold.released_ms IS NULL LIMIT 1`,
  ).get(rid);
  return held === undefined ? [] : [{ field: 'has', value: 'hold' }];
}
