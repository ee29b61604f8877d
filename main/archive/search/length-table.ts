import type { Database } from 'better-sqlite3';
import { preparedValue } from '../store/statements.ts';
import { firstAtLeast } from './documents.ts';
import { refreshWeeks, ridsPerWeek, type Week } from './weeks.ts';

interface Table {
  weeks: Map<number, Week<Uint32Array>>;
  lengths: Uint32Array;
}

const tables = new WeakMap<Database, Table>();

/**
 * How many tokens each conversation has in all columns, as of now; kept from one ranking to the next.
 * @param rids row ids of all conversations, ascending
 * @throws Error when the index has lengths of other conversations
 */
export function lengthsOf(db: Database, rids: Float64Array): Uint32Array {
  let table = tables.get(db);
  if (table === undefined) {
    table = { weeks: new Map(), lengths: new Uint32Array() };
    tables.set(db, table);
  }
  const { weeks } = table;
  if (refreshWeeks(db, weeks, (from, to) => readWeek(db, from, to))) table.lengths = joined(weeks, rids);
  if (table.lengths.length !== rids.length)
    throw new Error('the index has lengths of other conversations than it lists');
  return table.lengths;
}

function joined(weeks: ReadonlyMap<number, Week<Uint32Array>>, rids: Float64Array): Uint32Array {
  const lengths = new Uint32Array(rids.length);
  let position = 0;
  for (const [id, { packed }] of [...weeks].sort(([one], [other]) => one - other)) {
    const [start, end] = [firstAtLeast(rids, id * ridsPerWeek, 0), firstAtLeast(rids, (id + 1) * ridsPerWeek, 0)];
    if (start !== position || end - start !== packed.length)
      throw new Error('the index has lengths of other conversations');
    lengths.set(packed, position);
    position = end;
  }
  return lengths;
}

/** As one text: a row and a buffer for each conversation take eight times as long, seconds for a million. */
function readWeek(db: Database, from: number, to: number): Uint32Array {
  const sizes = preparedValue<[number, number], string | null>(
    db,
    'SELECT group_concat(hex(sz)) FROM (SELECT sz FROM ft_docsize WHERE id BETWEEN ? AND ? ORDER BY id)',
  ).get(from, to);
  const text = sizes ?? null;
  if (text === null) return new Uint32Array();
  const lengths: number[] = [];
  let length = 0;
  let number = 0;
  // A length for each column: numbers of seven bits a byte, the highest first; the last byte of each is below 128.
  for (let position = 0; position < text.length; position += 2) {
    const high = text.charCodeAt(position);
    if (high === comma) {
      lengths.push(length);
      length = 0;
      position -= 1;
      continue;
    }
    const byte = digitOf(high) * 16 + digitOf(text.charCodeAt(position + 1));
    number = number * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    length += number;
    number = 0;
  }
  lengths.push(length);
  return Uint32Array.from(lengths);
}

const comma = 44;

/** Of `0` to `9` and `A` to `F`. */
function digitOf(code: number): number {
  return code < 65 ? code - 48 : code - 55;
}
