import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Hold } from '../../../preload/model.ts';
import { recordChange, type CustodyArchive } from '../evidence/custody.ts';
import { prepared } from '../store/statements.ts';
import { getCase } from './cases.ts';
import { sealOf, type Doing } from './doing.ts';
import { findHold, getHold, memberIds, memberRids, storedHolds, type StoredHold } from './hold-rows.ts';
import { rewriteIndexRows } from './index-rows.ts';
import { scopeRids } from './scope.ts';

/** Beyond this, the custody entry names members by their hash only; the hold itself always names them. */
const mostSubjects = 1000;

/**
 * Puts a hold on conversations. Members, their index rows and the custody entry are on the disk when this returns,
 * all or nothing. Must be called outside any transaction.
 * @throws ArchiveError conflict when the name was ever used; not-found for an id that is not archived or a scope
 * that holds nothing; invalid-input for a query that does not parse
 */
export function createHold(archive: CustodyArchive, input: ParsedInput<'holds.create'>, { now, actor }: Doing): Hold {
  const { db } = archive;
  const { name, reason, scope } = input;
  recordChange(
    archive,
    () => {
      if (findHold(db, name) !== null) {
        throw new ArchiveError('conflict', 'There is, or was, a hold of this name.', {
          hint: 'Choose another name: the custody log tells holds apart by it.',
        });
      }
      const rids = heldRids(db, scope, now);
      const byQuery = scope.kind === 'query' ? scope : null;
      const { lastInsertRowid } = prepared<unknown[]>(
        db,
        `INSERT INTO hold(name, reason, scope, query, time_zone, standing, review_case, created_ms, created_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        name,
        reason,
        scope.kind,
        byQuery?.query ?? null,
        byQuery?.timeZone ?? 'UTC',
        byQuery?.standing === true ? 1 : 0,
        scope.kind === 'case' ? getCase(db, scope.case).id : null,
        now,
        actor.user,
      );
      const key = Number(lastInsertRowid);
      const addMember = prepared<[number, number]>(db, 'INSERT OR IGNORE INTO hold_member(hold, rid) VALUES (?, ?)');
      for (const rid of rids) addMember.run(key, rid);
      rewriteIndexRows(db, memberRids(db, key), now);
      return action('hold-created', getHold(db, name), memberIds(db, key), now, {
        reason,
        scope: scope.kind,
        ...scopeFacts(scope),
      });
    },
    actor,
  );
  return publicHold(getHold(db, name));
}

/**
 * Ends a hold; it stays listed with its members. Must be called outside any transaction.
 * @throws ArchiveError not-found, conflict when it was released before
 */
export function releaseHold(archive: CustodyArchive, input: ParsedInput<'holds.release'>, { now, actor }: Doing): Hold {
  const { db } = archive;
  const { name, reason } = input;
  recordChange(
    archive,
    () => {
      const hold = getHold(db, name);
      if (hold.released !== null) throw new ArchiveError('conflict', 'This hold has been released before.');
      prepared<unknown[]>(db, 'UPDATE hold SET released_ms = ?, released_by = ?, release_reason = ? WHERE id = ?').run(
        now,
        actor.user,
        reason,
        hold.key,
      );
      rewriteIndexRows(db, memberRids(db, hold.key), now);
      return action('hold-released', hold, memberIds(db, hold.key), now, { reason });
    },
    actor,
  );
  return publicHold(getHold(db, name));
}

/** All holds, the newest first; released ones too. */
export function listHolds(db: Database): Hold[] {
  return storedHolds(db).map(publicHold);
}

/** The conversations of a hold, in order of their start. @throws ArchiveError not-found */
export function holdMembers(
  db: Database,
  { name, limit, offset }: ParsedInput<'holds.members'>,
): Output<'holds.members'> {
  const hold = getHold(db, name);
  return { ids: memberIds(db, hold.key, limit, offset), total: hold.total };
}

/**
 * Whether content of a conversation may be removed, and if not, which holds forbid it. Everything that would remove
 * content has to ask, in the transaction in which it would remove it.
 */
export function mayRemove(db: Database, rid: number): { allowed: boolean; holds: string[] } {
  const holds = prepared<[number], { name: string }>(
    db,
    `SELECT hold.name FROM hold_member AS member JOIN hold ON hold.id = member.hold
     WHERE member.rid = ? AND hold.released_ms IS NULL ORDER BY hold.id`,
  )
    .all(rid)
    .map((row) => row.name);
  return { allowed: holds.length === 0, holds };
}

type HoldScope = ParsedInput<'holds.create'>['scope'];

/** A hold that holds nothing reads like protection and is none, unless conversations are going to come to it. */
function heldRids(db: Database, scope: HoldScope, now: number): number[] {
  const rids = scopeRids(db, scope, now);
  if (rids.length > 0 || scope.kind === 'case' || (scope.kind === 'query' && scope.standing)) return rids;
  throw new ArchiveError('not-found', 'The query finds no conversation, so there is nothing to hold.', {
    hint: 'Search for it first, and see what it finds.',
  });
}

function scopeFacts(scope: HoldScope): Record<string, unknown> {
  switch (scope.kind) {
    case 'ids':
      return {};
    case 'query':
      return { query: scope.query, timeZone: scope.timeZone, ...(scope.standing ? { standing: true } : {}) };
    case 'case':
      return { case: scope.case };
  }
}

function action(
  kind: string,
  hold: StoredHold,
  ids: readonly string[],
  time: number,
  facts: Readonly<Record<string, unknown>>,
) {
  return {
    kind,
    time,
    subjects: [`hold:${hold.name}`, ...(ids.length <= mostSubjects ? ids : [])],
    details: {
      name: hold.name,
      ...facts,
      ...sealOf(ids),
    },
  };
}

function publicHold({ key: _key, timeZone: _timeZone, ...hold }: StoredHold): Hold {
  return hold;
}
