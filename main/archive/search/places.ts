import { emptyList, type Rows } from './doclist.ts';

/** Announces a column among the places; other numbers are steps from the place before. */
const columnMark = 1;
const stepBase = 2;

/** Where the places of a row lie in a list. */
type RowPlaces = Pick<Rows, 'bytes' | 'view' | 'from' | 'to'>;

/** How often a term occurs in a row. @param columns for each column 1 where occurrences count; null: all do */
export function occurrencesIn(rows: RowPlaces, columns: Uint8Array | null): number {
  return columns === null ? allOccurrencesIn(rows) : occurrencesWithin(rows, columns);
}

function occurrencesWithin({ bytes, from, to }: RowPlaces, columns: Uint8Array): number {
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
function allOccurrencesIn({ bytes, view, from, to }: RowPlaces): number {
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
