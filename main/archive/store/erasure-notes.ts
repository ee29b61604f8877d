import type { Database } from 'better-sqlite3';
import type { Verdict } from './versioning.ts';
import { prepared } from './statements.ts';

/** What has come of a conversation, as far as erasures at the source are concerned. */
export interface ErasureFacts {
  rid: number;
  number: number;
  receivedAt: number;
  reason: Verdict['reason'];
  /** Of the version that came, and of the one that was shown before. */
  erased: boolean;
  wasErased: boolean;
}

/**
 * Notes that something of a conversation may have to go: the source gave it back erased, or something from before an
 * erasure came in again. What becomes of it is decided later (docs/decisions/0041). Part of ingesting: one look at
 * two flags for nearly all records.
 */
export function noteErasure(db: Database, { rid, number, receivedAt, reason, erased, wasErased }: ErasureFacts): void {
  if (erased && (reason === 'erased-at-source' || reason === 'shrunk')) {
    prepared<[number, number, number]>(
      db,
      `INSERT INTO erasure(rid, version, noticed_ms, state) VALUES (?, ?, ?, 'due')
       ON CONFLICT(rid) DO UPDATE SET version = excluded.version, noticed_ms = excluded.noticed_ms, state = 'due',
         settled_ms = NULL, settled_by = NULL, reason = NULL`,
    ).run(rid, number, receivedAt);
  } else if (!erased && wasErased) {
    prepared<[number, number]>(
      db,
      `UPDATE erasure SET state = 'due', noticed_ms = ?, settled_ms = NULL, settled_by = NULL, reason = NULL
       WHERE rid = ?`,
    ).run(receivedAt, rid);
  }
}
