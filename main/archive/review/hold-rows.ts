import type { Database } from 'better-sqlite3';
import type { Hold, Source } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';
import { conversationId } from '../store/transcripts.ts';
import { unknownName } from './names.ts';

interface HoldRow {
  id: number;
  name: string;
  reason: string;
  scope: Hold['scope'];
  query: string | null;
  case_name: string | null;
  standing: number;
  time_zone: string;
  total: number;
  created_ms: number;
  created_by: string;
  released_ms: number | null;
  released_by: string | null;
  release_reason: string | null;
}

export interface StoredHold extends Hold {
  key: number;
  /** Of the dates in its query. */
  timeZone: string;
}

const columns = `SELECT hold.*, c.name AS case_name,
  (SELECT count(*) FROM hold_member WHERE hold = hold.id) AS total
  FROM hold LEFT JOIN review_case AS c ON c.id = hold.review_case`;

/** All holds, the newest first. */
export function storedHolds(db: Database): StoredHold[] {
  return prepared<[], HoldRow>(db, `${columns} ORDER BY hold.id DESC`).all().map(storedHold);
}

/** A hold by its name, or null. */
export function findHold(db: Database, name: string): StoredHold | null {
  const row = prepared<[string], HoldRow>(db, `${columns} WHERE hold.name = ?`).get(name);
  return row === undefined ? null : storedHold(row);
}

/** @throws ArchiveError not-found */
export function getHold(db: Database, name: string): StoredHold {
  const hold = findHold(db, name);
  if (hold !== null) return hold;
  throw unknownName(
    'hold',
    name,
    storedHolds(db).map((each) => each.name),
  );
}

/** Row ids of a hold's members, in order of their start. */
export function memberRids(db: Database, key: number): number[] {
  return db.prepare<[number], number>('SELECT rid FROM hold_member WHERE hold = ? ORDER BY rid').pluck().all(key);
}

/** Public ids of a hold's members, in order of their start. */
export function memberIds(db: Database, key: number, limit = -1, offset = 0): string[] {
  return db
    .prepare<[number, number, number], { source: Source; account_id: string; remote_id: string }>(
      `SELECT c.source, a.account_id, c.remote_id
       FROM hold_member AS member JOIN conversation AS c ON c.rid = member.rid JOIN account AS a ON a.key = c.account
       WHERE member.hold = ? ORDER BY member.rid LIMIT ? OFFSET ?`,
    )
    .all(key, limit, offset)
    .map((row) => conversationId(row.source, row.account_id, row.remote_id));
}

function storedHold(row: HoldRow): StoredHold {
  const { released_ms: at, released_by: by, release_reason: reason } = row;
  return {
    key: row.id,
    name: row.name,
    reason: row.reason,
    scope: row.scope,
    query: row.query,
    case: row.case_name,
    standing: row.standing === 1,
    timeZone: row.time_zone,
    total: row.total,
    createdAt: row.created_ms,
    createdBy: row.created_by,
    released: at === null || by === null || reason === null ? null : { at, by, reason },
  };
}
