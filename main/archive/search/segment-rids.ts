import type { Database } from 'better-sqlite3';
import { preparedValue } from '../store/statements.ts';
import type { Plan, Segment } from './plan.ts';
import { makeVerifier } from './verify.ts';

const ridsSql = 'SELECT rowid FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?';

/** Row ids of a segment of a plan that match, ascending, as FTS5 gives them and the stored text confirms. */
export function segmentRids(db: Database, plan: Plan, segment: Segment): Float64Array {
  const { match, from, to, certain } = segment;
  const list = new RidList();
  if (!segment.verify) {
    readRids(db, match, from, to, (rid) => list.add(rid));
    return list.toArray();
  }
  const verify = makeVerifier(db, plan);
  if (certain !== null) readRids(db, certain, from, to, (rid) => list.add(rid));
  const doubtful = certain === null ? match : `(${match}) NOT (${certain})`;
  readRids(db, doubtful, from, to, (rid) => {
    if (verify(rid)) list.add(rid);
  });
  return list.toArray().sort();
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
export class RidList {
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
