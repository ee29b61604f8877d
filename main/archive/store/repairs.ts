import type { Database } from 'better-sqlite3';
import type { Source } from '../../../preload/model.ts';
import { prepared } from './statements.ts';
import type { SourceKey } from './windows.ts';

/**
 * Why a conversation is fetched by id: it came incomplete · its attributes were not merged yet · it is over, and
 * only by id does messaging give all of it · the same once more after 35 days.
 */
export type RepairKind = 'partial' | 'not-enriched' | 'final' | 'final-again';

/** A conversation to be fetched by id. */
export interface Repair {
  remoteId: string;
  kind: RepairKind;
  startMs: number;
  dueMs: number;
  firstMs: number | null;
  tries: number;
}

const columns = `remote_id AS remoteId, kind, start_ms AS startMs, due_ms AS dueMs, first_ms AS firstMs, tries`;

/** Puts a conversation into the queue. One that is waiting already keeps its turn and its tries. */
export function addRepair(db: Database, key: SourceKey, repair: Omit<Repair, 'firstMs' | 'tries'>): void {
  prepared<unknown[]>(
    db,
    `INSERT INTO repair(account, source, remote_id, kind, start_ms, due_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET start_ms = excluded.start_ms`,
  ).run(key.account, key.source, repair.remoteId, repair.kind, repair.startMs, repair.dueMs);
}

/** Begins a repair anew, whatever became of it before: the conversation has changed since. */
export function renewRepair(db: Database, key: SourceKey, repair: Omit<Repair, 'firstMs' | 'tries'>): void {
  removeRepair(db, key, repair.remoteId, repair.kind);
  addRepair(db, key, repair);
}

export function removeRepair(db: Database, key: SourceKey, remoteId: string, kind: RepairKind): void {
  prepared<[number, Source, string, RepairKind]>(
    db,
    'DELETE FROM repair WHERE account = ? AND source = ? AND remote_id = ? AND kind = ?',
  ).run(key.account, key.source, remoteId, kind);
}

/** Everything that waits for one conversation. */
export function repairsOf(db: Database, key: SourceKey, remoteId: string): Repair[] {
  return prepared<[number, Source, string], Repair>(
    db,
    `SELECT ${columns} FROM repair WHERE account = ? AND source = ? AND remote_id = ? AND given_up = 0`,
  ).all(key.account, key.source, remoteId);
}

/** After a try that did not help: when to try again, or null to leave it at what the archive has. */
export function postponeRepair(db: Database, key: SourceKey, repair: Repair, now: number, next: number | null): void {
  prepared<unknown[]>(
    db,
    `UPDATE repair SET tries = tries + 1, first_ms = coalesce(first_ms, ?), due_ms = ?, given_up = ?
       WHERE account = ? AND source = ? AND remote_id = ? AND kind = ?`,
  ).run(now, next ?? repair.dueMs, next === null ? 1 : 0, key.account, key.source, repair.remoteId, repair.kind);
}

/** Conversations whose turn has come, longest waiting first. */
export function dueRepairs(db: Database, key: SourceKey, now: number, limit: number): Repair[] {
  return prepared<[number, Source, number, number], Repair>(
    db,
    `SELECT ${columns} FROM repair WHERE account = ? AND source = ? AND given_up = 0 AND due_ms <= ?
       ORDER BY due_ms LIMIT ?`,
  ).all(key.account, key.source, now, limit);
}

/** How many conversations wait, and when the first is due. */
export function waitingRepairs(db: Database, key: SourceKey): { pending: number; nextMs: number | null } {
  const row = prepared<[number, Source], { pending: number; nextMs: number | null }>(
    db,
    `SELECT count(*) AS pending, min(due_ms) AS nextMs FROM repair WHERE account = ? AND source = ? AND given_up = 0`,
  ).get(key.account, key.source);
  return row ?? { pending: 0, nextMs: null };
}
