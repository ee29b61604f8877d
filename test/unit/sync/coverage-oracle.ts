import type { Database } from 'better-sqlite3';
import type { Source } from '../../../preload/model.ts';
import { retentionStart } from '../../../main/archive/sync/time.ts';
import { day } from './times.ts';

/** What coverage must say of one day, told by looking at each stretch of it; nothing of the code that it checks. */
export interface ExpectedDay {
  verdict: 'complete' | 'provisional' | 'gap' | 'beyond-retention';
  reported: number | null;
  archived: number;
}

interface Row {
  from_ms: number;
  to_ms: number;
  state: string;
  reported: number | null;
  sealed_ms: number | null;
  problem: string | null;
}

export function expectedDay(db: Database, source: Source, start: number, now: number): ExpectedDay {
  const end = start + day;
  const ledger = db.prepare<[Source], Row>('SELECT * FROM sync_window WHERE source = ?').all(source);
  const rows = ledger.filter((row) => row.from_ms < end && row.to_ms > start);
  const archived = db
    .prepare<[Source], number>('SELECT start_ms FROM conversation WHERE source = ?')
    .pluck()
    .all(source)
    .filter((at) => Math.floor(at / day) === start / day).length;
  return { verdict: verdictOf(ledger, rows, start, now), reported: reportedOf(rows, start, now), archived };
}

/** The rows that hold each stretch between two borders; undefined where nothing does. */
function stretches(rows: readonly Row[], from: number, to: number): (Row | undefined)[] {
  const inside = rows.flatMap((row) => [row.from_ms, row.to_ms]).filter((border) => border > from && border < to);
  const borders = [...new Set([from, ...inside, to])].sort((one, other) => one - other);
  return borders.slice(0, -1).map((border) => rows.find((row) => row.from_ms <= border && border < row.to_ms));
}

function verdictOf(ledger: readonly Row[], rows: readonly Row[], start: number, now: number): ExpectedDay['verdict'] {
  const end = start + day;
  const over = end <= now;
  const deleted = end <= retentionStart(now);
  const proven = (row: Row | undefined) =>
    row !== undefined && row.state === 'sealed' && row.problem === null && (row.sealed_ms ?? 0) <= now;
  if (over && stretches(rows, start, end).every(proven)) return 'complete';
  const states = new Set(rows.map(({ state }) => state));
  if (rows.length === 0) return deleted && ledger.every((row) => row.from_ms > start) ? 'beyond-retention' : 'gap';
  if (states.has('gap') || states.has('unread')) return 'gap';
  if (states.has('beyond')) return 'beyond-retention';
  if (rows.some(({ problem }) => problem !== null) || deleted) return 'gap';
  return !over || states.has('open') ? 'provisional' : 'gap';
}

function reportedOf(rows: readonly Row[], start: number, now: number): number | null {
  const end = start + day;
  // A row that reaches into a neighbouring day says nothing of either alone.
  if (rows.length === 0 || rows.some((row) => row.reported === null || row.from_ms < start || row.to_ms > end)) {
    return null;
  }
  const until = Math.min(end, Math.ceil(now / day) * day);
  const asked = until <= start || stretches(rows, start, until).every((row) => row !== undefined);
  const last = rows.toSorted((one, other) => one.from_ms - other.from_ms).at(-1);
  if (!asked && last?.state !== 'open') return null;
  return rows.reduce((sum, row) => sum + (row.reported ?? 0), 0);
}
