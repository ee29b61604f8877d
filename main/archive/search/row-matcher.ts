import type { Database } from 'better-sqlite3';
import { firstAtLeast } from './documents.ts';
import { matchSet } from './match-set.ts';
import type { Plan } from './plan.ts';
import { isTellable } from './tellable.ts';
import { makeVerifier } from './verify.ts';

/**
 * Decides about rows of segments that need a second look: from the index where it tells distances within a message, else by
 * reading the conversation.
 */
export function rowMatcher(db: Database, plan: Plan): (rid: number) => boolean {
  // Around a date, where only stored starts tell, a few rows are sooner read than the whole set made.
  const distances = plan.segments.some(({ verify, at }) => verify && at !== null);
  const found = distances && plan.root !== null && isTellable(plan.root) ? matchSet(db, plan) : null;
  if (found === null) return makeVerifier(db, plan);
  const { set, view } = found;
  return (rid) => {
    const at = firstAtLeast(view.rids, rid, 0);
    return view.rids[at] === rid && set.has(at);
  };
}
