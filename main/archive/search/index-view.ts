import type { Database } from 'better-sqlite3';
import { readDoclists } from './doclist.ts';
import { DocumentSet } from './document-set.ts';
import { firstAtLeast, PlaceFinder, rowIdsOf } from './documents.ts';
import { everyConversation } from './filter-token.ts';
import { readStructure, type Segment, type Structure } from './postings-format.ts';
import { Rows, type Doclist } from './doclist.ts';
import { indexStamp } from './stamp.ts';

/** The index as this program reads it beside FTS5 (docs/decisions/0014). */
export interface IndexView {
  structure: Structure;
  /** Of all conversations, ascending: a conversation's place among them is its number in sets and lists. */
  rids: Float64Array;
  segments: readonly ViewedSegment[];
}

export interface ViewedSegment {
  segment: Segment;
  /** Conversations that this segment has an older state of; null when there are none. */
  outdated: DocumentSet | null;
}

const views = new WeakMap<Database, { stamp: string; view: IndexView }>();

/** @throws Error when the index is of a format that this program does not know, or does not fit together */
export function viewIndex(db: Database): IndexView {
  const stamp = indexStamp(db);
  const known = views.get(db);
  if (known?.stamp === stamp) return known.view;
  const structure = readStructure(db);
  const rids = rowIdsOf(
    structure.segments.flatMap((segment) =>
      readDoclists(db, segment, everyConversation, false).map((list) => ({ list, deleted: segment.deleted })),
    ),
  );
  if (rids.length !== structure.rows) throw new Error('the index lists more or fewer conversations than it has');
  const segments = structure.segments.map((segment) => ({ segment, outdated: outdatedOf(segment, rids) }));
  const view = { structure, rids, segments };
  views.set(db, { stamp, view });
  return view;
}

function outdatedOf({ deleted }: Segment, rids: Float64Array): DocumentSet | null {
  if (deleted.size === 0) return null;
  const outdated = new DocumentSet(rids.length);
  for (const rid of deleted) {
    const at = firstAtLeast(rids, rid, 0);
    if (rids[at] === rid) outdated.add(at);
  }
  return outdated;
}

/** Goes through the rows of a list that are still as they are there, with each conversation's place among all. */
export class LiveRows extends Rows {
  /** The current conversation's place. */
  at = -1;
  private readonly finder: PlaceFinder;
  private readonly outdated: DocumentSet | null;
  private readonly deleted: ReadonlySet<number>;

  constructor(list: Doclist, { rids }: IndexView, { segment, outdated }: ViewedSegment) {
    super(list);
    this.finder = new PlaceFinder(rids);
    this.outdated = outdated;
    this.deleted = segment.deleted;
  }

  /** @throws Error when the list names a conversation that the index does not have */
  nextLive(): boolean {
    while (this.next()) {
      this.at = this.finder.find(this.rid);
      if (this.at < 0) {
        if (!this.deleted.has(this.rid)) throw new Error('a list of the index names a row that is not there');
      } else if (this.outdated === null || !this.outdated.has(this.at)) return true;
    }
    return false;
  }
}
