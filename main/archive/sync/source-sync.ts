import { ArchiveError, toErrorValue, type ErrorValue } from '../../../preload/errors.ts';
import type { Source, SourceSync } from '../../../preload/model.ts';
import type { HistoryClient } from '../liveperson/history-client.ts';
import { waitingRepairs } from '../store/repairs.ts';
import { beginRun, endRun, type RunCounters, type RunState } from '../store/runs.ts';
import { toArchiveError } from '../store/sqlite-error.ts';
import type { StoredAccount } from '../store/accounts.ts';
import { pausedAccounts } from './pause.ts';
import { pageSize } from './plan.ts';
import { runPhases } from './phases.ts';
import type { SyncOptions } from './run.ts';
import type { ServerClock, SourceRun } from './source-run.ts';
import { rememberFailure, rememberSuccess, sourceState } from './source-state.ts';
import type { ArchiveWriter } from '../store/database.ts';

export interface SourceSyncParts {
  writer: ArchiveWriter;
  account: StoredAccount;
  source: Source;
  client: HistoryClient;
  serverClock: ServerClock;
  options: SyncOptions;
  onPage(counters: RunCounters): void;
  onWindow(source: Source, from: number, to: number): void;
}

/** How one source fared. `stopped`: by a person, not by a failure. */
export interface SourceSyncResult {
  report: SourceSync;
  complete: boolean;
  stopped: boolean;
}

/** Syncs one source of one account. Never throws: what stops it is in the report, and others go on. */
export async function syncSource(parts: SourceSyncParts): Promise<SourceSyncResult> {
  const { writer, account, source, options } = parts;
  const { db } = writer;
  const { clock } = options;
  const key = { account: account.key, source };
  const startedAt = clock.now();
  const counters = noCounters();
  const failures = { windows: new Set<number>(), inARow: 0, partialInARow: 0, increment: false };
  const requestsBefore = parts.client.requestCount;
  let run: SourceRun | null = null;
  let error: ErrorValue | null = null;
  try {
    const paused = pausedAccounts(db).has(account.accountId);
    run = {
      db,
      account,
      source,
      key,
      client: parts.client,
      clock,
      log: options.log,
      signal: options.signal,
      id: beginRun(db, key, startedAt),
      startedAt,
      requestsBefore,
      serverClock: parts.serverClock,
      counters,
      failures,
      pageSize: options.pageSize ?? pageSize,
      since: options.since,
      until: options.until,
      state: sourceState(db, key),
      checkpoint() {
        if (options.signal.aborted) throw stopped('The sync was cancelled.');
        if (!paused && pausedAccounts(db).has(account.accountId)) throw stopped('The sync of this account was paused.');
      },
      onPage(changed) {
        parts.onPage(counters);
        if (changed) options.onChanged();
      },
      onWindow: (from, to) => parts.onWindow(source, from, to),
    };
    await runPhases(run);
  } catch (thrown) {
    error = toErrorValue(options.signal.aborted ? stopped('The sync was cancelled.') : toArchiveError(thrown));
  }
  counters.requests = parts.client.requestCount - requestsBefore;
  counters.windowsIncomplete = failures.windows.size;
  const complete = error === null && failures.windows.size === 0 && !failures.increment;
  const state: RunState =
    error === null ? (complete ? 'complete' : 'incomplete') : error.code === 'cancelled' ? 'cancelled' : 'failed';
  writeEnd(parts, run, state, counters, error);
  const { requests, added, changed } = counters;
  options.log(error === null ? 'info' : 'warn', 'sync-source-ended', {
    account: account.accountId,
    source,
    state,
    requests,
    added,
    changed,
    windowsIncomplete: counters.windowsIncomplete,
    code: error?.code,
  });
  return {
    report: {
      source,
      ...counters,
      repairsPending: pendingRepairs(parts),
      startedAt,
      endedAt: clock.now(),
      ...(error === null || error.code === 'cancelled' ? {} : { error: publicError(error) }),
    },
    complete,
    stopped: error?.code === 'cancelled',
  };
}

function noCounters(): RunCounters {
  return { requests: 0, received: 0, added: 0, changed: 0, unchanged: 0, windowsComplete: 0, windowsIncomplete: 0 };
}

function stopped(message: string): ArchiveError {
  return new ArchiveError('cancelled', message, {
    retryable: true,
    hint: 'What came is kept; the next sync goes on from here.',
  });
}

function publicError(error: ErrorValue): NonNullable<SourceSync['error']> {
  return { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
}

/** A full disk can't even take the end of the run; the next run finds it interrupted. */
function writeEnd(
  parts: SourceSyncParts,
  run: SourceRun | null,
  state: RunState,
  counters: RunCounters,
  error: ErrorValue | null,
): void {
  if (run === null) return;
  const { clock, log } = parts.options;
  try {
    run.db
      .transaction(() => {
        endRun(run.db, run.id, clock.now(), state, counters, error);
        if (error === null) rememberSuccess(run.db, run.key, clock.now());
        else if (error.code !== 'cancelled') rememberFailure(run.db, run.key, error, clock.now());
      })
      .immediate();
  } catch (thrown) {
    log('error', 'sync-end-not-written', { code: toArchiveError(thrown).code });
  }
}

function pendingRepairs({ writer, account, source }: SourceSyncParts): number {
  try {
    return waitingRepairs(writer.db, { account: account.key, source }).pending;
  } catch {
    return 0;
  }
}
