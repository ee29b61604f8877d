import { randomUUID } from 'node:crypto';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PendingAction } from '../../preload/model.ts';
import type { Log } from '../archive/log.ts';
import { makePrivateFolder } from './atomic-file.ts';

/** Beside the archive. Its writer, whichever host's that is, seals what lies here (docs/decisions/0032). */
const folderName = 'custody-pending';

/**
 * Leaves actions in the archive's folder, in files of their own: nobody waits for the one process that may write to the
 * archive, a crash loses nothing that was noted before it, and an archive that another program has locked gets them too.
 */
export class PendingActions {
  readonly #folder: string;
  readonly #log: Log;
  #waiting: PendingAction[] = [];
  #writing: Promise<void> | undefined;
  #files = 0;

  constructor(archiveFolder: string, log: Log) {
    this.#folder = join(archiveFolder, folderName);
    this.#log = log;
  }

  add(action: PendingAction): void {
    this.#waiting.push(action);
    this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
  }

  /** Resolves when everything that was added is in a file. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  /** Whether anything waits to be sealed, of this host or of another. */
  async any(): Promise<boolean> {
    await this.settled();
    try {
      return (await readdir(this.#folder)).some((name) => name.endsWith('.ndjson'));
    } catch {
      return false;
    }
  }

  async #write(): Promise<void> {
    // What is added while one file is written goes into the next one together.
    while (this.#waiting.length > 0) {
      const actions = this.#waiting.splice(0);
      const time = String(actions[0]?.time ?? 0).padStart(15, '0');
      // Several files may be of one millisecond, and their names decide the order of the entries.
      const name = `${time}-${String(++this.#files).padStart(9, '0')}-${randomUUID()}`;
      const lines = actions.map((action) => `${JSON.stringify(action)}\n`).join('');
      try {
        await makePrivateFolder(this.#folder);
        await writeFile(join(this.#folder, `${name}.new`), lines, { flag: 'wx', mode: 0o600 });
        await rename(join(this.#folder, `${name}.new`), join(this.#folder, `${name}.ndjson`));
      } catch (error) {
        // Reading must stay possible where nothing can be written, such as from a read-only copy.
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        this.#log('error', 'custody-note-not-kept', { code, actions: actions.length });
      }
    }
  }
}
