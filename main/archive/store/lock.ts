import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ArchiveError } from '../../../preload/errors.ts';
import { toArchiveError } from './sqlite-error.ts';

const lockName = 'archive.sqlite.lock';
const holderName = 'archive.sqlite.lock.json';

const holderSchema = z.object({
  /** Which host of the app: `electron`, `web`, `cli`. */
  hostName: z.string().max(200),
  computer: z.string().max(500),
  pid: z.number().int(),
  since: z.number().int(),
  appVersion: z.string().max(100),
});
export type LockHolder = z.infer<typeof holderSchema>;

export interface WriterLock {
  release(): void;
}

/**
 * Makes this process the archive's only writer until `release` or the end of the process. The lock is an
 * open exclusive transaction on a file of its own: the operating system frees it whatever kills the process,
 * and there is nothing stale to clean up. Who holds it is told in a small file beside it, which means nothing
 * unless the lock is really held.
 * @throws ArchiveError archive-locked, naming who holds it
 */
export function acquireWriterLock(
  folder: string,
  owner: { hostName: string; appVersion: string; now: number },
): WriterLock {
  let lock: Database.Database;
  try {
    const file = join(folder, lockName);
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
    lock = new Database(file, { timeout: 0 });
  } catch (error) {
    throw toArchiveError(error);
  }
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const failure = toArchiveError(error);
    throw failure.code === 'archive-locked' ? lockedError(lockHolder(folder)) : failure;
  }
  const holderFile = join(folder, holderName);
  try {
    writeHolder(holderFile, {
      hostName: owner.hostName,
      computer: hostname(),
      pid: process.pid,
      since: owner.now,
      appVersion: owner.appVersion,
    });
  } catch (error) {
    lock.close();
    throw toArchiveError(error);
  }
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      rmSync(holderFile, { force: true });
      lock.close();
    },
  };
}

/** Who says to hold the writer lock; null when nobody does or the note cannot be read. */
export function lockHolder(folder: string): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(join(folder, holderName), 'utf8')));
  } catch {
    return null;
  }
}

function writeHolder(file: string, holder: LockHolder): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(holder), { mode: 0o600 });
  renameSync(temporary, file);
}

const hostWords: Readonly<Record<string, string>> = {
  electron: 'the desktop app',
  web: 'the app in a browser (transcript-archive serve)',
  cli: 'a command of transcript-archive',
};

function lockedError(holder: LockHolder | null): ArchiveError {
  if (holder === null) {
    return new ArchiveError('archive-locked', 'Another program is writing to this archive.', {
      hint: 'Close the other window or wait until the other command has finished, then try again.',
      retryable: true,
    });
  }
  const who = hostWords[holder.hostName] ?? holder.hostName;
  return new ArchiveError(
    'archive-locked',
    `This archive is in use by ${who} on ${holder.computer} (process ${holder.pid}, since ${new Date(holder.since).toISOString()}).`,
    {
      hint: 'Close it or wait until it has finished, then try again. Reading is possible meanwhile.',
      retryable: true,
      details: { hostName: holder.hostName, computer: holder.computer, pid: holder.pid, since: holder.since },
    },
  );
}
