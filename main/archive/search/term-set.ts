import type { Database } from 'better-sqlite3';
import { occurrencesIn, readDoclists, type Doclist } from './doclist.ts';
import { DocumentSet } from './document-set.ts';
import { LiveRows, type IndexView } from './index-view.ts';

/** A token of the index, or with `prefix` all that begin so. */
export interface IndexTerm {
  token: string;
  prefix: boolean;
  /** For each index column 1 where occurrences count; null: all do. */
  columns: Uint8Array | null;
}

function* listsOf(db: Database, view: IndexView, { token, prefix }: IndexTerm): Generator<LiveRows> {
  for (const viewed of view.segments) {
    const lists: Doclist[] = readDoclists(db, viewed.segment, token, prefix);
    for (const list of lists) yield new LiveRows(list, view, viewed);
  }
}

/** The conversations that hold a term. */
export function termSet(db: Database, view: IndexView, term: IndexTerm): DocumentSet {
  const set = new DocumentSet(view.rids.length);
  const { columns } = term;
  for (const rows of listsOf(db, view, term)) {
    if (columns === null) while (rows.nextLive()) set.add(rows.at);
    else while (rows.nextLive()) if (occurrencesIn(rows, columns) > 0) set.add(rows.at);
  }
  return set;
}

const highestFrequency = 65_535;

/** How often each conversation holds a term. @throws Error where one holds it more often than can be counted */
export function termFrequencies(db: Database, view: IndexView, term: IndexTerm): Uint16Array {
  const frequencies = new Uint16Array(view.rids.length);
  for (const rows of listsOf(db, view, term)) {
    while (rows.nextLive()) {
      const sum = (frequencies[rows.at] ?? 0) + occurrencesIn(rows, term.columns);
      if (sum > highestFrequency) throw new Error('a conversation holds a word more often than can be counted');
      frequencies[rows.at] = sum;
    }
  }
  return frequencies;
}
