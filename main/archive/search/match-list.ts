import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';
import type { Plan } from './plan.ts';
import { archiveStamp } from './stamp.ts';
import { makeVerifier } from './verify.ts';

const ridsSql = 'SELECT rowid FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ?';

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
  return archiveStamp(db) + JSON.stringify(segments);
}

function readList(db: Database, plan: Plan): Float64Array {
  const statement = prepared<[string, bigint, bigint]>(db, ridsSql).pluck();
  const verify = makeVerifier(db, plan);
  const parts: number[][] = [];
  for (const { match, from, to, verify: mustVerify } of plan.segments) {
    const rids = statement.all(match, BigInt(from), BigInt(to)) as number[];
    parts.push(mustVerify ? rids.filter((rid) => verify(rid)) : rids);
  }
  const list = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    list.set(part, position);
    position += part.length;
  }
  return list;
}
