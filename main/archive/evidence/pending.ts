import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pendingActionSchema, type PendingAction } from '../../../preload/model.ts';
import type { Log } from '../log.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { recordPast, type CustodyArchive } from './custody.ts';

/** Where hosts leave what users did, until the one writer seals it (docs/decisions/0032). */
export const pendingFolder = 'custody-pending';

/** Names of the files that the last collecting sealed: what a crash left undeleted is not sealed twice. */
const sealedSetting = 'custody-pending-sealed';
/** Files that one transaction takes. */
const batchSize = 500;

/**
 * Seals what hosts noted, oldest first, and deletes the notes. A note that is no note is kept under another name
 * and told. Must be called outside any transaction. Gives the number of entries.
 */
export function collectPending(archive: CustodyArchive, log: Log): number {
  const folder = join(archive.folder, pendingFolder);
  let recorded = 0;
  for (;;) {
    const names = pendingNames(folder).slice(0, batchSize);
    if (names.length === 0) return recorded;
    recorded += sealBatch(archive, folder, names, log);
  }
}

function sealBatch(archive: CustodyArchive, folder: string, names: readonly string[], log: Log): number {
  const { db } = archive;
  const sealedBefore = new Set((readSetting(db, sealedSetting) ?? []) as string[]);
  const actions: PendingAction[] = [];
  for (const name of names.filter((each) => !sealedBefore.has(each))) {
    const read = readActions(join(folder, name));
    if (read !== null) actions.push(...read);
    else {
      log('warn', 'custody-note-unreadable', { file: name });
      renameSync(join(folder, name), join(folder, `${name}.unreadable`));
    }
  }
  recordPast(archive, actions, () => writeSetting(db, sealedSetting, names));
  for (const name of names) rmSync(join(folder, name), { force: true });
  return actions.length;
}

/** Names begin with a time, so their order is that of the actions. */
function pendingNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.ndjson'))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function readActions(file: string): PendingAction[] | null {
  try {
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    return lines.map((line) => pendingActionSchema.parse(JSON.parse(line)));
  } catch {
    return null;
  }
}
