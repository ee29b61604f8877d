import type { Database } from 'better-sqlite3';
import { readDoclists, type Doclist } from './doclist.ts';
import { DocumentSet } from './document-set.ts';
import { LiveRows, type IndexView, type ViewedSegment } from './index-view.ts';
import { occurrencesIn } from './places.ts';

/** A token of the index, or with `prefix` all that begin so. */
export interface IndexTerm {
  token: string;
  prefix: boolean;
  /** For each index column 1 where occurrences count; null: all do. */
  columns: Uint8Array | null;
}

/** A list with the segment it lies in. */
interface SegmentList {
  list: Doclist;
  viewed: ViewedSegment;
}

function listsOf(db: Database, view: IndexView, { token, prefix }: Omit<IndexTerm, 'columns'>): SegmentList[] {
  return view.segments.flatMap((viewed) =>
    readDoclists(db, viewed.segment, token, prefix).map((list) => ({ list, viewed })),
  );
}

/** The conversations that hold a term. */
export function termSet(db: Database, view: IndexView, term: IndexTerm): DocumentSet {
  const set = new DocumentSet(view.rids.length);
  const { columns } = term;
  for (const { list, viewed } of listsOf(db, view, term)) {
    const rows = new LiveRows(list, view, viewed);
    if (columns === null) while (rows.nextLive()) set.add(rows.at);
    else while (rows.nextLive()) if (occurrencesIn(rows, columns) > 0) set.add(rows.at);
  }
  return set;
}

const highestFrequency = 65_535;

/** How often each conversation holds a term. @throws Error where one holds it more often than can be counted */
export function termFrequencies(db: Database, view: IndexView, term: IndexTerm): Uint16Array {
  return frequenciesIn(listsOf(db, view, term), view, term.columns);
}

function frequenciesIn(lists: readonly SegmentList[], view: IndexView, columns: Uint8Array | null): Uint16Array {
  const frequencies = new Uint16Array(view.rids.length);
  for (const { list, viewed } of lists) {
    const rows = new LiveRows(list, view, viewed);
    while (rows.nextLive()) {
      const sum = (frequencies[rows.at] ?? 0) + occurrencesIn(rows, columns);
      if (sum > highestFrequency) throw new Error('a conversation holds a word more often than can be counted');
      frequencies[rows.at] = sum;
    }
  }
  return frequencies;
}

/** No conversation holds a word more often than so; how often exactly is counted when it matters. */
export interface Bounds {
  bounds: Uint16Array;
  /** Null: the bounds are the counts. */
  counter: OccurrenceCounter | null;
}

/** Shorter lists are counted at once. */
const shortList = 500_000;

/**
 * Bounds for a word anywhere, from the bytes that its places take: each takes at least one. Reading places is most of what a
 * common word costs, and few conversations can be among the best.
 */
export function wordBounds(db: Database, view: IndexView, token: string): Bounds {
  const lists = listsOf(db, view, { token, prefix: false });
  const counted = () => ({ bounds: frequenciesIn(lists, view, null), counter: null });
  if (lists.reduce((sum, { list }) => sum + list.bytes.length, 0) <= shortList) return counted();
  const bounds = new Uint16Array(view.rids.length);
  const offsets = new Uint32Array(view.rids.length);
  let base = 0;
  for (const { list, viewed } of lists) {
    const rows = new LiveRows(list, view, viewed);
    while (rows.nextLive()) {
      const most = rows.to - rows.from;
      if (most > highestFrequency) return counted();
      bounds[rows.at] = most;
      offsets[rows.at] = base + rows.from;
    }
    base += list.bytes.length;
  }
  const counter = new OccurrenceCounter(
    lists.map(({ list }) => list.bytes),
    bounds,
    offsets,
  );
  return { bounds, counter };
}

/** Counts a word in the conversations that turn out to matter. */
export class OccurrenceCounter {
  private readonly lists: readonly { bytes: Uint8Array; view: DataView }[];
  private readonly sizes: Uint16Array;
  private readonly offsets: Uint32Array;

  /**
   * @param sizes how many bytes the places of each conversation take
   * @param offsets where they begin, in all lists one after the other
   */
  constructor(lists: readonly Uint8Array[], sizes: Uint16Array, offsets: Uint32Array) {
    this.lists = lists.map((bytes) => ({
      bytes,
      view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    }));
    this.sizes = sizes;
    this.offsets = offsets;
  }

  count(at: number): number {
    let from = this.offsets[at] ?? 0;
    for (const { bytes, view } of this.lists) {
      if (from < bytes.length) return occurrencesIn({ bytes, view, from, to: from + (this.sizes[at] ?? 0) }, null);
      from -= bytes.length;
    }
    return 0;
  }
}
