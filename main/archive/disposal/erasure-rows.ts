import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Erasure, ErasureState, Source } from '../../../preload/model.ts';
import { mayRemove } from '../review/holds.ts';
import { decodedIfSound } from '../store/index-source.ts';
import { prepared } from '../store/statements.ts';
import { conversationId, findConversation } from '../store/transcripts.ts';
import { remainsSince } from './remains.ts';

interface ErasureRow {
  rid: number;
  state: ErasureState;
  noticed_ms: number;
  settled_ms: number | null;
  settled_by: string | null;
  reason: string | null;
  source: Source;
  account_id: string;
  remote_id: string;
}

/** An erasure with what the store knows its conversation by. */
export type StoredErasure = Erasure & { rid: number; accountId: string };

const columns = `SELECT e.*, c.source, a.account_id, c.remote_id
  FROM erasure e JOIN conversation c ON c.rid = e.rid JOIN account a ON a.key = c.account`;
const inStates = 'state IN (SELECT value FROM json_each(?))';

/** Erasures in some states, the first noticed first. */
export function erasuresIn(db: Database, states: readonly ErasureState[], limit: number, after = -1): StoredErasure[] {
  return prepared<[string, number, number], ErasureRow>(
    db,
    `${columns} WHERE ${inStates} AND e.rid > ? ORDER BY e.rid LIMIT ?`,
  )
    .all(JSON.stringify(states), after, limit)
    .map((row) => storedErasure(db, row));
}

/** One page of them, the latest first, and how many there are. */
export function listErasures(
  db: Database,
  { states, limit, offset }: ParsedInput<'erasure.list'>,
): Output<'erasure.list'> {
  const wanted = JSON.stringify(states);
  const rows = prepared<[string, number, number], ErasureRow>(
    db,
    `${columns} WHERE ${inStates} ORDER BY e.noticed_ms DESC, e.rid DESC LIMIT ? OFFSET ?`,
  ).all(wanted, limit, offset);
  const { total } = prepared<[string], { total: number }>(
    db,
    `SELECT count(*) AS total FROM erasure WHERE ${inStates}`,
  ).get(wanted) ?? { total: 0 };
  return { erasures: rows.map((row) => publicErasure(storedErasure(db, row))), total, remainsSince: remainsSince(db) };
}

/** @throws ArchiveError not-found when nothing of the conversation was erased at the source */
export function getErasure(db: Database, id: string): StoredErasure {
  const { rid } = findConversation(db, id);
  const row = prepared<[number], ErasureRow>(db, `${columns} WHERE e.rid = ?`).get(rid);
  if (row !== undefined) return storedErasure(db, row);
  throw new ArchiveError(
    'not-found',
    'LivePerson has not erased anything of this conversation since it was archived.',
    {
      hint: 'Look at the list of erasures.',
    },
  );
}

export function publicErasure({ rid: _rid, accountId: _accountId, ...erasure }: StoredErasure): Erasure {
  return erasure;
}

/** Puts an erasure into another state. */
export function settle(
  db: Database,
  rid: number,
  { state, now, by, reason }: { state: ErasureState; now: number; by: string | null; reason: string },
): void {
  prepared<unknown[]>(db, 'UPDATE erasure SET state = ?, settled_ms = ?, settled_by = ?, reason = ? WHERE rid = ?').run(
    state,
    now,
    by,
    reason,
    rid,
  );
}

/** What only a hold kept from being purged is due again, when no hold is left on it. */
export function heldNoMore(db: Database): void {
  prepared(
    db,
    `UPDATE erasure SET state = 'due', settled_ms = NULL, settled_by = NULL, reason = NULL
     WHERE state = 'held' AND NOT EXISTS (
       SELECT 1 FROM hold_member AS member JOIN hold ON hold.id = member.hold
       WHERE member.rid = erasure.rid AND hold.released_ms IS NULL)`,
  ).run();
}

/** A conversation that the source shows again in full is erased no longer: there is nothing to decide. */
export function forgetUnerased(db: Database): void {
  prepared(
    db,
    `DELETE FROM erasure WHERE state IN ('due', 'asked', 'held') AND rid IN (
       SELECT c.rid FROM conversation c JOIN erasure e ON e.rid = c.rid
       WHERE NOT EXISTS (SELECT 1 FROM json_each(c.flags) WHERE value = 'erased'))`,
  ).run();
}

function storedErasure(db: Database, row: ErasureRow): StoredErasure {
  const { rid, state, settled_ms: at, reason } = row;
  return {
    rid,
    accountId: row.account_id,
    id: conversationId(row.source, row.account_id, row.remote_id),
    state,
    noticedAt: row.noticed_ms,
    versions: formerVersions(db, rid),
    holds: mayRemove(db, rid).holds,
    settled: at === null ? null : { at, by: row.settled_by, reason: reason ?? '' },
  };
}

/**
 * Versions with what the source has erased since: those from before it was last erased, and later ones that were
 * imported from files of before.
 */
function formerVersions(db: Database, rid: number): number[] {
  return prepared<[number], { number: number; before: number }>(
    db,
    `SELECT v.number, v.number < e.version AS before FROM version v
     JOIN erasure e ON e.rid = v.rid JOIN conversation c ON c.rid = v.rid
     WHERE v.rid = ? AND v.sha256 IS NOT NULL AND v.number <> c.version ORDER BY v.number`,
  )
    .all(rid)
    .filter(({ number, before }) => before === 1 || decodedIfSound(db, rid, number)?.flags.includes('erased') === false)
    .map(({ number }) => number);
}
