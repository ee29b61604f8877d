import type { Database } from 'better-sqlite3';
import { readDoclists, Rows } from './doclist.ts';
import { DocumentSet } from './document-set.ts';
import { messageSeparator } from './fold.ts';
import { LiveRows, type IndexView } from './index-view.ts';
import { areAdjacent, columnSpan, haveAdjacent, Places, PlaceSteps } from './places.ts';

/** Calls back for each conversation that holds a phrase, with how often it does. */
export function eachPhrase(
  db: Database,
  view: IndexView,
  tokens: readonly string[],
  columns: Uint8Array | null,
  found: (at: number, count: number) => void,
): void {
  const starts = new Places(columns);
  const following = new Places(columns);
  eachTogether(db, view, tokens, (at, lists) => {
    readStarts(lists, 0, lists.length, starts, following);
    if (starts.length > 0) found(at, starts.length);
  });
}

/** Adds the conversations that hold a phrase. */
export function addPhrase(
  db: Database,
  view: IndexView,
  tokens: readonly string[],
  columns: Uint8Array | null,
  into: DocumentSet,
): void {
  if (tokens.length !== 2) {
    eachPhrase(db, view, tokens, columns, (at) => into.add(at));
    return;
  }
  const one = new PlaceSteps(columns);
  const other = new PlaceSteps(columns);
  eachTogether(db, view, tokens, (at, [first, second]) => {
    if (first === undefined || second === undefined) return;
    if (columns === null) {
      if (haveAdjacent(first, second)) into.add(at);
      return;
    }
    one.start(first);
    other.start(second);
    if (areAdjacent(one, other)) into.add(at);
  });
}

/** The conversations with a message in which phrases stand near each other, each with at most so many tokens to the next. */
export function nearSet(
  db: Database,
  view: IndexView,
  phrases: readonly (readonly string[])[],
  distances: readonly number[],
  columns: Uint8Array | null,
): DocumentSet {
  const set = new DocumentSet(view.rids.length);
  const starts = phrases.map(() => new Places(columns));
  const following = new Places(columns);
  eachTogether(db, view, phrases.flat(), (at, lists, separators) => {
    let first = 0;
    for (let index = 0; index < starts.length; index += 1) {
      const next = first + (phrases[index]?.length ?? 0);
      const places = starts[index];
      if (places !== undefined) readStarts(lists, first, next, places, following);
      if (places?.length === 0) return;
      first = next;
    }
    if (areNear(starts, phrases, distances, separators)) set.add(at);
  });
  return set;
}

/** Goes through the conversations that hold all of the tokens. */
function eachTogether(
  db: Database,
  view: IndexView,
  tokens: readonly string[],
  found: (at: number, rows: readonly Rows[], separators: () => Places) => void,
): void {
  const [first = '', ...others] = tokens;
  const following = others.map((token) => new TokenLists(db, view, token));
  if (following.some(({ isEmpty }) => isEmpty)) return;
  const borderPlaces = new Places(null);
  let borders: TokenLists | undefined;
  let [rid, at] = [0, 0];
  const separators = () => {
    borders ??= new TokenLists(db, view, messageSeparator);
    const rows = borders.find(rid, at);
    if (rows !== null) return borderPlaces.read(rows);
    borderPlaces.length = 0;
    return borderPlaces;
  };
  const together: Rows[] = [];
  const all = new MergedRows(db, view, first);
  for (let leading = all.next(); leading !== null; leading = all.next()) {
    rid = leading.rid;
    at = leading.at;
    together[0] = leading;
    let have = 1;
    for (const list of following) {
      const rows = list.find(rid, at);
      if (rows === null) break;
      together[have] = rows;
      have += 1;
    }
    if (have === tokens.length) found(at, together, separators);
  }
}

/** Goes through the rows of a token in all segments, in the order of row ids. */
class MergedRows {
  private lists: LiveRows[];
  private current: LiveRows | null = null;

  constructor(db: Database, view: IndexView, token: string) {
    this.lists = view.segments
      .flatMap((viewed) =>
        readDoclists(db, viewed.segment, token, false).map((list) => new LiveRows(list, view, viewed)),
      )
      .filter((rows) => rows.nextLive());
  }

  /** Null behind the last row. */
  next(): LiveRows | null {
    const { current } = this;
    if (current?.nextLive() === false) this.lists = this.lists.filter((rows) => rows !== current);
    const { lists } = this;
    let least = lists[0] ?? null;
    for (let index = 1; index < lists.length; index += 1) {
      const rows = lists[index];
      if (rows !== undefined && least !== null && rows.rid < least.rid) least = rows;
    }
    this.current = least;
    return least;
  }
}

/**
 * A token's lists in all segments, for conversations that are asked for in the order of their row ids. The words of one
 * conversation may lie in different segments: a merge moves word after word.
 */
class TokenLists {
  private readonly lists: readonly { rows: Rows; outdated: DocumentSet | null }[];

  constructor(db: Database, view: IndexView, token: string) {
    this.lists = view.segments.flatMap(({ segment, outdated }) =>
      readDoclists(db, segment, token, false).map((list) => ({ rows: new Rows(list), outdated })),
    );
  }

  get isEmpty(): boolean {
    return this.lists.length === 0;
  }

  /** The row of a conversation; null when it does not have the token. */
  find(rid: number, at: number): Rows | null {
    for (let index = 0; index < this.lists.length; index += 1) {
      const list = this.lists[index];
      if (list === undefined || !list.rows.seek(rid) || list.rows.rid !== rid) continue;
      if (list.outdated === null || !list.outdated.has(at)) return list.rows;
    }
    return null;
  }
}

/** Where a phrase of some of the lists' tokens begins in the current row. */
function readStarts(lists: readonly Rows[], from: number, to: number, starts: Places, following: Places): void {
  for (let index = from; index < to; index += 1) {
    const rows = lists[index];
    if (rows === undefined) continue;
    if (index === from) starts.read(rows);
    else starts.keepFollowed(following.read(rows), index - from);
    if (starts.length === 0) return;
  }
}

/** The same as `nearStarts` (occurrences.ts) finds in texts: a chain within one message, in any order. */
function areNear(
  starts: readonly Places[],
  phrases: readonly (readonly string[])[],
  distances: readonly number[],
  separators: () => Places,
): boolean {
  for (let step = 1; step < starts.length; step += 1) {
    const distance = distances[step - 1] ?? 0;
    const [before, own] = [(phrases[step - 1]?.length ?? 0) + distance, (phrases[step]?.length ?? 0) + distance];
    const [reached, reaching] = [starts[step - 1] as Places, starts[step] as Places];
    let from = 0;
    let kept = 0;
    let borders: Places | null = null;
    for (let index = 0; index < reaching.length; index += 1) {
      const start = reaching.at[index] ?? 0;
      while (from < reached.length && (reached.at[from] ?? 0) + before < start) from += 1;
      for (let at = from; at < reached.length && (reached.at[at] ?? 0) <= start + own; at += 1) {
        borders ??= separators();
        if (!isSameMessage(reached.at[at] ?? 0, start, borders)) continue;
        reaching.at[kept] = start;
        kept += 1;
        break;
      }
    }
    reaching.length = kept;
    if (kept === 0) return false;
  }
  return true;
}

function isSameMessage(one: number, other: number, { at, length }: Places): boolean {
  if (Math.floor(one / columnSpan) !== Math.floor(other / columnSpan)) return false;
  const [low, high] = one < other ? [one, other] : [other, one];
  let [left, right] = [0, length];
  while (left < right) {
    const middle = (left + right) >>> 1;
    if ((at[middle] ?? 0) < low) left = middle + 1;
    else right = middle;
  }
  return left >= length || (at[left] ?? 0) > high;
}
