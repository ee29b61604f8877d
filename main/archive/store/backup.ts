import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import type { BackupResult } from '../../../preload/model.ts';
import { hashFile, removeDatabase, syncFile, syncFolderOf } from './durable-file.ts';
import { databaseProblems, tableNames } from './integrity.ts';
import { betweenSteps, refuseWhenCancelled, type LongWork } from './long-work.ts';
import { toArchiveError } from './sqlite-error.ts';

/** Pages copied in one go: some ten milliseconds during which the writer does nothing else. */
const pagesPerStep = 512;

export interface BackupOptions extends LongWork {
  overwrite: boolean;
}

/**
 * Copies the whole archive into one file while it is in use, checks the copy, and only then gives it its name.
 * Whatever goes wrong, a file of that name is either the old one or a complete, sound backup.
 * Made by the writer's own connection: what it writes meanwhile goes into the copy, too.
 */
export async function backupArchive(
  db: Database.Database,
  file: string,
  options: BackupOptions,
): Promise<BackupResult> {
  const target = resolve(file);
  refuseTarget(db, target, options.overwrite);
  // Always the same name: what a killed backup left behind is replaced by the next one.
  const copy = `${target}.unfinished`;
  try {
    removeDatabase(copy);
    closeSync(openSync(copy, 'wx', 0o600));
    await copyPages(db, copy, options);
    await checkCopy(copy, options);
    syncFile(copy);
    const { bytes, sha256 } = await hashFile(copy, options.signal);
    refuseWhenCancelled(options.signal);
    if (!options.overwrite && existsSync(target)) throw alreadyThere(target);
    renameSync(copy, target);
    syncFolderOf(target);
    return { path: target, bytes, sha256 };
  } catch (error) {
    removeDatabase(copy);
    refuseWhenCancelled(options.signal);
    throw toArchiveError(error);
  }
}

function refuseTarget(db: Database.Database, target: string, overwrite: boolean): void {
  if (resolve(db.name) === target) {
    throw new ArchiveError('invalid-input', 'A backup cannot be written over the archive itself.', {
      hint: 'Choose another file.',
    });
  }
  const folder = dirname(target);
  if (!existsSync(folder)) {
    throw new ArchiveError('path-unavailable', `The folder ${folder} does not exist.`, {
      hint: 'Make it first, or check that its drive is connected.',
    });
  }
  if (!existsSync(target)) return;
  if (!statSync(target).isFile()) {
    throw new ArchiveError('path-unavailable', `${target} is not a file.`, { hint: 'Name a file for the backup.' });
  }
  if (!overwrite) throw alreadyThere(target);
}

function alreadyThere(target: string): ArchiveError {
  return new ArchiveError('conflict', `There is already a file ${target}.`, {
    hint: 'Choose another name, or allow it to be replaced.',
  });
}

async function copyPages(db: Database.Database, copy: string, { signal, onProgress }: BackupOptions): Promise<void> {
  await db.backup(copy, {
    progress({ totalPages, remainingPages }) {
      refuseWhenCancelled(signal);
      onProgress?.({ phase: 'copying', done: totalPages - remainingPages, total: totalPages, unit: 'pages' });
      return pagesPerStep;
    },
  });
}

/** Makes the copy a single file that any SQLite opens, and reads all of it once. */
async function checkCopy(copy: string, { signal, onProgress }: BackupOptions): Promise<void> {
  const db = new Database(copy, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
    const tables = tableNames(db);
    for (const [done, table] of tables.entries()) {
      onProgress?.({ phase: 'checking the copy', done, total: tables.length, unit: 'records' });
      await betweenSteps(signal);
      if (databaseProblems(db, table).length > 0) {
        throw new ArchiveError('archive-corrupt', 'The backup was not kept, because the archive is damaged.', {
          hint: 'Do not delete older backups. Run the verification to see what is affected.',
          details: { table },
        });
      }
    }
  } finally {
    db.close();
  }
  rmSync(`${copy}-journal`, { force: true });
}
