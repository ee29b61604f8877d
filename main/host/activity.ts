import type { CallName, Output, ParsedInput } from '../../preload/contract.ts';
import type { PendingAction } from '../../preload/model.ts';
import { noted } from './noted-calls.ts';
import { SearchWatch, type WatchedSearch } from './search-watch.ts';

export type NotedAction = Pick<PendingAction, 'kind' | 'subjects' | 'details'>;

export interface ActivityOptions {
  /** A command line asks each question on purpose; a page asks with every key. */
  everySearch: boolean;
  keep(action: NotedAction): void;
}

/** A page reads again what it shows whenever the archive changes: within this time it is the same reading. */
const sameReadingMs = 60_000;
/** A transcript that was asked for ahead and not looked at within this time has been delivered all the same. */
const aheadMs = 30_000;

/**
 * Tells from the calls that were answered what a user did: what was searched for, what was opened, what was changed.
 * The host does this, not the page: whatever leaves the archive passes here.
 */
export class Activity {
  readonly #keep: (action: NotedAction) => void;
  readonly #searches: SearchWatch;
  readonly #readAt = new Map<string, number>();
  readonly #ahead = new Map<string, NodeJS.Timeout>();

  constructor({ everySearch, keep }: ActivityOptions) {
    this.#keep = keep;
    this.#searches = new SearchWatch({ everySearch, keep });
  }

  /** Must be told of each call by a user that succeeded, with its parsed input. */
  answered<N extends CallName>(name: N, input: ParsedInput<N>, value: Output<N>): void {
    switch (name) {
      case 'search.page':
      case 'search.count':
        this.#searches.asked(searchOf(input as WatchedSearch), totalOf(value));
        return;
      case 'conversations.get':
        this.#read(input as ParsedInput<'conversations.get'>, value as Output<'conversations.get'>);
        return;
      case 'conversations.shown':
        this.#shown((input as ParsedInput<'conversations.shown'>).id);
        return;
      default: {
        const action = noted(name, input, value);
        if (action === null) return;
        this.#searches.settle();
        this.#keep(action);
      }
    }
  }

  /** Notes what is still open. */
  close(): void {
    this.#searches.settle();
    for (const [id, timer] of this.#ahead) {
      clearTimeout(timer);
      this.#preloaded(id);
    }
    this.#ahead.clear();
  }

  #read(input: ParsedInput<'conversations.get'>, { transcript }: Output<'conversations.get'>): void {
    const { id } = transcript;
    if (input.ahead === true) {
      if (this.#isSameReading(id) || this.#ahead.has(id)) return;
      const timer = setTimeout(() => {
        this.#ahead.delete(id);
        this.#preloaded(id);
      }, aheadMs);
      timer.unref();
      this.#ahead.set(id, timer);
      return;
    }
    const { version, asKnownOn } = input;
    this.#opened(id, {
      ...(version === undefined ? {} : { version }),
      ...(asKnownOn === undefined ? {} : { asKnownOn: new Date(asKnownOn).toISOString() }),
    });
  }

  /** Only what the page really has can be shown; that it says so is no proof, but what it has is noted either way. */
  #shown(id: string): void {
    if (this.#ahead.has(id)) this.#opened(id, {});
  }

  #opened(id: string, details: NotedAction['details']): void {
    clearTimeout(this.#ahead.get(id));
    this.#ahead.delete(id);
    this.#searches.settle();
    const reading = `${id} ${JSON.stringify(details)}`;
    if (!this.#isSameReading(reading)) this.#keep({ kind: 'conversation-opened', subjects: [id], details });
    this.#readAt.set(reading, Date.now());
    this.#readAt.set(id, Date.now());
  }

  #preloaded(id: string): void {
    this.#keep({ kind: 'conversation-preloaded', subjects: [id], details: {} });
    this.#readAt.set(id, Date.now());
  }

  #isSameReading(reading: string): boolean {
    const oldest = Date.now() - sameReadingMs;
    for (const [key, at] of this.#readAt) if (at < oldest) this.#readAt.delete(key);
    return this.#readAt.has(reading);
  }
}

function searchOf({ query, timeZone, asKnownOn }: WatchedSearch): WatchedSearch {
  return { query, timeZone, ...(asKnownOn === undefined ? {} : { asKnownOn }) };
}

function totalOf(value: object): number | null {
  return 'total' in value && typeof value.total === 'number' ? value.total : null;
}
