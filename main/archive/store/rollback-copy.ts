import type { Database } from 'better-sqlite3';
import { closeSync, openSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Log } from '../log.ts';

/** Where the archive is kept as it was in format `version`, before the app changed its format. */
export function rollbackCopyPath(file: string, version: number): string {
  return `${file}.format-${version}`;
}

/**
 * Keeps a whole copy of the archive before its format is changed, once it is known to be sound: a change of
 * format on top of a damaged file would only spread the damage.
 * @throws ArchiveError archive-corrupt, disk-full
 */
export function keepRollbackCopy(db: Database, file: string, version: number, log: Log): void {
  const problem = db.pragma('quick_check(1)', { simple: true }) as string;
  if (problem !== 'ok') {
    throw new ArchiveError('archive-corrupt', 'The archive is damaged, so it was not brought to the new format.', {
      hint: 'Restore the latest backup. Nothing was changed.',
    });
  }
  refuseLackOfSpace(file);
  const copy = rollbackCopyPath(file, version);
  const temporary = `${copy}.unfinished`;
  rmSync(temporary, { force: true });
  closeSync(openSync(temporary, 'wx', 0o600));
  try {
    db.prepare('VACUUM INTO ?').run(temporary);
    renameSync(temporary, copy);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  log('info', 'archive-rollback-copy', { version });
}

function refuseLackOfSpace(file: string): void {
  const needed = statSync(file).size;
  const { bavail, bsize } = statfsSync(dirname(file));
  if (bavail * bsize > needed * 1.1) return;
  throw new ArchiveError(
    'disk-full',
    'There is not enough space to keep a copy of the archive before its format is changed.',
    { hint: `Free about ${Math.ceil(needed / 1e6)} MB on its drive, then start again.`, details: { needed } },
  );
}
