import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import type { IngestContext } from './ingest-context.ts';
import { prepared } from './statements.ts';
import type { Via } from './versioning.ts';

/** What the archive holds of a conversation that comes again. */
export interface KnownRow {
  rid: number;
  version: number;
  start_ms: number;
  message_count: number;
  open: number;
  flags: string;
  search_sha256: Buffer | null;
  older_text: number;
  /** Of the current version; null when the conversation was destroyed. */
  sha256: Buffer | null;
  via: Via;
}

/** Two look-ups: as a join they take fifteen times as long (measured), and this is asked for every record. */
export function findKnown(db: Database, remoteId: string, context: IngestContext): KnownRow | null {
  const row = prepared<[string, Source, number], Omit<KnownRow, 'sha256' | 'via'>>(
    db,
    `SELECT rid, version, start_ms, message_count, open, flags, search_sha256, older_text
     FROM conversation WHERE remote_id = ? AND source = ? AND account = ?`,
  ).get(remoteId, context.source, context.account.key);
  if (row === undefined) return null;
  const current = prepared<[number, number], Pick<KnownRow, 'sha256' | 'via'>>(
    db,
    'SELECT sha256, via FROM version WHERE rid = ? AND number = ?',
  ).get(row.rid, row.version);
  if (current === undefined) {
    throw new ArchiveError('archive-corrupt', `The current version of ${remoteId} is missing from the archive.`, {
      hint: 'Run the verification, then restore a backup.',
    });
  }
  return { ...row, ...current };
}

/**
 * The bytes were received before, and say nothing new: they are the current version, or a version that was kept
 * beside it since, or the same search answer as last time while an answer by id is current, or a file imported
 * once more. A return to an older version that was current once is a change. Nothing of a conversation that was
 * destroyed is news.
 */
export function isKnownAnswer(db: Database, known: KnownRow, sha256: Buffer, context: IngestContext): boolean {
  if (known.sha256 === null || known.sha256.equals(sha256)) return true;
  if (context.via === 'search' && known.via === 'by-id' && known.search_sha256?.equals(sha256) === true) return true;
  const keptAfter = context.via === 'import' ? 0 : known.version;
  return (
    prepared<[number, number, Buffer]>(db, 'SELECT 1 FROM version WHERE rid = ? AND number > ? AND sha256 = ?').get(
      known.rid,
      keptAfter,
      sha256,
    ) !== undefined
  );
}
