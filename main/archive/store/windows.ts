import type { Database } from 'better-sqlite3';
import type { Source } from '../../../preload/model.ts';
import { prepared } from './statements.ts';

/** One account's source: everything of sync is kept per this pair. */
export interface SourceKey {
  account: number;
  source: Source;
}

/**
 * `unread`: never read to its end · `open`: read, but too young to be sealed · `sealed`: verified, nothing can be
 * added any more · `gap`: could not be completed · `beyond`: read when the source may already have deleted from it.
 */
export type WindowState = 'unread' | 'open' | 'sealed' | 'gap' | 'beyond';

/** A row of the window ledger: starts from `from` up to, not including, `to`. */
export interface LedgerWindow {
  from: number;
  to: number;
  state: WindowState;
  /** What the API said for the window, both ends included. */
  count: number | null;
  /** Of these, how many belong to this row and not to the instant it shares with the next. */
  reported: number | null;
  /** Distinct records received, both ends included. */
  received: number | null;
  pages: number;
  partials: number;
  passes: number;
  /** Start of the last clean pass. */
  readMs: number | null;
  sealedMs: number | null;
  auditedMs: number | null;
  failures: number;
  /** Why it is not complete, in plain words. */
  problem: string | null;
}

const columns = `from_ms AS "from", to_ms AS "to", state, count, reported, received, pages, partials, passes,
  read_ms AS readMs, sealed_ms AS sealedMs, audited_ms AS auditedMs, failures, problem`;

export function unreadWindow(from: number, to: number): LedgerWindow {
  return {
    from,
    to,
    state: 'unread',
    count: null,
    reported: null,
    received: null,
    pages: 0,
    partials: 0,
    passes: 0,
    readMs: null,
    sealedMs: null,
    auditedMs: null,
    failures: 0,
    problem: null,
  };
}

/** Rows never overlap, so the one that reaches over `from` is the last to begin before it. */
const reachingInto = `account = @account AND source = @source AND to_ms > @from AND from_ms < @to AND from_ms >=
  coalesce((SELECT max(from_ms) FROM sync_window WHERE account = @account AND source = @source AND from_ms <= @from), @from)`;

interface RangeOfKey extends SourceKey {
  from: number;
  to: number;
}

/** Rows that reach into `[from, to)`, in order of time. */
export function ledgerWindows(db: Database, key: SourceKey, from = -8.64e15, to = 8.64e15): LedgerWindow[] {
  return prepared<[RangeOfKey], LedgerWindow>(
    db,
    `SELECT ${columns} FROM sync_window WHERE ${reachingInto} ORDER BY from_ms`,
  ).all({ ...key, from, to });
}

/** The first row from `from` on that still has to be read to its end and sealed. */
export function nextUnsealed(db: Database, key: SourceKey, from: number, to: number): LedgerWindow | undefined {
  return prepared<[RangeOfKey], LedgerWindow>(
    db,
    `SELECT ${columns} FROM sync_window WHERE ${reachingInto} AND state IN ('unread', 'open', 'gap')
       ORDER BY from_ms LIMIT 1`,
  ).get({ ...key, from, to });
}

/** Writes a row, in the place of one that begins at the same instant. */
export function putWindow(db: Database, key: SourceKey, row: LedgerWindow): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO sync_window(account, source, from_ms, to_ms, state, count, reported, received, pages, partials, passes,
       read_ms, sealed_ms, audited_ms, failures, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET to_ms = excluded.to_ms, state = excluded.state, count = excluded.count,
       reported = excluded.reported, received = excluded.received, pages = excluded.pages, partials = excluded.partials,
       passes = excluded.passes, read_ms = excluded.read_ms, sealed_ms = excluded.sealed_ms,
       audited_ms = excluded.audited_ms, failures = excluded.failures, problem = excluded.problem`,
  ).run(
    key.account,
    key.source,
    row.from,
    row.to,
    row.state,
    row.count,
    row.reported,
    row.received,
    row.pages,
    row.partials,
    row.passes,
    row.readMs,
    row.sealedMs,
    row.auditedMs,
    row.failures,
    row.problem,
  );
}

function removeWindow(db: Database, key: SourceKey, from: number): void {
  prepared<[number, Source, number]>(
    db,
    'DELETE FROM sync_window WHERE account = ? AND source = ? AND from_ms = ?',
  ).run(key.account, key.source, from);
}

/**
 * Puts `rows` in the place of whatever the ledger says about `[from, to)`. A row that reaches over an edge is cut
 * there; what is left of it keeps its state, but its numbers were about the whole and are dropped.
 */
export function replaceWindows(db: Database, key: SourceKey, from: number, to: number, rows: LedgerWindow[]): void {
  for (const old of ledgerWindows(db, key, from, to)) {
    removeWindow(db, key, old.from);
    if (old.from < from) putWindow(db, key, remainder(old, old.from, from));
    if (old.to > to) putWindow(db, key, remainder(old, to, old.to));
  }
  for (const row of rows) putWindow(db, key, row);
}

function remainder(row: LedgerWindow, from: number, to: number): LedgerWindow {
  const untouched = row.state === 'unread' || row.state === 'gap';
  return untouched ? { ...row, from, to, count: null, reported: null, received: null } : unreadWindow(from, to);
}

/** Joins the sealed rows of one day that touch, so that the ledger grows with days and not with conversations. */
export function mergeSealed(db: Database, key: SourceKey, dayStart: number, dayEnd: number): void {
  const rows = ledgerWindows(db, key, dayStart, dayEnd);
  let joined: LedgerWindow | null = null;
  for (const row of rows) {
    const fits: boolean = row.state === 'sealed' && row.problem === null && row.from >= dayStart && row.to <= dayEnd;
    if (!fits) joined = null;
    else if (joined === null || joined.to !== row.from) joined = row;
    else {
      removeWindow(db, key, row.from);
      joined = join(joined, row);
      putWindow(db, key, joined);
    }
  }
}

function join(left: LedgerWindow, right: LedgerWindow): LedgerWindow {
  const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    ...left,
    to: right.to,
    count: plus(left.reported, right.count),
    reported: plus(left.reported, right.reported),
    received: plus(left.reported, right.received),
    pages: left.pages + right.pages,
    partials: left.partials + right.partials,
    passes: left.passes + right.passes,
    readMs: earliest(left.readMs, right.readMs),
    sealedMs: Math.max(left.sealedMs ?? 0, right.sealedMs ?? 0),
    auditedMs: earliest(left.auditedMs, right.auditedMs),
  };
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.min(a, b);
}

/**
 * Opens again what was sealed too early for what is known now: a longer conversation was seen, or the clock was
 * ahead when it was sealed.
 * @param newestEnd a row that ends later than this can't be sealed yet
 * @returns how many rows
 */
export function unsealPremature(db: Database, key: SourceKey, newestEnd: number, now: number): number {
  return prepared<[number, Source, number, number]>(
    db,
    `UPDATE sync_window SET state = 'open', sealed_ms = NULL
       WHERE account = ? AND source = ? AND state IN ('sealed', 'beyond') AND (to_ms > ? OR read_ms > ?)`,
  ).run(key.account, key.source, newestEnd, now).changes;
}

/** Days of the ledger that are sealed, whole or in part, and were last read or checked before a time. */
export function sealedWindows(db: Database, key: SourceKey, from: number): LedgerWindow[] {
  return prepared<[number, Source, number], LedgerWindow>(
    db,
    `SELECT ${columns} FROM sync_window WHERE account = ? AND source = ? AND state = 'sealed' AND from_ms >= ?
       ORDER BY from_ms`,
  ).all(key.account, key.source, from);
}
