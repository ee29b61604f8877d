import type { Database } from 'better-sqlite3';
import { toArchiveError } from '../store/sqlite-error.ts';
import { sha256 } from './sha256.ts';
import { stampOf, stampRows } from './time-stamps.ts';
import type { VerifyNotes } from './verify-notes.ts';

const stampsName = 'Time stamps against their checkpoints and the log';

/**
 * Every reply that is kept must be over its checkpoint, signed, and the one whose import the log tells of. The
 * authority itself is for people to judge, with its certificate and openssl.
 */
export async function verifyTimeStamps(db: Database, notes: VerifyNotes): Promise<void> {
  const sealed = sealedReplies(db);
  for (const row of stampRows(db)) {
    if (row.reply === null && !sealed.has(row.id)) continue;
    notes.checked(stampsName);
    const subject = `time stamp ${row.id}`;
    if (row.reply === null) notes.fail(stampsName, subject, 'was imported, by the log, and is gone');
    else if (sealed.get(row.id) !== sha256(row.reply).toString('hex')) {
      notes.fail(stampsName, subject, 'is not the reply whose import is in the log');
    }
    try {
      const stamp = await stampOf(row);
      if (stamp !== null) {
        notes.stamped({ subject, size: row.size, time: stamp.time, authority: stamp.authority });
      }
    } catch (error) {
      notes.fail(stampsName, subject, toArchiveError(error).message);
    }
    sealed.delete(row.id);
  }
  for (const id of sealed.keys()) {
    notes.checked(stampsName);
    notes.fail(stampsName, `time stamp ${id}`, 'was imported, by the log, and is gone');
  }
}

/** SHA-256 of each reply by the query's number, as the log has it. */
function sealedReplies(db: Database): Map<number, string> {
  const entries = db.prepare<[], { entry: string }>(`SELECT entry FROM custody_entry WHERE kind = 'time-stamp'`);
  const replies = new Map<number, string>();
  for (const { entry } of entries.iterate()) {
    const { details } = JSON.parse(entry) as { details?: { timeStamp?: number; replySha256?: string } };
    if (details?.timeStamp !== undefined) replies.set(details.timeStamp, details.replySha256 ?? '');
  }
  return replies;
}
