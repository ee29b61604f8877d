import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  fsyncSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import { toFileError } from './file-error.ts';

/**
 * Where an export goes. Everything is written to a hidden sibling and gets its name in one step at the end, so that
 * under the target name there is either nothing or a whole package.
 */
export interface Target {
  /** The folder to write into; exists, empty. */
  readonly workFolder: string;
  /** Gives `made` (inside or beside the work folder) the target's name. */
  commit(made: string): void;
  /** Removes all that was written. Safe to call after `commit` and twice. */
  discard(): void;
}

const partial = 'partial';
const replaced = 'replaced';

/** @throws ArchiveError conflict, path-unavailable, disk-full */
export function openTarget(path: string, overwrite: boolean): Target {
  if (!isAbsolute(path) || basename(path) === '') {
    throw new ArchiveError('invalid-input', 'The target must be an absolute path with a name.', {
      hint: 'Give the full path, e.g. /home/me/exports/march.',
    });
  }
  checkTarget(path, overwrite);
  removeStaleSiblings(path);
  const workFolder = siblingOf(path, partial);
  try {
    mkdirSync(workFolder, { mode: 0o700 });
  } catch (error) {
    throw toFileError(error, path);
  }
  return {
    workFolder,
    commit(made) {
      try {
        giveName(made, path, overwrite);
      } catch (error) {
        throw toFileError(error, path);
      }
    },
    discard() {
      rmSync(workFolder, { recursive: true, force: true });
    },
  };
}

function checkTarget(path: string, overwrite: boolean): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!overwrite) {
    throw new ArchiveError('conflict', `${path} exists already.`, {
      hint: 'Choose another name, or allow the export to overwrite it.',
    });
  }
  // A slip of the hand must not replace somebody's folder of documents.
  const isOurs = () => existsSync(join(path, 'bagit.txt')) || existsSync(join(path, '_lake.json'));
  if (found.isDirectory() && readdirSync(path).length > 0 && !isOurs()) {
    throw new ArchiveError('conflict', `${path} is a folder of something else than an export.`, {
      hint: 'Choose another name: only packages and single files are overwritten.',
    });
  }
}

function giveName(made: string, path: string, overwrite: boolean): void {
  syncFolder(dirname(made));
  if (!existsSync(path)) {
    renameSync(made, path);
  } else {
    checkTarget(path, overwrite);
    const old = siblingOf(path, replaced);
    renameSync(path, old);
    try {
      renameSync(made, path);
    } catch (error) {
      renameSync(old, path);
      throw error;
    }
    rmSync(old, { recursive: true, force: true });
  }
  syncFolder(dirname(path));
}

/** Makes names durable; where folders cannot be synced (Windows), the file system does it in its own time. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function siblingOf(path: string, what: string): string {
  return join(dirname(path), `.${basename(path)}.${what}-${process.pid}-${randomBytes(4).toString('hex')}`);
}

/** What a process that was killed left behind. */
function removeStaleSiblings(path: string): void {
  let names: string[];
  try {
    names = readdirSync(dirname(path));
  } catch (error) {
    throw toFileError(error, path);
  }
  const start = `.${basename(path)}.`;
  for (const name of names) {
    if (!name.startsWith(start)) continue;
    const match = /^(?<what>partial|replaced)-(?<pid>\d+)-[0-9a-f]{8}$/u.exec(name.slice(start.length));
    if (match?.groups === undefined || isAlive(Number(match.groups['pid']))) continue;
    const file = join(dirname(path), name);
    // Killed between its two renames: the old package is all there is, so it gets its name back.
    if (match.groups['what'] === replaced && !existsSync(path)) renameSync(file, path);
    // A Chromium that was told late may still be writing there.
    else rmSync(file, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !hasEnded(pid);
}

/** Whether a process has ended and only waits for its parent to hear of it: containers often have none that listens. */
function hasEnded(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    // Not Linux, or gone by now, which the next export will see.
    return false;
  }
}
