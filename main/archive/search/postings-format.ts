import type { Database } from 'better-sqlite3';
import { preparedValue } from '../store/statements.ts';

/**
 * FTS5's segments as its shadow tables hold them. The format is stable (it is a file format) but private to SQLite:
 * whoever reads it this way first compares what it reads with what MATCH says (ranking.ts), and falls back to SQL.
 */
export interface Segment {
  id: number;
  /** Pages before it went into a merge that is still under way; both are 0 when all did. */
  firstPage: number;
  lastPage: number;
  /** Row ids of this segment that were deleted or replaced since. */
  deleted: ReadonlySet<number>;
}

export interface Structure {
  segments: Segment[];
  /** Conversations, and tokens of all of them, as bm25 counts them. */
  rows: number;
  tokens: number;
}

const averagesId = 1n;
const structureId = 10n;
const secondFormat = 0xff000001;
const pageBits = 37n;
const tombstoneSegments = 1n << 16n;

/** Reads SQLite's variable-length integers, most significant bits first. */
export class ByteReader {
  readonly bytes: Uint8Array;
  position: number;

  constructor(bytes: Uint8Array, position = 0) {
    this.bytes = bytes;
    this.position = position;
  }

  varint(): number {
    let value = 0;
    for (let count = 0; count < 8; count += 1) {
      const byte = this.bytes[this.position++] ?? 0;
      if (byte < 0x80) return value * 128 + byte;
      value = value * 128 + (byte & 0x7f);
    }
    return value * 256 + (this.bytes[this.position++] ?? 0);
  }
}

function block(db: Database, id: bigint): Buffer | undefined {
  return preparedValue<[bigint]>(db, 'SELECT block FROM ft_data WHERE id = ?').get(id) as Buffer | undefined;
}

/** The segments of the index as of now. @throws Error when the format is none that this file knows */
export function readStructure(db: Database): Structure {
  const averages = new ByteReader(block(db, averagesId) ?? new Uint8Array());
  const rows = averages.varint();
  let tokens = 0;
  while (averages.position < averages.bytes.length) tokens += averages.varint();
  const record = block(db, structureId);
  if (record === undefined || record.length < 8) throw new Error('no structure record');
  if (record.readUInt32BE(4) !== secondFormat) throw new Error('a structure record of another format');
  const reader = new ByteReader(record, 8);
  const levels = reader.varint();
  reader.varint();
  reader.varint();
  const segments: Segment[] = [];
  for (let level = 0; level < levels; level += 1) {
    reader.varint();
    const count = reader.varint();
    for (let index = 0; index < count; index += 1) {
      const id = reader.varint();
      const firstPage = reader.varint();
      const lastPage = reader.varint();
      reader.varint();
      reader.varint();
      const tombstonePages = reader.varint();
      reader.varint();
      reader.varint();
      segments.push({ id, firstPage, lastPage, deleted: readTombstones(db, id, tombstonePages) });
    }
  }
  return { segments, rows, tokens };
}

/** A segment's deleted rows lie in hash tables of 4- or 8-byte slots; an empty slot is 0, and row 0 has a flag. */
function readTombstones(db: Database, segment: number, pages: number): Set<number> {
  const deleted = new Set<number>();
  for (let page = 0; page < pages; page += 1) {
    const table = block(db, ((BigInt(segment) + tombstoneSegments) << pageBits) + BigInt(page));
    if (table === undefined) throw new Error('a page of deleted rows is missing');
    const size = table[0] ?? 0;
    if (size !== 4 && size !== 8) throw new Error('a page of deleted rows of another format');
    if (table[1] !== 0) deleted.add(0);
    for (let position = 8; position + size <= table.length; position += size) {
      const rid = size === 4 ? table.readUInt32BE(position) : Number(table.readBigUInt64BE(position));
      if (rid !== 0) deleted.add(rid);
    }
  }
  return deleted;
}

/** One leaf page: where its content ends, where its first row id stands, and where each of its terms begins. */
export interface Page {
  bytes: Buffer;
  firstRowid: number;
  end: number;
  terms: number[];
}

export function parsePage(bytes: Buffer): Page {
  const end = bytes.readUInt16BE(2);
  const reader = new ByteReader(bytes, end);
  const terms: number[] = [];
  let offset = 0;
  while (reader.position < bytes.length) {
    offset += reader.varint();
    terms.push(offset);
  }
  return { bytes, firstRowid: bytes.readUInt16BE(0), end, terms };
}

/** Terms of the main index begin with this; others belong to prefix indexes, of which the archive has none. */
export const mainIndex = '0';

const pagesAtOnce = 256;

/** Leaf pages of a segment, both ends included. */
export function* pagesBetween(db: Database, segment: Segment, first: number, last: number): Generator<Page> {
  const statement = preparedValue<[bigint, bigint], Buffer>(
    db,
    'SELECT block FROM ft_data WHERE id BETWEEN ? AND ? ORDER BY id',
  );
  if (segment.lastPage === 0) return;
  const base = BigInt(segment.id) << pageBits;
  for (let page = first; page <= last; page += pagesAtOnce) {
    const end = Math.min(last, page + pagesAtOnce - 1);
    const blocks = statement.all(base + BigInt(page), base + BigInt(end));
    if (blocks.length !== end - page + 1) throw new Error('a page of the index is missing');
    for (const bytes of blocks) yield parsePage(bytes);
  }
}

/**
 * The pages of a segment on which a term, or with `prefix` all that begin with it, must lie if the segment has them:
 * from the page that begins before it to the first one that begins behind it.
 */
export function pagesOfTerms(
  db: Database,
  segment: Segment,
  term: Uint8Array,
  prefix: boolean,
): { first: number; last: number } {
  const first = preparedValue<[number, Uint8Array], number>(
    db,
    'SELECT pgno FROM ft_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1',
  ).get(segment.id, term);
  // The last byte of UTF-8 text is below 255: nothing that begins with the term comes after this.
  const behind = prefix ? Buffer.concat([term, Buffer.from([255])]) : term;
  const last = preparedValue<[number, Uint8Array], number>(
    db,
    'SELECT pgno FROM ft_idx WHERE segid = ? AND term > ? ORDER BY term LIMIT 1',
  ).get(segment.id, behind);
  // The lowest bit says whether a list of the page has an index of its own.
  const { firstPage, lastPage } = segment;
  const from = Math.max(firstPage, (first ?? 0) >>> 1);
  return { first: from, last: last === undefined ? lastPage : Math.max(from, last >>> 1) };
}

/** How many pages a word's list in a segment takes at most. */
export function countPages(db: Database, segment: Segment, token: string): number {
  const { first, last } = pagesOfTerms(db, segment, Buffer.from(mainIndex + token, 'utf8'), false);
  return last - first + 1;
}
