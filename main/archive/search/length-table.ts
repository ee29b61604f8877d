import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';
import { ByteReader } from './postings-format.ts';
import { refreshWeeks, type Week } from './weeks.ts';

/** All indexed conversations in ascending order of row ids, and how many tokens each has in all columns. */
export interface Lengths {
  rids: Float64Array;
  lengths: Uint32Array;
}

interface Table extends Lengths {
  weeks: Map<number, Week<Lengths>>;
}

const tables = new WeakMap<Database, Table>();

/** The lengths of all documents as of now: 12 bytes a conversation, kept from one ranking to the next. */
export function lengthsOf(db: Database): Lengths {
  let table = tables.get(db);
  if (table === undefined) {
    table = { weeks: new Map(), rids: new Float64Array(), lengths: new Uint32Array() };
    tables.set(db, table);
  }
  if (!refreshWeeks(db, table.weeks, (from, to) => readWeek(db, from, to))) return table;
  const weeks = [...table.weeks].sort(([one], [other]) => one - other).map(([, { packed }]) => packed);
  const total = weeks.reduce((sum, { rids }) => sum + rids.length, 0);
  table.rids = new Float64Array(total);
  table.lengths = new Uint32Array(total);
  let position = 0;
  for (const { rids, lengths } of weeks) {
    table.rids.set(rids, position);
    table.lengths.set(lengths, position);
    position += rids.length;
  }
  return table;
}

function readWeek(db: Database, from: number, to: number): Lengths {
  const rows = prepared<[number, number], { id: number; sz: Buffer }>(
    db,
    'SELECT id, sz FROM ft_docsize WHERE id BETWEEN ? AND ? ORDER BY id',
  ).all(from, to);
  const rids = new Float64Array(rows.length);
  const lengths = new Uint32Array(rows.length);
  rows.forEach(({ id, sz }, index) => {
    const reader = new ByteReader(sz);
    let length = 0;
    while (reader.position < sz.length) length += reader.varint();
    rids[index] = id;
    lengths[index] = length;
  });
  return { rids, lengths };
}

/** The place of the first number that is not below `wanted`, looked for from `from` on. */
export function firstAtLeast(sorted: Float64Array, wanted: number, from: number): number {
  let low = from;
  let high = sorted.length;
  // What is looked for is mostly near: grow the step before halving the rest.
  for (let step = 8; low + step < high; step *= 4) {
    if ((sorted[low + step] ?? 0) >= wanted) {
      high = low + step;
      break;
    }
    low += step;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
