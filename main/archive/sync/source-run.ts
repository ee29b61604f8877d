import type { Database } from 'better-sqlite3';
import type { Source } from '../../../preload/model.ts';
import type { Clock } from '../clock.ts';
import type { HistoryClient, HistoryPage } from '../liveperson/history-client.ts';
import type { Log } from '../log.ts';
import type { StoredAccount } from '../store/accounts.ts';
import { addEvent, type EventLevel, type RunCounters } from '../store/runs.ts';
import type { SourceKey } from '../store/windows.ts';
import type { Moment } from './plan.ts';
import { changeSourceState, type SourceState } from './source-state.ts';
import { floorTo, stepMs } from './time.ts';

/** What the runs of one account share: its sources answer with the same clock. */
export interface ServerClock {
  /** The latest `Date` that the service sent in this run. */
  latest: number | null;
}

export interface SyncProgress {
  phase: string;
  done: number;
  total: number | null;
  unit: 'days';
}

export interface RunFailures {
  /** Starts of the windows that are incomplete so far. */
  windows: Set<number>;
  inARow: number;
  partialInARow: number;
  /** The updates of messaging could not be read to their end. */
  increment: boolean;
}

/** Everything that one run over one source of one account works with. */
export interface SourceRun {
  readonly db: Database;
  readonly account: StoredAccount;
  readonly source: Source;
  readonly key: SourceKey;
  readonly client: HistoryClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly id: number;
  readonly startedAt: number;
  /** What the client had sent before this run. */
  readonly requestsBefore: number;
  readonly serverClock: ServerClock;
  readonly counters: RunCounters;
  readonly failures: RunFailures;
  /** Conversations asked for in one request. */
  readonly pageSize: number;
  readonly since: number | undefined;
  readonly until: number | undefined;
  /** Kept in step with the stored one by `changeState`. */
  readonly state: SourceState;
  /** Throws when the account was paused or the run cancelled: called between pages only. */
  checkpoint(): void;
  onPage(changed: boolean): void;
  onWindow(from: number, to: number): void;
}

/** The run was asked for a part of the time only: it neither moves marks nor checks other days. */
export function isLimited(run: SourceRun): boolean {
  return run.since !== undefined || run.until !== undefined;
}

/** Both clocks as of now. */
export function momentNow(run: SourceRun): Moment {
  return momentOf(run.clock.now(), run.serverClock.latest);
}

/** Both clocks as of the moment a page was asked for. */
export function momentOfPage(page: HistoryPage): Moment {
  return momentOf(page.requestedAt, page.serverTime ?? null);
}

function momentOf(local: number, server: number | null): Moment {
  return { earlier: Math.min(local, server ?? local), later: Math.max(local, server ?? local) };
}

/** The time we believe: the service's, which decides what it deletes and shows, or ours while it has not told. */
export function trustedNow(run: SourceRun): number {
  return run.serverClock.latest ?? run.clock.now();
}

export function noteServerTime(run: SourceRun, page: HistoryPage): void {
  if (page.serverTime !== undefined) run.serverClock.latest = page.serverTime;
}

export function changeState(run: SourceRun, changes: Partial<SourceState>): void {
  changeSourceState(run.db, run.key, changes);
  Object.assign(run.state, changes);
}

/** Adds a sentence to the sync log. */
export function tell(run: SourceRun, level: EventLevel, text: string): void {
  addEvent(run.db, run.id, { time: run.clock.now(), level, text });
}

/**
 * One small request that says whether the service is there and what time it is. Made once per account and run,
 * before anything is planned: with a wrong clock of ours the plan would be wrong.
 */
export async function askTheTime(run: SourceRun): Promise<void> {
  const to = floorTo(run.clock.now(), stepMs);
  const window = { from: to - stepMs, to };
  noteServerTime(run, await run.client.search({ source: run.source, window, offset: 0, limit: 1 }, run.signal));
}
