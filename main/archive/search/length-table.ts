import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';
import { ByteReader } from './postings-format.ts';
import { refreshWeeks, type Week } from './weeks.ts';

interface Lengths {
  rids: Float64Array;
  lengths: Uint32Array;
}

interface Table extends Lengths {
  weeks: Map<number, Week<Lengths>>;
}

const tables = new WeakMap<Database, Table>();

/**
 * How many tokens each conversation has in all columns, as of now; kept from one ranking to the next.
 * @param expected row ids of all conversations
 * @throws Error when the lengths are those of others
 */
export function lengthsOf(db: Database, expected: Float64Array): Uint32Array {
  const { rids, lengths } = tableOf(db);
  if (rids.length !== expected.length || rids[0] !== expected[0] || rids.at(-1) !== expected.at(-1)) {
    throw new Error('the index has lengths of other conversations than it lists');
  }
  return lengths;
}

function tableOf(db: Database): Lengths {
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
