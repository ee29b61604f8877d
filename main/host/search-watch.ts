import { createHash } from 'node:crypto';
import type { NotedAction } from './activity.ts';

export interface WatchedSearch {
  query: string;
  timeZone: string;
  asKnownOn?: number | undefined;
}

export interface SearchWatchOptions {
  everySearch: boolean;
  keep(action: NotedAction): void;
}

interface Open extends WatchedSearch {
  key: string;
  total: number | null;
  timer: NodeJS.Timeout | undefined;
}

/** A query that stays this long, or from which something is opened, was meant; each key before it was not. */
const settleMs = 1500;
/** A query may be a list of thousands of ids: beyond this the entry has its hash. */
const longestQuery = 10_000;

/** Tells which of the searches that a page makes while somebody types are searches that somebody made. */
export class SearchWatch {
  readonly #options: SearchWatchOptions;
  #open: Open | null = null;
  /** A page asks again for what it shows, for its next page, for its total: all one search. */
  #lastKey: string | null = null;

  constructor(options: SearchWatchOptions) {
    this.#options = options;
  }

  asked(search: WatchedSearch, total: number | null): void {
    const { everySearch } = this.#options;
    if (!everySearch && search.query.trim() === '' && search.asKnownOn === undefined) {
      // What a page shows before anybody searches.
      this.#leave(search.query);
      this.#lastKey = null;
      return;
    }
    const key = JSON.stringify(search);
    if (this.#open?.key === key) {
      this.#open.total = total ?? this.#open.total;
      return;
    }
    if (key === this.#lastKey) return;
    this.#leave(search.query);
    const timer = everySearch ? undefined : setTimeout(() => this.settle(), settleMs);
    timer?.unref();
    this.#open = { ...search, key, total, timer };
  }

  /** Notes the search that is open. */
  settle(): void {
    if (this.#open === null) return;
    const { key, query, timeZone, asKnownOn, total, timer } = this.#open;
    clearTimeout(timer);
    this.#open = null;
    this.#lastKey = key;
    this.#options.keep({
      kind: 'search',
      subjects: [],
      details: {
        ...(query.length <= longestQuery
          ? { query }
          : {
              query: query.slice(0, longestQuery),
              queryLength: query.length,
              querySha256: createHash('sha256').update(query).digest('hex'),
            }),
        timeZone,
        ...(asKnownOn === undefined ? {} : { asKnownOn: new Date(asKnownOn).toISOString() }),
        ...(total === null ? {} : { total }),
      },
    });
  }

  /** Another query takes the place of the open one: the next key of the same typing, or a search of its own. */
  #leave(next: string): void {
    if (this.#open === null) return;
    if (this.#options.everySearch || !isOneEdit(this.#open.query, next)) {
      this.settle();
      return;
    }
    clearTimeout(this.#open.timer);
    this.#open = null;
  }
}

/**
 * Whether one text comes from the other by putting something in at one place, or taking it out. Two people who type at the
 * same time do not make such a pair, and each one's search is noted.
 */
export function isOneEdit(before: string, after: string): boolean {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return start + end >= shorter;
}
