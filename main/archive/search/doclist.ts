import type { Database } from 'better-sqlite3';
import { ByteReader, pagesBetween, pagesOfTerms, type Page, type Segment } from './postings-format.ts';

/** The list of a term in one segment, in one piece: row ids, each with the places of the term in that row. */
export interface Doclist {
  bytes: Uint8Array;
  /** Where row ids stand in full, ascending: the first of each page. All others are differences. */
  full: readonly number[];
}

export const emptyList: Doclist = { bytes: new Uint8Array(), full: [] };

/** Terms of the main index begin with this; others belong to prefix indexes, of which the archive has none. */
const mainIndex = '0';

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

/** Announces a column among the places; other numbers are steps from the place before. */
const columnMark = 1;
const stepBase = 2;

/** How often a term occurs in a row. @param columns for each column 1 where occurrences count; null: all do */
export function occurrencesIn(rows: Rows, columns: Uint8Array | null): number {
  return columns === null ? allOccurrencesIn(rows) : occurrencesWithin(rows, columns);
}

function occurrencesWithin({ bytes, from, to }: Rows, columns: Uint8Array): number {
  let count = 0;
  let counts = columns[0] ?? 0;
  for (let position = from; position < to; position += 1) {
    const byte = bytes[position] ?? 0;
    if (byte === columnMark) {
      position += 1;
      counts = columns[bytes[position] ?? 0] ?? 0;
      continue;
    }
    // Numbers end with a byte below 128.
    if (byte >= 0x80)
      do position += 1;
      while ((bytes[position] ?? 0) >= 0x80);
    count += counts;
  }
  return count;
}

const highBits = 0x80808080;
const lowBits = 0x01010101;

/**
 * Counts the bytes that end a number, less two for each column announced. Four bytes at a time: this is most of what the
 * rank of a common word costs.
 */
function allOccurrencesIn({ bytes, view, from, to }: Rows): number {
  let count = 0;
  // Whether the next byte goes on with a number, or names a column.
  let inside = false;
  let announced = false;
  let position = from;
  while (position < to) {
    if (position + 4 <= to) {
      const word = view.getInt32(position, true);
      const marks = word ^ lowBits;
      if (!announced && ((marks - lowBits) & ~marks & highBits) === 0) {
        count += Math.imul((~word >>> 7) & lowBits, lowBits) >>> 24;
        inside = word < 0;
        position += 4;
        continue;
      }
    }
    for (const end = Math.min(position + 4, to); position < end; position += 1) {
      const byte = bytes[position] ?? 0;
      if (byte >= 0x80) inside = true;
      else {
        if (announced) announced = false;
        else if (byte === columnMark && !inside) announced = true;
        else count += 1;
        inside = false;
      }
    }
  }
  return count;
}

/** Far more than a column has tokens, and seven of it are still small integers. */
export const columnSpan = 2 ** 27;

/** Goes through the places of a term in a row: each within its column, plus column × `columnSpan`; ascending. */
export class PlaceSteps {
  place = 0;
  private readonly columns: Uint8Array | null;
  private bytes: Uint8Array = emptyList.bytes;
  private position = 0;
  private to = 0;
  private counts = true;

  /** @param columns for each column 1 where places count; null: all do */
  constructor(columns: Uint8Array | null) {
    this.columns = columns;
  }

  start({ bytes, from, to }: Rows): void {
    this.bytes = bytes;
    this.position = from;
    this.to = to;
    this.place = 0;
    this.counts = this.columns === null || this.columns[0] === 1;
  }

  /** Steps on; false behind the last place. */
  next(): boolean {
    const { bytes, to } = this;
    let position = this.position;
    while (position < to) {
      let byte = bytes[position++] ?? 0;
      if (byte === columnMark) {
        const column = bytes[position++] ?? 0;
        this.place = column * columnSpan;
        this.counts = this.columns === null || this.columns[column] === 1;
        continue;
      }
      let step = byte & 0x7f;
      while (byte >= 0x80) {
        byte = bytes[position++] ?? 0;
        step = step * 128 + (byte & 0x7f);
      }
      this.place += step - stepBase;
      if (!this.counts) continue;
      this.position = position;
      return true;
    }
    this.position = position;
    return false;
  }
}

/** Whether a place of one has a place of the other right behind it. Both are gone through no further than needed. */
export function areAdjacent(one: PlaceSteps, other: PlaceSteps): boolean {
  if (!one.next() || !other.next()) return false;
  for (;;) {
    const wanted = one.place + 1;
    if (other.place === wanted) return true;
    if (!(other.place < wanted ? other : one).next()) return false;
  }
}

/** The same for places anywhere in two rows, step by step in one loop: most of what a phrase of common words costs. */
export function haveAdjacent(one: Rows, other: Rows): boolean {
  const { bytes, to } = one;
  const { bytes: others, to: end } = other;
  let { from } = one;
  let { from: next } = other;
  let place = 0;
  let behind = 0;
  while (from < to) {
    let byte = bytes[from++] ?? 0;
    if (byte === columnMark) {
      place = (bytes[from++] ?? 0) * columnSpan;
      continue;
    }
    let step = byte & 0x7f;
    while (byte >= 0x80) {
      byte = bytes[from++] ?? 0;
      step = step * 128 + (byte & 0x7f);
    }
    place += step - stepBase;
    // A column's beginning is behind all places before it, and no place itself: the next one there adds to it.
    while (behind <= place) {
      if (next >= end) return false;
      byte = others[next++] ?? 0;
      if (byte === columnMark) {
        behind = (others[next++] ?? 0) * columnSpan;
        continue;
      }
      step = byte & 0x7f;
      while (byte >= 0x80) {
        byte = others[next++] ?? 0;
        step = step * 128 + (byte & 0x7f);
      }
      behind += step - stepBase;
    }
    if (behind === place + 1) return true;
  }
  return false;
}

/** All places of a term in a row. Filled anew for each row. */
export class Places {
  at = new Int32Array(64);
  length = 0;
  private readonly steps: PlaceSteps;

  constructor(columns: Uint8Array | null) {
    this.steps = new PlaceSteps(columns);
  }

  read(rows: Rows): this {
    const most = rows.to - rows.from;
    if (this.at.length < most) this.at = new Int32Array(2 * most);
    const { at, steps } = this;
    let length = 0;
    for (steps.start(rows); steps.next(); length += 1) at[length] = steps.place;
    this.length = length;
    return this;
  }

  /** Keeps those that the other has, too, so much further on. */
  keepFollowed({ at: others, length: end }: Places, distance: number): void {
    const { at, length } = this;
    let kept = 0;
    let other = 0;
    for (let index = 0; index < length; index += 1) {
      const place = at[index] ?? 0;
      const wanted = place + distance;
      while (other < end && (others[other] ?? 0) < wanted) other += 1;
      if (other >= end) break;
      if (others[other] === wanted) {
        at[kept] = place;
        kept += 1;
      }
    }
    this.length = kept;
  }
}
