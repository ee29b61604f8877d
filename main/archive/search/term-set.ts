import type { Database } from 'better-sqlite3';
import { readDoclists, Rows, type Doclist } from './doclist.ts';
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
export interface SegmentList {
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
  const frequencies = new Uint16Array(view.rids.length);
  for (const { list, viewed } of listsOf(db, view, term)) {
    const rows = new LiveRows(list, view, viewed);
    while (rows.nextLive()) {
      const sum = (frequencies[rows.at] ?? 0) + occurrencesIn(rows, term.columns);
      if (sum > highestFrequency) throw new Error('a conversation holds a word more often than can be counted');
      frequencies[rows.at] = sum;
    }
  }
  return frequencies;
}

/** No conversation holds a word more often than so; how often exactly is counted when it matters. */
export interface Bounds {
  bounds: Uint16Array;
  /** Where the word is to be counted; null: the bounds are the counts. */
  lists: readonly SegmentList[] | null;
}

/**
 * Bounds for a word anywhere, from the bytes that its places take: each takes at least one. Reading places is most of what a
 * common word costs, and few conversations can be among the best.
 */
export function wordBounds(db: Database, view: IndexView, token: string): Bounds {
  const bounds = new Uint16Array(view.rids.length);
  const lists = listsOf(db, view, { token, prefix: false });
  for (const { list, viewed } of lists) {
    const rows = new LiveRows(list, view, viewed);
    while (rows.nextLive()) {
      const most = rows.to - rows.from;
      if (most > highestFrequency) {
        return { bounds: termFrequencies(db, view, { token, prefix: false, columns: null }), lists: null };
      }
      bounds[rows.at] = most;
    }
  }
  return { bounds, lists };
}

/** Counts a word in conversations that are asked for in the order of their row ids. */
export class OccurrenceCounter {
  private readonly lists: readonly SegmentList[];
  private readonly rows: readonly Rows[];

  constructor(lists: readonly SegmentList[]) {
    this.lists = lists;
    this.rows = lists.map(({ list }) => new Rows(list));
  }

  /** @param at the place of the row id among all */
  count(rid: number, at: number): number {
    let count = 0;
    for (let index = 0; index < this.rows.length; index += 1) {
      const rows = this.rows[index];
      if (rows?.seek(rid) !== true || rows.rid !== rid) continue;
      if (this.lists[index]?.viewed.outdated?.has(at) !== true) count += occurrencesIn(rows, null);
    }
    return count;
  }
}
