import Database from 'better-sqlite3';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import { systemClock, type Clock } from '../clock.ts';
import { noLog, type Log } from '../log.ts';
import { removeDatabase } from './durable-file.ts';
import { examineArchive, applicationId } from './examine.ts';
import { acquireWriterLock } from './lock.ts';
import { archiveVersion, currentVersion, migrate, refuseNewer } from './migrate.ts';
import { networkDriveWarning } from './network-drive.ts';
import { toArchiveError } from './sqlite-error.ts';
import { keepRollbackCopy } from './rollback-copy.ts';

const fileName = 'archive.sqlite';
/** A writer may have to wait for a reader's checkpoint, never for another writer. */
const busyMs = 5000;

interface ArchiveConnection {
  db: Database.Database;
  folder: string;
  /** Things about the place of the archive that its owner should know, in words. */
  warnings: readonly string[];
  /** Safe to call twice. */
  close(): void;
}
export type ArchiveWriter = ArchiveConnection & { readonly kind: 'writer' };
export type ArchiveReader = ArchiveConnection & { readonly kind: 'reader' };

export interface WriterOptions {
  /** Which host opens it: told to others that find the archive locked. */
  hostName: string;
  appVersion: string;
  log?: Log;
  clock?: Clock;
}

/** Path of the database inside an archive folder. */
export function archiveFile(folder: string): string {
  return join(folder, fileName);
}

/** Where a restore prepares what it puts in the archive's place; left behind only by a process that was killed. */
export function unfinishedRestore(file: string): string {
  return `${file}.restoring`;
}

/**
 * Opens the archive for writing, making it if it is not there and bringing it to the newest format.
 * There is one writer per archive; readers stay welcome.
 * @throws ArchiveError archive-locked, archive-corrupt, archive-too-new, archive-read-only, path-unavailable, disk-full
 */
export function openWriter(folder: string, options: WriterOptions): ArchiveWriter {
  const log = options.log ?? noLog;
  const clock = options.clock ?? systemClock;
  const file = archiveFile(folder);
  prepareFolder(folder);
  const lock = acquireWriterLock(folder, {
    hostName: options.hostName,
    appVersion: options.appVersion,
    now: clock.now(),
  });
  let db: Database.Database | null = null;
  try {
    prepareFile(file);
    removeDatabase(unfinishedRestore(file));
    const before = examineArchive(file);
    refuseNewer(before.version);
    db = new Database(file, { timeout: busyMs });
    configureWriter(db);
    if (before.version > 0 && before.version < currentVersion) {
      keepRollbackCopy(db, file, before.version, log);
    }
    if (before.version < currentVersion) {
      migrate(db);
      log('info', 'archive-migrated', { from: before.version, to: currentVersion });
    }
  } catch (error) {
    db?.close();
    lock.release();
    throw toArchiveError(error);
  }
  const opened = db;
  const warning = networkDriveWarning(folder);
  if (warning !== null) log('warn', 'archive-on-network-drive');
  return {
    kind: 'writer',
    db: opened,
    folder,
    warnings: warning === null ? [] : [warning],
    close() {
      if (opened.open) opened.close();
      lock.release();
    },
  };
}

/**
 * Opens the archive for reading only; a writer may be at work at the same time.
 * @throws ArchiveError not-found when there is no archive yet, conflict when a writer must upgrade it first
 */
export function openReader(folder: string): ArchiveReader {
  const file = archiveFile(folder);
  if (!existsSync(file)) throw missingArchive(folder);
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, timeout: busyMs });
    configureReader(db);
    const version = archiveVersion(db);
    if (version === 0) throw missingArchive(folder);
    refuseNewer(version);
    if (version < currentVersion) throw outdatedArchive(version);
  } catch (error) {
    db?.close();
    throw toArchiveError(error);
  }
  const opened = db;
  const warning = networkDriveWarning(folder);
  return {
    kind: 'reader',
    db: opened,
    folder,
    warnings: warning === null ? [] : [warning],
    close() {
      if (opened.open) opened.close();
    },
  };
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = toArchiveError(error);
    throw new ArchiveError(
      reason.code === 'internal' ? 'path-unavailable' : reason.code,
      `The archive folder cannot be made: ${folder}. ${reason.message}`,
      { hint: reason.hint ?? 'Choose another folder.', details: { folder }, cause: error },
    );
  }
}

/**
 * The file is made by us so that it is private from its first byte on; SQLite gives its companions the same mode.
 * An existing file is never opened here: closing any descriptor of it would drop the locks that SQLite holds
 * on it in this process (POSIX).
 */
function prepareFile(file: string): void {
  if (existsSync(file)) {
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
    return;
  }
  closeSync(openSync(file, 'wx', 0o600));
}

function configureWriter(db: Database.Database): void {
  if (archiveVersion(db) === 0) {
    db.pragma('page_size = 8192');
    db.pragma('auto_vacuum = INCREMENTAL');
  }
  db.pragma('journal_mode = WAL');
  if (archiveVersion(db) === 0) db.pragma(`application_id = ${applicationId}`);
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('temp_store = MEMORY');
  // Freed cells are overwritten where the page is written anyway; free pages are cut off when something was destroyed.
  db.pragma('secure_delete = FAST');
  db.pragma('cache_size = -65536');
  // Pages of the index change again and again during a sync: fewer checkpoints write them fewer times.
  db.pragma('wal_autocheckpoint = 4000');
  // A long backfill must not leave a log of gigabytes behind.
  db.pragma('journal_size_limit = 67108864');
}

function configureReader(db: Database.Database): void {
  db.pragma('query_only = 1');
  db.pragma('trusted_schema = OFF');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -32768');
}

function missingArchive(folder: string): ArchiveError {
  return new ArchiveError('not-found', `There is no archive in ${folder} yet.`, {
    hint: 'Add an account and sync, or choose the folder of an existing archive.',
    retryable: true,
    details: { folder },
  });
}

function outdatedArchive(version: number): ArchiveError {
  return new ArchiveError(
    'conflict',
    `The archive is in an older format (${version}) and has to be brought to format ${currentVersion} first.`,
    { hint: 'Open it in the app once, or run a sync.', retryable: true, details: { version } },
  );
}
