import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Disposition, DispositionPlan, RetentionClass } from '../../../preload/model.ts';
import { canonicalJson } from '../evidence/canonical-json.ts';
import { recordChange, type CustodyArchive } from '../evidence/custody.ts';
import { sha256 } from '../evidence/sha256.ts';
import { idOf, sealOf, type Doing } from '../review/doing.ts';
import { mayRemove } from '../review/holds.ts';
import { extendStandingHolds } from '../review/standing-holds.ts';
import { incompleteIndex } from '../search/index-state.ts';
import { matchingRids } from '../search/matching.ts';
import { prepared } from '../store/statements.ts';
import { getDisposition } from './disposition-rows.ts';
import { definition, retentionClasses } from './retention.ts';

const dayMs = 86_400_000;

interface Member {
  rid: number;
  versions: number;
  messages: number;
}

/**
 * Works out what the retention classes would destroy now, and keeps that as a plan. Destroys nothing. Must be called
 * outside any transaction.
 * @throws ArchiveError conflict without classes, or while the index is incomplete
 */
export function planDisposition(archive: CustodyArchive, by: string, doing: Doing): Disposition {
  const { db } = archive;
  const { now, actor } = doing;
  extendStandingHolds(db, doing);
  let hash = '';
  recordChange(
    archive,
    () => {
      const { plan, members } = workOut(db, retentionClasses(db), by, now);
      const text = canonicalJson(plan);
      const digest = sha256(Buffer.from(text, 'utf8'));
      hash = digest.toString('hex');
      const { lastInsertRowid } = prepared<unknown[]>(
        db,
        "INSERT INTO disposition(sha256, plan, state, planned_ms) VALUES (?, ?, 'planned', ?)",
      ).run(digest, text, now);
      const add = prepared<unknown[]>(
        db,
        'INSERT INTO disposition_member(disposition, rid, versions) VALUES (?, ?, ?)',
      );
      for (const { rid, versions } of members) add.run(lastInsertRowid, rid, versions);
      const details = { plan, planSha256: hash };
      return { kind: 'disposition-planned', time: now, subjects: [`disposition:${hash}`], details };
    },
    actor,
  );
  return getDisposition(db, hash);
}

/** Whoever is in several classes is kept as long as any of them says. */
function workOut(
  db: Database,
  classes: readonly RetentionClass[],
  by: string,
  now: number,
): { plan: DispositionPlan; members: Member[] } {
  if (classes.length === 0) {
    throw new ArchiveError('conflict', 'There are no retention classes, so nothing can be planned.', {
      hint: 'Say first what is kept for how long.',
    });
  }
  if (incompleteIndex(db) !== undefined) {
    throw new ArchiveError('conflict', 'The search index is being rebuilt: what belongs to a class is not known.', {
      hint: 'Wait until it is done, or run optimize.',
      retryable: true,
    });
  }
  const expired = new Set<number>();
  const kept = new Set<number>();
  const counted = classes.map((each) => {
    const rids = [...matchingRids(db, each.query, { sort: 'oldest', timeZone: each.timeZone, now })];
    const over = rids.filter((rid) => hasEndedBefore(db, rid, now - each.keepDays * dayMs));
    const isOver = new Set(over);
    for (const rid of rids) (isOver.has(rid) ? expired : kept).add(rid);
    return { ...definition(each), matched: rids.length, expired: over.length };
  });
  const due = [...expired].filter((rid) => !kept.has(rid)).toSorted((one, other) => one - other);
  const members = due.filter((rid) => mayRemove(db, rid).allowed).map((rid) => memberOf(db, rid));
  const sum = (of: (member: Member) => number) => members.reduce((total, member) => total + of(member), 0);
  const plan = {
    plannedAt: new Date(now).toISOString(),
    plannedBy: by,
    classes: counted,
    keptByAnother: expired.size - due.length,
    held: due.length - members.length,
    conversations: members.length,
    versions: sum(({ versions }) => versions),
    messages: sum(({ messages }) => messages),
    membersSha256: sealOf(members.map(({ rid }) => idOf(db, rid))).membersSha256,
  };
  return { plan, members };
}

/** A conversation that goes on has not begun to be kept. One without an end counts from its start. */
function hasEndedBefore(db: Database, rid: number, moment: number): boolean {
  const row = prepared<[number], { ended: number; open: number }>(
    db,
    'SELECT coalesce(end_ms, start_ms) AS ended, open FROM conversation WHERE rid = ?',
  ).get(rid);
  return row?.open === 0 && row.ended < moment;
}

function memberOf(db: Database, rid: number): Member {
  const row = prepared<[number], { versions: number; messages: number }>(
    db,
    `SELECT count(*) AS versions, (SELECT message_count FROM conversation c WHERE c.rid = v.rid) AS messages
     FROM version v WHERE v.rid = ?`,
  ).get(rid);
  return { rid, versions: row?.versions ?? 0, messages: row?.messages ?? 0 };
}
