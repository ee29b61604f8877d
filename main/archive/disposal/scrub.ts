import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Actor } from '../actor.ts';
import { recordChange, type CustodyArchive } from '../evidence/custody.ts';
import { archiveFile } from '../store/database.ts';
import { prepared } from '../store/statements.ts';
import type { LongWork } from '../store/long-work.ts';
import { freePages, mergeIndex } from '../store/optimize.ts';
import { toArchiveError } from '../store/sqlite-error.ts';
import { remainsScrubbed, remainsSince } from './remains.ts';

/** A sync beside this deletes rows of the index, too: at some point it has to be put off. */
const mostRounds = 5;

/** Copies of the whole archive that the app itself keeps beside it. */
const keptCopies = /^\.(?:format-|replaced-|restoring)/u;

/**
 * Removes from the archive's folder what is left of destroyed content: terms in the index's old segments, free pages,
 * the write-ahead log, and whole copies from before a change of format or a restore. Can be stopped and killed at any
 * time: it is due until it is done, and says so in the custody log when it is.
 * @returns false when a reader still holds on to the past, or the index changes all the while: it is then due again
 */
export async function scrubRemains(
  archive: CustodyArchive,
  { now, actor, ...work }: LongWork & { now: () => number; actor: Actor },
): Promise<boolean> {
  const { db, folder } = archive;
  const since = remainsSince(db);
  if (since === null) return true;
  try {
    // A merge that was under way takes its own deleted rows along, and leaves those of since for the next one.
    for (let round = 0; hasDeletedRows(db) && round < mostRounds; round += 1) await mergeIndex(db, work);
    forgetSamples(db);
    emptyLog(archive);
    await freePages(db, work);
    const copies = removeCopies(folder);
    const isFree = (db.pragma('freelist_count', { simple: true }) as number) === 0;
    if (!emptyLog(archive) || !isFree || hasDeletedRows(db)) return false;
    recordChange(
      archive,
      () => {
        remainsScrubbed(db);
        const details = { since: new Date(since).toISOString(), copiesRemoved: copies };
        return { kind: 'remains-removed', time: now(), subjects: [], details };
      },
      actor,
    );
    // The pages that were just changed said, until now, that there was something to scrub, and nothing else.
    return true;
  } catch (error) {
    throw toArchiveError(error);
  }
}

/** FTS5 notes deleted rows of a segment in pages of their own, and lets go of them when it has merged the segment. */
function hasDeletedRows(db: Database): boolean {
  const page = prepared<[], { id: number }>(db, 'SELECT 1 AS id FROM ft_data WHERE id >= 9007199254740992 LIMIT 1');
  return page.get() !== undefined;
}

/** The planner's samples quote values of indexes. The archive's own statistics have none; another program's may. */
function forgetSamples(db: Database): void {
  const table = prepared<[], { name: string }>(db, "SELECT name FROM sqlite_schema WHERE name = 'sqlite_stat4'").get();
  if (table !== undefined) db.exec('DELETE FROM sqlite_stat4');
}

/** Brings all pages into the file and cuts the log to nothing. False when a reader is in the way. */
function emptyLog({ db, folder }: CustodyArchive): boolean {
  db.pragma('wal_checkpoint(TRUNCATE)');
  const log = statSync(`${archiveFile(folder)}-wal`, { throwIfNoEntry: false });
  return (log?.size ?? 0) === 0;
}

function removeCopies(folder: string): string[] {
  const name = basename(archiveFile(folder));
  const copies = readdirSync(folder).filter(
    (each) => each.startsWith(name) && keptCopies.test(each.slice(name.length)),
  );
  for (const copy of copies) rmSync(join(folder, copy), { force: true });
  return copies.sort();
}
