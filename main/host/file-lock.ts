import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ArchiveError } from '../../preload/errors.ts';
import { toFileError } from './atomic-file.ts';

/** The work done under such a lock takes a second at most, so an older one was left by a crash. */
const staleAfterMs = 30_000;
const retryMs = 50;
const maximumTries = 400;

/**
 * Runs `work` while no other process holds `lockFile`: for short read-change-write cycles of small files that the desktop
 * app and the command line share.
 * @throws ArchiveError conflict when another process keeps it too long
 */
export async function withFileLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  await acquire(lockFile);
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function acquire(lockFile: string): Promise<void> {
  for (let attempt = 0; attempt < maximumTries; attempt++) {
    try {
      await (await open(lockFile, 'wx', 0o600)).close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw toFileError(error, lockFile);
    }
    const age = await stat(lockFile).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > staleAfterMs) await rm(lockFile, { force: true });
    else await pause(retryMs);
  }
  throw new ArchiveError('conflict', `Another program is using ${lockFile}.`, {
    hint: 'Try again in a moment.',
    retryable: true,
  });
}
