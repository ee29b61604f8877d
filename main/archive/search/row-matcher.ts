import type { Database } from 'better-sqlite3';
import { firstAtLeast } from './documents.ts';
import { matchSet, type MatchSet } from './match-set.ts';
import type { Plan } from './plan.ts';
import { isTellable } from './tellable.ts';
import { makeVerifier } from './verify.ts';

/** The set of matches where texts would have to be read to tell distances without it; null where there is no need. */
export function setForDistances(db: Database, plan: Plan): MatchSet | null {
  // Around a date, where only stored starts tell, a few rows are sooner read than the whole set made.
  const distances = plan.segments.some(({ verify, at }) => verify && at !== null);
  return distances && plan.root !== null && isTellable(plan.root) ? matchSet(db, plan) : null;
}

/** Decides about rows of segments that need a second look: by the set where there is one, else by reading the conversation. */
export function rowMatcher(db: Database, plan: Plan): (rid: number) => boolean {
  const found = setForDistances(db, plan);
  if (found === null) return makeVerifier(db, plan);
  const { set, view } = found;
  return (rid) => {
    const at = firstAtLeast(view.rids, rid, 0);
    return view.rids[at] === rid && set.has(at);
  };
}
