import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ArchiveError } from '../../preload/errors.ts';

/**
 * Writes a file so that a crash leaves the old content or the new, never half of it. Readable by the user alone.
 * @throws ArchiveError path-unavailable, disk-full
 */
export async function writeFileAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(dirname(file));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw toFileError(error, file);
  }
}

/** Makes a folder that no other user may look into, if it is not there. @throws ArchiveError path-unavailable */
export async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw toFileError(error, folder);
  }
}

/** The rename itself must reach the disk; Windows cannot open folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the file system refused, in the app's words. */
export function toFileError(error: unknown, file: string): ArchiveError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ArchiveError('disk-full', `There is no room left to write ${file}.`, {
      hint: 'Free some space and try again.',
    });
  }
  return new ArchiveError('path-unavailable', `${file} cannot be used (${code}).`, {
    hint: 'Check that the folder exists and that you may write to it.',
    details: { code },
  });
}
