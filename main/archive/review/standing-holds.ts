import type { Database } from 'better-sqlite3';
import { logChange } from '../evidence/custody.ts';
import { answering } from '../search/answer.ts';
import { matchingList } from '../search/match-list.ts';
import { prepared, preparedValue } from '../store/statements.ts';
import { holdMember, sealHoldChanges } from './case-holds.ts';
import type { Doing } from './doing.ts';
import { rewriteIndexRows } from './index-rows.ts';

/** Conversations of one transaction and of one entry in the custody log. */
const batchSize = 500;

interface StandingHold {
  id: number;
  query: string;
  time_zone: string;
}

/**
 * Asks the queries of standing holds again, and holds what they find by now. To be called whenever conversations came
 * in. What was held stays held, also where the query does not find it any more.
 * @returns how many conversations came under a hold
 */
export function extendStandingHolds(db: Database, doing: Doing): number {
  const holds = prepared<[], StandingHold>(
    db,
    'SELECT id, query, time_zone FROM hold WHERE standing = 1 AND released_ms IS NULL ORDER BY id',
  ).all();
  return holds.reduce((total, hold) => total + extend(db, hold, doing), 0);
}

function extend(db: Database, { id, query, time_zone: timeZone }: StandingHold, doing: Doing): number {
  const held = preparedValue<[number], number>(db, 'SELECT rid FROM hold_member WHERE hold = ? ORDER BY rid').all(id);
  const due = answering(db, query, { now: doing.now, timeZone }, (plan) => without(matchingList(db, plan), held));
  for (let start = 0; start < due.length; start += batchSize) {
    const batch = due.slice(start, start + batchSize);
    logChange(
      db,
      () => {
        for (const rid of batch) holdMember(db, id, rid);
        const actions = sealHoldChanges(db, { standing: true }, doing);
        rewriteIndexRows(db, batch, doing.now);
        return { value: undefined, actions };
      },
      doing.actor,
    );
  }
  return due.length;
}

/** What the first list has and the second has not; both ascending. */
function without(rids: Float64Array, others: readonly number[]): number[] {
  const rest: number[] = [];
  let at = 0;
  for (const rid of rids) {
    while (at < others.length && (others[at] ?? 0) < rid) at += 1;
    if (others[at] !== rid) rest.push(rid);
  }
  return rest;
}
