import type { Database } from 'better-sqlite3';
import type { Source } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';
import type { SourceKey } from '../store/windows.ts';

export type PassPurpose = 'window' | 'look' | 'increment';

/** A pass over one window, as far as it has got. */
export interface PassState {
  purpose: PassPurpose;
  fromMs: number;
  toMs: number;
  updatedSinceMs: number | null;
  /** 1 is the first pass; up to three repeats follow. */
  number: number;
  nextOffset: number;
  /** What the first page of this pass said. */
  count: number | null;
  countChanged: number;
  /** The earlier of both clocks when the pass began. */
  startedMs: number;
  pages: number;
  partials: number;
  /** Hash of the ids of the pass before. */
  formerIds: string | null;
}

/** Ids of a pass with their starts; records without a usable id go by the hash of their bytes, without a start. */
export type PassRecords = Map<string, number | null>;

/** The pass that was under way when the last run ended, if any. */
export function loadPass(db: Database, key: SourceKey): { state: PassState; records: PassRecords } | null {
  const state = prepared<[number, Source], PassState>(
    db,
    `SELECT purpose, from_ms AS fromMs, to_ms AS toMs, updated_since_ms AS updatedSinceMs, number,
       next_offset AS nextOffset, count, count_changed AS countChanged, started_ms AS startedMs, pages, partials,
       former_ids AS formerIds
     FROM sync_pass WHERE account = ? AND source = ?`,
  ).get(key.account, key.source);
  if (state === undefined) return null;
  const rows = prepared<[number, Source], { id: string; start: number | null }>(
    db,
    'SELECT remote_id AS id, start_ms AS start FROM sync_pass_record WHERE account = ? AND source = ?',
  ).all(key.account, key.source);
  return { state, records: new Map(rows.map(({ id, start }) => [id, start])) };
}

/** Writes how far a pass got. Called in the transaction of the page. */
export function savePass(db: Database, key: SourceKey, state: PassState, added: PassRecords): void {
  prepared<unknown[]>(
    db,
    `INSERT OR REPLACE INTO sync_pass(account, source, purpose, from_ms, to_ms, updated_since_ms, number, next_offset,
       count, count_changed, started_ms, pages, partials, former_ids) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    key.account,
    key.source,
    state.purpose,
    state.fromMs,
    state.toMs,
    state.updatedSinceMs,
    state.number,
    state.nextOffset,
    state.count,
    state.countChanged,
    state.startedMs,
    state.pages,
    state.partials,
    state.formerIds,
  );
  const insert = prepared<unknown[]>(
    db,
    `INSERT INTO sync_pass_record(account, source, remote_id, start_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  for (const [id, start] of added) insert.run(key.account, key.source, id, start);
}

/** Forgets the ids that a pass collected, before it is repeated or when it is over. */
export function forgetPassRecords(db: Database, key: SourceKey): void {
  prepared<[number, Source]>(db, 'DELETE FROM sync_pass_record WHERE account = ? AND source = ?').run(
    key.account,
    key.source,
  );
}

export function forgetPass(db: Database, key: SourceKey): void {
  forgetPassRecords(db, key);
  prepared<[number, Source]>(db, 'DELETE FROM sync_pass WHERE account = ? AND source = ?').run(key.account, key.source);
}
