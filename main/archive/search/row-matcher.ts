import type { Database } from 'better-sqlite3';
import { firstAtLeast } from './documents.ts';
import { setForDistances } from './page-set.ts';
import type { Plan } from './plan.ts';
import { makeVerifier } from './verify.ts';

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
