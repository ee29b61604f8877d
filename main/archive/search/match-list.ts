import type { Database } from 'better-sqlite3';
import { preparedValue } from '../store/statements.ts';
import type { Plan } from './plan.ts';
import { segmentsWithWords } from './prefix-terms.ts';
import { archiveStamp } from './stamp.ts';
import { makeVerifier } from './verify.ts';

const ridsSql = 'SELECT rowid FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?';

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
  const verify = makeVerifier(db, plan);
  const list = new RidList();
  for (const { match, from, to, verify: mustVerify, certain } of segmentsWithWords(db, plan)) {
    if (!mustVerify) {
      readRids(db, match, from, to, (rid) => list.add(rid));
      continue;
    }
    const found = new RidList();
    if (certain !== null) readRids(db, certain, from, to, (rid) => found.add(rid));
    const doubtful = certain === null ? match : `(${match}) NOT (${certain})`;
    readRids(db, doubtful, from, to, (rid) => {
      if (verify(rid)) found.add(rid);
    });
    for (const rid of found.toArray().sort()) list.add(rid);
  }
  return list.toArray();
}

/** Lists of millions are read in pieces: as one array of JavaScript's they would take many times their size. */
const pieceSize = 250_000;

function readRids(db: Database, match: string, from: number, to: number, take: (rid: number) => void): void {
  const statement = preparedValue<[string, bigint, bigint, number]>(db, ridsSql);
  for (let next = from; next <= to;) {
    const rids = statement.all(match, BigInt(next), BigInt(to), pieceSize) as number[];
    for (const rid of rids) take(rid);
    if (rids.length < pieceSize) return;
    next = (rids.at(-1) ?? to) + 1;
  }
}

/** A growing list of numbers. */
class RidList {
  private values = new Float64Array(1024);
  private length = 0;

  add(rid: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = rid;
  }

  toArray(): Float64Array {
    return this.values.slice(0, this.length);
  }
}
