import type { Source } from '../../../preload/model.ts';

/** What the remote side holds of one conversation at one time. Texts may be made when first asked for. */
export interface RecordVersion {
  readonly status: 'open' | 'closed';
  /** Ended (chat) or closed (messaging) and not partial: what an archive must not lose. */
  readonly final: boolean;
  /** What `latestUpdateTime` compares with. */
  readonly updatedAt: number;
  /** JSON text of the record in search results: may be partial, may have fewer attributes. */
  readonly searchText: string;
  /** JSON text of the record asked for by its id. */
  readonly completeText: string;
}

/** One conversation of the simulated account through its whole life. */
export interface RemoteRecord {
  readonly source: Source;
  readonly remoteId: string;
  /** `info.startTimeL`. */
  readonly startedAt: number;
  /** First moment at which a search may find it. */
  readonly visibleAt: number;
  /** From here on it is gone. */
  readonly vanishesAt: number;
  /** Its state at `now`; null while it is not visible. */
  versionAt(now: number): RecordVersion | null;
  /** Shorthands for tests: the exact text, null while it is not visible. */
  searchText(now: number): string | null;
  completeText(now: number): string | null;
}

/** Everything that a simulated account holds, now and at other times. Pure: asking changes nothing. */
export interface World {
  readonly accountId: string;
  /** All conversations that ever exist up to `now`, visible at `now` or not, ordered by start, then id. */
  records(source: Source, now: number): readonly RemoteRecord[];
  /** Those that start within the window, both ends inclusive. */
  between(source: Source, from: number, to: number, now: number): readonly RemoteRecord[];
  find(source: Source, remoteId: string, now: number): RemoteRecord | undefined;
}

/** Order of a world's records: by start, ties by id. */
export function byStartThenId(a: RemoteRecord, b: RemoteRecord): number {
  return a.startedAt - b.startedAt || (a.remoteId < b.remoteId ? -1 : a.remoteId > b.remoteId ? 1 : 0);
}

/** Index of the first record that starts at or after `time`, by bisection of an ordered list. */
export function firstStartingAt(records: readonly RemoteRecord[], time: number): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((records[middle]?.startedAt ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds the shorthands to the part of a record that differs between worlds. */
export function completeRecord(record: Omit<RemoteRecord, 'searchText' | 'completeText'>): RemoteRecord {
  return {
    ...record,
    searchText: (now) => record.versionAt(now)?.searchText ?? null,
    completeText: (now) => record.versionAt(now)?.completeText ?? null,
  };
}
