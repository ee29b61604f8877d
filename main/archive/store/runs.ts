import type { Database } from 'better-sqlite3';
import type { ErrorValue } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import { prepared } from './statements.ts';
import type { SourceKey } from './windows.ts';

export type RunState = 'running' | 'complete' | 'incomplete' | 'failed' | 'cancelled' | 'interrupted';
export type EventLevel = 'info' | 'warning' | 'error';

export interface RunCounters {
  requests: number;
  received: number;
  added: number;
  changed: number;
  unchanged: number;
  windowsComplete: number;
  windowsIncomplete: number;
}

export interface RunEvent {
  time: number;
  level: EventLevel;
  /** A plain sentence, without transcript text. */
  text: string;
}

/** One run over one source of one account, as a person reads it. */
export interface RunEntry extends RunCounters {
  id: number;
  accountId: string;
  source: Source;
  startedAt: number;
  endedAt: number | null;
  state: RunState;
  error: { code: string; message: string; hint: string | null } | null;
  events: RunEvent[];
}

/** A window that misbehaves for hours must not fill the archive with its story. */
const eventsPerRun = 500;
const runsKept = 5000;

/** Writes down that a run begins, and that whatever still seems to run of this source was interrupted. */
export function beginRun(db: Database, key: SourceKey, now: number): number {
  return db
    .transaction(() => {
      prepared<[number, Source]>(
        db,
        `UPDATE sync_run SET state = 'interrupted' WHERE account = ? AND source = ? AND state = 'running'`,
      ).run(key.account, key.source);
      const inserted = prepared<[number, Source, number]>(
        db,
        `INSERT INTO sync_run(account, source, started_ms, state) VALUES (?, ?, ?, 'running')`,
      ).run(key.account, key.source, now);
      const id = Number(inserted.lastInsertRowid);
      prepared<[{ account: number; source: Source; kept: number }]>(
        db,
        `DELETE FROM sync_run WHERE account = @account AND source = @source AND id <=
           (SELECT id FROM sync_run WHERE account = @account AND source = @source ORDER BY id DESC LIMIT 1 OFFSET @kept)`,
      ).run({ ...key, kept: runsKept });
      return id;
    })
    .immediate();
}

/** The numbers of a run so far: written with every page, so that a crash leaves them true. */
export function saveCounters(db: Database, run: number, counters: RunCounters): void {
  prepared<unknown[]>(
    db,
    `UPDATE sync_run SET requests = ?, received = ?, added = ?, changed = ?, unchanged = ?, windows_complete = ?,
       windows_incomplete = ? WHERE id = ?`,
  ).run(
    counters.requests,
    counters.received,
    counters.added,
    counters.changed,
    counters.unchanged,
    counters.windowsComplete,
    counters.windowsIncomplete,
    run,
  );
}

export function endRun(
  db: Database,
  run: number,
  now: number,
  state: RunState,
  counters: RunCounters,
  error: ErrorValue | null,
): void {
  saveCounters(db, run, counters);
  prepared<unknown[]>(
    db,
    'UPDATE sync_run SET ended_ms = ?, state = ?, error_code = ?, error_message = ?, error_hint = ? WHERE id = ?',
  ).run(now, state, error?.code ?? null, error?.message ?? null, error?.hint ?? null, run);
}

/** Adds a sentence to the story of a run. */
export function addEvent(db: Database, run: number, event: RunEvent): void {
  prepared<[RunEvent & { run: number }]>(
    db,
    `INSERT INTO sync_event(run, number, time_ms, level, text) SELECT @run, n, @time, @level, @text
       FROM (SELECT count(*) AS n FROM sync_event WHERE run = @run) WHERE n < ${eventsPerRun}`,
  ).run({ run, ...event });
}

interface RunRow extends RunCounters {
  id: number;
  accountId: string;
  source: Source;
  startedAt: number;
  endedAt: number | null;
  state: RunState;
  errorCode: string | null;
  errorMessage: string | null;
  errorHint: string | null;
}

/** The latest runs, newest first, each with its story. `before` continues with runs older than that id. */
export function listRuns(
  db: Database,
  options: { accountId?: string | undefined; before?: number | undefined; limit: number },
): RunEntry[] {
  const rows = prepared<[{ accountId: string | null; before: number; limit: number }], RunRow>(
    db,
    `SELECT r.id, a.account_id AS accountId, r.source, r.started_ms AS startedAt, r.ended_ms AS endedAt, r.state,
       r.requests, r.received, r.added, r.changed, r.unchanged, r.windows_complete AS windowsComplete,
       r.windows_incomplete AS windowsIncomplete, r.error_code AS errorCode, r.error_message AS errorMessage,
       r.error_hint AS errorHint
     FROM sync_run r JOIN account a ON a.key = r.account
     WHERE (@accountId IS NULL OR a.account_id = @accountId) AND r.id < @before ORDER BY r.id DESC LIMIT @limit`,
  ).all({
    accountId: options.accountId ?? null,
    before: options.before ?? Number.MAX_SAFE_INTEGER,
    limit: options.limit,
  });
  return rows.map(({ errorCode, errorMessage, errorHint, ...row }) => ({
    ...row,
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '', hint: errorHint },
    events: prepared<[number], RunEvent>(
      db,
      'SELECT time_ms AS time, level, text FROM sync_event WHERE run = ? ORDER BY number',
    ).all(row.id),
  }));
}
