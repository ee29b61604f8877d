import type { Database } from 'better-sqlite3';
import type { ErrorValue } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';
import type { SourceKey } from '../store/windows.ts';
import { defaultWidthMs } from './plan.ts';

/** What sync remembers of one account's source between runs. */
export interface SourceState {
  widthMs: number;
  longestMs: number;
  /** The latest trusted time ever seen: a clock that shows less was set back, or was ahead before. */
  highestNowMs: number;
  /** Start of the last run whose increment finished clean (messaging). */
  markMs: number | null;
  /** An increment under way. */
  incrementStartedMs: number | null;
  incrementSinceMs: number | null;
  incrementCursorMs: number | null;
  incrementClean: number;
  lastSyncMs: number | null;
  failures: number;
  notBeforeMs: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  errorHint: string | null;
}

const fields = {
  widthMs: 'width_ms',
  longestMs: 'longest_ms',
  highestNowMs: 'highest_now_ms',
  markMs: 'mark_ms',
  incrementStartedMs: 'increment_started_ms',
  incrementSinceMs: 'increment_since_ms',
  incrementCursorMs: 'increment_cursor_ms',
  incrementClean: 'increment_clean',
  lastSyncMs: 'last_sync_ms',
  failures: 'failures',
  notBeforeMs: 'not_before_ms',
  errorCode: 'error_code',
  errorMessage: 'error_message',
  errorHint: 'error_hint',
} as const satisfies Record<keyof SourceState, string>;

const columns = Object.entries(fields)
  .map(([name, column]) => `${column} AS ${name}`)
  .join(', ');

/** Undefined for a source that was never synced. */
export function findSourceState(db: Database, key: SourceKey): SourceState | undefined {
  return prepared<[number, Source], SourceState>(
    db,
    `SELECT ${columns} FROM sync_source WHERE account = ? AND source = ?`,
  ).get(key.account, key.source);
}

/** The state of a source, begun if there is none. */
export function sourceState(db: Database, key: SourceKey): SourceState {
  prepared<unknown[]>(
    db,
    'INSERT INTO sync_source(account, source, width_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(key.account, key.source, defaultWidthMs);
  const state = findSourceState(db, key);
  if (state === undefined) throw new Error('The state of a source could not be read back.');
  return state;
}

/** Changes some fields of a source's state. */
export function changeSourceState(db: Database, key: SourceKey, changes: Partial<SourceState>): void {
  const names = Object.keys(changes) as (keyof SourceState)[];
  if (names.length === 0) return;
  const assignments = names.map((name) => `${fields[name]} = ?`).join(', ');
  prepared<unknown[]>(db, `UPDATE sync_source SET ${assignments} WHERE account = ? AND source = ?`).run(
    ...names.map((name) => changes[name]),
    key.account,
    key.source,
  );
}

const pauseLadderMs = [2, 4, 8, 15].map((minutes) => minutes * 60_000);

/** Remembers that a run failed; scheduled runs wait 2, 4, 8, then 15 minutes, also across restarts. */
export function rememberFailure(db: Database, key: SourceKey, error: ErrorValue, now: number): void {
  const { failures } = sourceState(db, key);
  const pause = pauseLadderMs[Math.min(failures, pauseLadderMs.length - 1)] ?? 0;
  changeSourceState(db, key, {
    failures: failures + 1,
    notBeforeMs: now + pause,
    errorCode: error.code,
    errorMessage: error.message,
    errorHint: error.hint ?? null,
  });
}

/** Remembers that a run got through. */
export function rememberSuccess(db: Database, key: SourceKey, now: number): void {
  changeSourceState(db, key, {
    failures: 0,
    notBeforeMs: null,
    errorCode: null,
    errorMessage: null,
    errorHint: null,
    lastSyncMs: now,
  });
}
