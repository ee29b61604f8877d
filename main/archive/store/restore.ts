import Database from 'better-sqlite3';
import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, statSync, constants, chmodSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import { archiveFile, unfinishedRestore } from './database.ts';
import { removeDatabase, syncFile, syncFolderOf } from './durable-file.ts';
import { examineArchive } from './examine.ts';
import { consistencyChecks, databaseProblems } from './integrity.ts';
import { acquireWriterLock, type WriterLock } from './lock.ts';
import { refuseNewer } from './migrate.ts';
import { toArchiveError } from './sqlite-error.ts';

export interface Restored {
  /** Where the archive that was replaced is kept; null when there was none. */
  replaced: string | null;
}

/**
 * Puts a backup in the place of the archive. The backup is copied and checked whole before anything is touched,
 * and what it replaces is kept beside it under another name. Readers that are open go on reading the old one.
 * @throws ArchiveError archive-locked, archive-corrupt, archive-too-new, path-unavailable, disk-full
 */
export function restoreArchive(folder: string, file: string, now = Date.now()): Restored {
  const source = resolve(file);
  const target = archiveFile(resolve(folder));
  if (!existsSync(source) || !statSync(source).isFile()) {
    throw new ArchiveError('path-unavailable', `There is no backup file ${source}.`, { hint: 'Check the path.' });
  }
  if (source === target) {
    throw new ArchiveError('invalid-input', 'The archive cannot be restored from itself.', {
      hint: 'Choose a backup file.',
    });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const locks: WriterLock[] = [];
  const copy = unfinishedRestore(target);
  const owner = { hostName: 'restore', appVersion: '', now };
  try {
    locks.push(acquireWriterLock(resolve(folder), owner));
    // A living archive, rather than a backup, may be changed by its writer while it is copied.
    if (existsSync(join(dirname(source), 'archive.sqlite.lock')) && basename(source) === 'archive.sqlite') {
      locks.push(acquireWriterLock(dirname(source), owner));
    }
    removeDatabase(copy);
    copyDatabase(source, copy);
    refuseUnsound(copy);
    syncFile(copy);
    return { replaced: exchange(copy, target, now) };
  } catch (error) {
    removeDatabase(copy);
    throw toArchiveError(error);
  } finally {
    for (const lock of locks) lock.release();
  }
}

function copyDatabase(source: string, copy: string): void {
  const log = `${source}-wal`;
  if (existsSync(log) && statSync(log).size > 0) {
    // The newest pages are still in the log: let SQLite put both together.
    const db = new Database(source, { readonly: true, fileMustExist: true });
    try {
      db.prepare('VACUUM INTO ?').run(copy);
    } finally {
      db.close();
    }
  } else {
    copyFileSync(source, copy, constants.COPYFILE_FICLONE);
  }
  chmodSync(copy, 0o600);
}

function refuseUnsound(copy: string): void {
  const { version } = examineArchive(copy);
  refuseNewer(version);
  const db = new Database(copy, { readonly: true, fileMustExist: true });
  try {
    if (version === 0) throw unsound('it is empty');
    if (databaseProblems(db).length > 0) throw unsound('it is damaged');
    for (const { name, failed } of consistencyChecks(db)) {
      if (failed > 0) throw unsound(`it does not hold that ${name}`);
    }
  } finally {
    db.close();
  }
}

function unsound(why: string): ArchiveError {
  return new ArchiveError('archive-corrupt', `The backup was not restored, because ${why}.`, {
    hint: 'Use another backup. The present archive was not touched.',
  });
}

/** Gives the copy the archive's name in one step; the old file keeps a name of its own. */
function exchange(copy: string, target: string, now: number): string | null {
  let replaced: string | null = null;
  if (existsSync(target)) {
    foldInLog(target);
    replaced = `${target}.replaced-${new Date(now).toISOString().replaceAll(/[:.]/gu, '-')}`;
    for (const ending of ['-wal', '-shm']) {
      if (existsSync(target + ending)) renameSync(target + ending, replaced + ending);
    }
    keepUnder(target, replaced);
  }
  renameSync(copy, target);
  syncFolderOf(target);
  return replaced;
}

/** Where the file system knows no second names, a rename does: then a crash right here leaves no archive in place. */
function keepUnder(file: string, name: string): void {
  try {
    linkSync(file, name);
  } catch {
    renameSync(file, name);
  }
}

/** Moves the log's pages into the old archive, so that one file holds all of it. A damaged one stays as it is. */
function foldInLog(file: string): void {
  try {
    const db = new Database(file, { fileMustExist: true });
    try {
      db.pragma('wal_checkpoint(TRUNCATE)');
    } finally {
      db.close();
    }
  } catch {
    // It is replaced because it is damaged: its log is kept beside it.
  }
}
