import type { Database } from 'better-sqlite3';
import { ByteReader, mainIndex, pagesBetween, pagesOfTerms, type Page, type Segment } from './postings-format.ts';

/** The list of a term in one segment, in one piece: row ids, each with the places of the term in that row. */
export interface Doclist {
  bytes: Uint8Array;
  /** Where row ids stand in full, ascending: the first of each page. All others are differences. */
  full: readonly number[];
}

export const emptyList: Doclist = { bytes: new Uint8Array(), full: [] };

/** The lists of a term, or with `prefix` of all terms that begin so. */
export function readDoclists(db: Database, segment: Segment, term: string, prefix: boolean): Doclist[] {
  const wanted = Buffer.from(mainIndex + term, 'utf8');
  const lists: Doclist[] = [];
  let building: ListBuilder | null = null;
  const finish = () => {
    if (building !== null) lists.push(building.finished());
    building = null;
  };
  // The bytes of the term being read: the next one is told by how it differs.
  let current: Buffer = Buffer.alloc(0);
  const { first, last } = pagesOfTerms(db, segment, wanted, prefix);
  let left = last - first;
  for (const page of pagesBetween(db, segment, first, last)) {
    building?.goOn(page, page.terms[0] ?? page.end, left, prefix);
    left -= 1;
    for (const [index, offset] of page.terms.entries()) {
      finish();
      const reader = new ByteReader(page.bytes, offset);
      const kept = index === 0 ? 0 : reader.varint();
      const length = reader.varint();
      const own = page.bytes.subarray(reader.position, reader.position + length);
      current = kept === 0 ? own : Buffer.concat([current.subarray(0, kept), own]);
      const order = Buffer.compare(prefix ? current.subarray(0, wanted.length) : current, wanted);
      if (order > 0) return lists;
      const to = page.terms[index + 1] ?? page.end;
      if (order === 0) building = new ListBuilder(page.bytes.subarray(reader.position + length, to));
    }
  }
  finish();
  return lists;
}

/** Content begins behind two numbers of two bytes. */
const pageHeader = 4;
const smallestBuffer = 65_536;

/** Joins the parts of a list as its pages are read: common words have lists of tens of megabytes. */
class ListBuilder {
  private bytes: Uint8Array;
  private length: number;
  /** Not the page's own bytes any more. */
  private owned = false;
  private readonly full: number[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.length = bytes.length;
  }

  /**
   * @param left how many pages may come after this one
   * @param shared with other lists, so that this one may well end before
   */
  goOn(page: Page, to: number, left: number, shared: boolean): void {
    const needed = this.length + to - pageHeader;
    if (!this.owned || needed > this.bytes.length) {
      const most = needed + left * page.bytes.length;
      const larger = new Uint8Array(shared ? Math.min(most, Math.max(needed, 2 * this.length, smallestBuffer)) : most);
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
      this.owned = true;
    }
    this.bytes.set(page.bytes.subarray(pageHeader, to), this.length);
    const { firstRowid } = page;
    if (firstRowid >= pageHeader && firstRowid < to) this.full.push(this.length + firstRowid - pageHeader);
    this.length = needed;
  }

  finished(): Doclist {
    return { bytes: this.bytes.subarray(0, this.length), full: this.full };
  }
}

/** Goes through the rows of a list. */
export class Rows {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** The current row, and where its places lie. */
  rid = 0;
  from = 0;
  to = 0;
  private readonly full: readonly number[];
  private nextFull: number;
  private fulls = 0;

  constructor({ bytes, full }: Doclist) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.full = full;
    this.nextFull = full[0] ?? Infinity;
  }

  /** Steps on; false behind the last row. */
  next(): boolean {
    const { bytes } = this;
    let position = this.to;
    if (position >= bytes.length) return false;
    if (position === this.nextFull) {
      this.rid = 0;
      this.fulls += 1;
      this.nextFull = this.full[this.fulls] ?? Infinity;
    }
    let byte = bytes[position++] ?? 0;
    let delta = byte & 0x7f;
    while (byte >= 0x80) {
      byte = bytes[position++] ?? 0;
      delta = delta * 128 + (byte & 0x7f);
    }
    byte = bytes[position++] ?? 0;
    let size = byte & 0x7f;
    while (byte >= 0x80) {
      byte = bytes[position++] ?? 0;
      size = size * 128 + (byte & 0x7f);
    }
    this.rid += delta;
    this.from = position;
    // The lowest bit marks deletions of tables that keep their content; this one has tombstones instead.
    this.to = position + (size >>> 1);
    return true;
  }

  /** Steps on to a row id or the first one behind it; false when there is none. */
  seek(rid: number): boolean {
    while (this.rid < rid || this.to === 0) if (!this.next()) return false;
    return true;
  }
}
