import type { Database } from 'better-sqlite3';
import { ByteReader, pageOfTerm, pagesFrom, type Page, type Segment, type Structure } from './postings-format.ts';

/** Conversations that hold a term, and how often; ascending within each segment and term. */
export class Postings {
  rids = new Float64Array(4096);
  frequencies = new Uint32Array(4096);
  length = 0;

  grow(): void {
    const rids = new Float64Array(this.length * 4);
    const frequencies = new Uint32Array(this.length * 4);
    rids.set(this.rids);
    frequencies.set(this.frequencies);
    this.rids = rids;
    this.frequencies = frequencies;
  }
}

/** Terms of the main index begin with this; others belong to prefix indexes, of which the archive has none. */
const mainIndex = '0';

/**
 * Every conversation that holds a term (or, with `prefix`, any term that begins so; then one may come several
 * times, once for each term).
 * @param columns true for each index column whose occurrences count
 */
export function readPostings(
  db: Database,
  { segments }: Structure,
  term: string,
  prefix: boolean,
  columns: readonly boolean[],
): Postings {
  const wanted = Buffer.from(mainIndex + term, 'utf8');
  const postings = new Postings();
  for (const segment of segments) readSegment(db, segment, wanted, prefix, columns, postings);
  return postings;
}

function readSegment(
  db: Database,
  segment: Segment,
  wanted: Buffer,
  prefix: boolean,
  columns: readonly boolean[],
  into: Postings,
): void {
  const doclist = new DoclistDecoder(segment, columns, into);
  // Whether the term being read is a wanted one, and its bytes: the next one is told by how it differs.
  let reading = false;
  let current: Buffer = Buffer.alloc(0);
  for (const page of pagesFrom(db, segment, pageOfTerm(db, segment, wanted))) {
    if (reading) doclist.continueOn(page, page.terms[0] ?? page.end);
    for (const [index, offset] of page.terms.entries()) {
      const reader = new ByteReader(page.bytes, offset);
      const kept = index === 0 ? 0 : reader.varint();
      const length = reader.varint();
      current = Buffer.concat([
        current.subarray(0, kept),
        page.bytes.subarray(reader.position, reader.position + length),
      ]);
      const fits = prefix ? current.subarray(0, wanted.length).equals(wanted) : current.equals(wanted);
      if (!fits && Buffer.compare(current, wanted) > 0) return;
      reading = fits;
      if (fits) doclist.start(page, reader.position + length, page.terms[index + 1] ?? page.end);
    }
  }
}

/**
 * Decodes a list of row ids and positions that may run over pages. Row ids are differences, except the first of a
 * list and the first on a page. Positions are kept apart by column: 1 announces a column, other numbers are steps.
 */
class DoclistDecoder {
  private readonly deleted: ReadonlySet<number> | null;
  private readonly columns: Uint8Array;
  private readonly into: Postings;
  private rid = 0;
  /** Bytes of the current row's positions that are on pages to come. */
  private pending = 0;
  private counts = false;
  private frequency = 0;
  /** The last position byte read announced a column. */
  private announced = false;

  constructor({ deleted }: Segment, columns: readonly boolean[], into: Postings) {
    this.deleted = deleted.size === 0 ? null : deleted;
    this.columns = Uint8Array.from(columns, Number);
    this.into = into;
  }

  start(page: Page, position: number, end: number): void {
    this.rid = 0;
    this.pending = 0;
    this.rows(page.bytes, position, end);
  }

  continueOn(page: Page, end: number): void {
    let position = 4;
    if (this.pending > 0) {
      const part = Math.min(this.pending, end - position);
      this.positions(page.bytes, position, position + part);
      position += part;
      this.pending -= part;
      if (this.pending > 0) return;
      this.finishRow();
    }
    if (position >= end) return;
    // The first row id on a page is written in full.
    this.rid = 0;
    this.rows(page.bytes, position, end);
  }

  private rows(bytes: Uint8Array, from: number, end: number): void {
    let position = from;
    let rid = this.rid;
    while (position < end) {
      let byte = bytes[position++] ?? 0;
      let delta = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[position++] ?? 0;
        delta = delta * 128 + (byte & 0x7f);
      }
      rid += delta;
      byte = bytes[position++] ?? 0;
      let size = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[position++] ?? 0;
        size = size * 128 + (byte & 0x7f);
      }
      // The lowest bit marks deletions of tables that keep their content; this one has tombstones instead.
      size >>>= 1;
      this.rid = rid;
      this.frequency = 0;
      this.counts = this.columns[0] === 1;
      this.announced = false;
      const here = Math.min(size, end - position);
      this.positions(bytes, position, position + here);
      position += here;
      this.pending = size - here;
      if (this.pending > 0) return;
      this.finishRow();
    }
  }

  private positions(bytes: Uint8Array, from: number, to: number): void {
    const { columns } = this;
    let { frequency, counts, announced } = this;
    for (let position = from; position < to; position += 1) {
      const byte = bytes[position] ?? 0;
      // Numbers end with a byte below 128; only the announcement of a column is the single byte 1.
      if (announced) {
        counts = columns[byte] === 1;
        announced = false;
      } else if (byte >= 0x80) {
        while ((bytes[position + 1] ?? 0) >= 0x80 && position + 1 < to) position += 1;
        position += 1;
        if (counts) frequency += 1;
      } else if (byte === 1) announced = true;
      else if (counts) frequency += 1;
    }
    this.frequency = frequency;
    this.counts = counts;
    this.announced = announced;
  }

  private finishRow(): void {
    if (this.frequency === 0 || this.deleted?.has(this.rid) === true) return;
    const { into } = this;
    if (into.length === into.rids.length) into.grow();
    into.rids[into.length] = this.rid;
    into.frequencies[into.length] = this.frequency;
    into.length += 1;
  }
}
