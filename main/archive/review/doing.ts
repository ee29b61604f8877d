import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Source } from '../../../preload/model.ts';
import type { Actor } from '../actor.ts';
import { prepared } from '../store/statements.ts';
import { conversationId } from '../store/transcripts.ts';

/** Who does something, and when. */
export interface Doing {
  now: number;
  actor: Actor;
}

/** The public id of a conversation. */
export function idOf(db: Database, rid: number): string {
  const row = prepared<[number], { source: Source; account_id: string; remote_id: string }>(
    db,
    `SELECT c.source, a.account_id, c.remote_id FROM conversation AS c JOIN account AS a ON a.key = c.account
     WHERE c.rid = ?`,
  ).get(rid);
  return row === undefined ? `row ${rid}` : conversationId(row.source, row.account_id, row.remote_id);
}

/** What seals a list of conversations in the custody log: SHA-256 of their ids, sorted, one a line. */
export function sealOf(ids: readonly string[]): { members: number; membersSha256: string } {
  const hash = createHash('sha256');
  for (const id of ids.toSorted()) hash.update(`${id}\n`);
  return { members: ids.length, membersSha256: hash.digest('hex') };
}
