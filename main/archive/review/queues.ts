import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Outcome, Queue, Sample } from '../../../preload/model.ts';
import { logChange, recordChange, type CustodyArchive } from '../evidence/custody.ts';
import { treeSize } from '../evidence/tree.ts';
import { prepared } from '../store/statements.ts';
import { getCase } from './cases.ts';
import { idOf, sealOf, type Doing } from './doing.ts';
import { foldedName } from './names.ts';
import { findQueue, getQueue, publicQueue, queueRows } from './queue-rows.ts';
import { drawSample } from './sample.ts';
import { scopeRids } from './scope.ts';
import { taken } from './tags.ts';

/** More than anybody reviews; a list of all archived conversations is a search. */
const mostMembers = 1_000_000;

/** All queues, by name. */
export function listQueues(db: Database): Queue[] {
  return queueRows(db).map((row) => publicQueue(db, row));
}

/** @throws ArchiveError not-found */
export function showQueue(db: Database, name: string): Queue {
  return publicQueue(db, getQueue(db, name));
}

/**
 * Fixes the list of a review. Its members and how a sample was drawn are sealed with a checkpoint. Must be called
 * outside any transaction.
 * @throws ArchiveError conflict for a name in use; not-found for an unknown case or id, or when nothing is found;
 * invalid-input for a query that does not parse
 */
export function createQueue(archive: CustodyArchive, input: ParsedInput<'queues.create'>, doing: Doing): Queue {
  const { db } = archive;
  const { name, scope, order } = input;
  const { now, actor } = doing;
  recordChange(
    archive,
    () => {
      if (findQueue(db, name) !== undefined) throw taken('queue', name);
      const { rids, sample } = membersOf(db, input, now);
      const byQuery = scope.kind === 'query' || scope.kind === 'sample' ? scope : null;
      const caseName = scope.kind === 'case' ? getCase(db, scope.case).name : null;
      const { lastInsertRowid } = prepared<unknown[]>(
        db,
        `INSERT INTO review_queue(name, folded, scope, query, time_zone, case_name, sample, created_ms, created_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        name,
        foldedName(name),
        scope.kind,
        byQuery?.query ?? null,
        byQuery?.timeZone ?? 'UTC',
        caseName,
        sample === null ? null : JSON.stringify(sample),
        now,
        actor.user,
      );
      const add = prepared<[number, number, number]>(
        db,
        'INSERT INTO review_queue_member(queue, position, rid) VALUES (?, ?, ?)',
      );
      rids.forEach((rid, position) => add.run(Number(lastInsertRowid), position, rid));
      const details = {
        name,
        scope: scope.kind,
        order,
        ...(byQuery === null ? {} : { query: byQuery.query.slice(0, 10_000), timeZone: byQuery.timeZone }),
        ...(caseName === null ? {} : { case: caseName }),
        ...(sample === null ? {} : { sample }),
        ...sealOf(rids.map((rid) => idOf(db, rid))),
      };
      return { kind: 'queue-created', time: now, subjects: [`queue:${name}`], details };
    },
    actor,
  );
  return showQueue(db, name);
}

interface Members {
  rids: number[];
  sample: Sample | null;
}

function membersOf(db: Database, { scope, order }: ParsedInput<'queues.create'>, now: number): Members {
  if (scope.kind !== 'sample' && order === 'drawn') {
    throw new ArchiveError('invalid-input', 'Only a sample has an order of the draw.', {
      hint: 'Choose oldest or newest first.',
    });
  }
  const from = scopeRids(db, scope.kind === 'sample' ? { ...scope, kind: 'query' } : scope, now);
  if (from.length === 0) {
    throw new ArchiveError('not-found', 'There is no conversation to review.', {
      hint: 'Search for it first, and see what it finds.',
    });
  }
  const { rids, sample } = scope.kind === 'sample' ? draw(db, from, scope) : { rids: from, sample: null };
  if (rids.length > mostMembers) {
    throw new ArchiveError('invalid-input', `A review holds at most ${mostMembers} conversations.`, {
      hint: 'Narrow the search, or draw a sample of it.',
      details: { total: rids.length },
    });
  }
  if (order !== 'drawn') rids.sort((one, other) => (order === 'newest' ? other - one : one - other));
  return { rids, sample };
}

/** What a sample was drawn from is sealed with it: the same hits, seed and size give it again. */
function draw(
  db: Database,
  from: readonly number[],
  { size, seed = randomBytes(16).toString('hex') }: { size: number; seed?: string | undefined },
): Members {
  const ids = from.map((rid) => idOf(db, rid));
  const drawn = drawSample(from.keys(), { seed, size, id: (position) => ids[position] ?? '' });
  const { members, membersSha256 } = sealOf(ids);
  return {
    rids: drawn.map(({ item }) => from[item] ?? 0),
    sample: { seed, size: drawn.length, of: members, hitsSha256: membersSha256, logSize: treeSize(db) },
  };
}

interface PlaceRow {
  position: number;
  rid: number;
  outcome: Outcome | null;
  decided_ms: number;
  decided_by: string;
}

/** Conversations of a queue from a place on. @throws ArchiveError not-found */
export function queuePage(
  db: Database,
  { name, from, open, limit }: ParsedInput<'queues.page'>,
): Output<'queues.page'> {
  const rows = prepared<[number, number, number], PlaceRow>(
    db,
    `SELECT member.position, member.rid, d.outcome, d.decided_ms, d.decided_by FROM review_queue_member AS member
     LEFT JOIN decision AS d ON d.rid = member.rid
     WHERE member.queue = ? AND member.position >= ? ${open ? 'AND d.rid IS NULL' : ''}
     ORDER BY member.position LIMIT ?`,
  ).all(getQueue(db, name).id, from, limit);
  return rows.map(({ position, rid, outcome, decided_ms: at, decided_by: by }) => ({
    position,
    id: idOf(db, rid),
    decision: outcome === null ? null : { outcome, at, by },
  }));
}

/** Where somebody is says nothing about a conversation: it is no entry of the log. @throws ArchiveError not-found */
export function moveInQueue(db: Database, { name, position }: ParsedInput<'queues.move'>): void {
  const { id } = getQueue(db, name);
  prepared<[number, number]>(db, 'UPDATE review_queue SET position = ? WHERE id = ?').run(position, id);
}

/** The list only: decisions stay. @throws ArchiveError not-found */
export function removeQueue(db: Database, name: string, doing: Doing): void {
  logChange(
    db,
    () => {
      const row = getQueue(db, name);
      prepared<[number]>(db, 'DELETE FROM review_queue_member WHERE queue = ?').run(row.id);
      prepared<[number]>(db, 'DELETE FROM review_queue WHERE id = ?').run(row.id);
      const entry = { kind: 'queue-removed', time: doing.now, subjects: [`queue:${row.name}`], details: {} };
      return { value: undefined, actions: [{ ...entry, details: { name: row.name } }] };
    },
    doing.actor,
  );
}
