import type { Database } from 'better-sqlite3';
import type { Plan } from './plan.ts';
import { segmentsWithWords } from './prefix-terms.ts';
import { matchSet } from './match-set.ts';
import { indexStamp } from './stamp.ts';
import { RidList, segmentRids } from './segment-rids.ts';

/** Facets, histogram and total of one search ask for the same list, one after the other. */
const mostLists = 4;
const lists = new WeakMap<Database, Map<string, Float64Array>>();

/** All row ids that match, ascending. Remembered for the next question about the same query. */
export function matchingList(db: Database, plan: Plan): Float64Array {
  const key = keyOf(db, plan);
  const known = knownList(db, key);
  if (known !== undefined) return known;
  const list = readList(db, plan);
  const all = lists.get(db) ?? new Map<string, Float64Array>();
  all.set(key, list);
  for (const oldest of all.keys()) {
    if (all.size <= mostLists) break;
    all.delete(oldest);
  }
  lists.set(db, all);
  return list;
}

/** The number of matches where their list is known already. */
export function knownTotal(db: Database, plan: Plan): number | undefined {
  return knownList(db, keyOf(db, plan))?.length;
}

function knownList(db: Database, key: string): Float64Array | undefined {
  return lists.get(db)?.get(key);
}

function keyOf(db: Database, { segments }: Plan): string {
  return indexStamp(db) + JSON.stringify(segments);
}

function readList(db: Database, plan: Plan): Float64Array {
  const found = matchSet(db, plan);
  if (found !== null) return found.set.select(found.view.rids);
  const list = new RidList();
  for (const segment of segmentsWithWords(db, plan)) for (const rid of segmentRids(db, plan, segment)) list.add(rid);
  return list.toArray();
}
