import { readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { machineSettingsSchema, type MachineSettings } from '../../preload/model.ts';
import { makePrivateFolder, writeFileAtomically } from './atomic-file.ts';

export type SettingsPatch = { [K in keyof MachineSettings]?: MachineSettings[K] | undefined };

/** `settings.json`: this user's settings on this machine. Its loss costs a preference, never data. */
export class SettingsFile {
  readonly #file: string;
  #current: MachineSettings;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, current: MachineSettings) {
    this.#file = file;
    this.#current = current;
  }

  /**
   * Reads the file. One that cannot be understood is renamed, not overwritten, and `notices` says so; the app starts
   * with the defaults.
   */
  static async open(folder: string, now = Date.now()): Promise<{ settings: SettingsFile; notices: string[] }> {
    const file = join(folder, 'settings.json');
    let text: string | undefined;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        const notice = `The settings could not be read (${(error as NodeJS.ErrnoException).code}); defaults are used.`;
        return { settings: new SettingsFile(file, defaults()), notices: [notice] };
      }
    }
    if (text === undefined) return { settings: new SettingsFile(file, defaults()), notices: [] };
    const parsed = parseSettings(text);
    if (parsed !== undefined) return { settings: new SettingsFile(file, parsed), notices: [] };

    const aside = join(folder, `settings.broken-${new Date(now).toISOString().replaceAll(':', '-')}.json`);
    const moved = await rename(file, aside).then(
      () => true,
      () => false,
    );
    const notice = moved
      ? `The settings file was damaged and was set aside as ${aside}; defaults are used.`
      : `The settings file ${file} is damaged; defaults are used.`;
    return { settings: new SettingsFile(file, defaults()), notices: [notice] };
  }

  get current(): MachineSettings {
    return this.#current;
  }

  /** Changes what `patch` names and writes the file; changes that come together are written in turn. */
  async change(patch: SettingsPatch): Promise<MachineSettings> {
    const named = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    this.#current = { ...this.#current, ...named };
    const text = `${JSON.stringify(this.#current, undefined, 2)}\n`;
    const write = this.#write(this.#writing, text);
    this.#writing = write.catch(() => undefined);
    await write;
    return this.#current;
  }

  async #write(before: Promise<void>, text: string): Promise<void> {
    await before;
    await makePrivateFolder(dirname(this.#file));
    await writeFileAtomically(this.#file, text);
  }
}

function defaults(): MachineSettings {
  return machineSettingsSchema.parse({});
}

/** Settings of a newer version may hold keys we do not know: they are dropped here, not refused. */
function parseSettings(text: string): MachineSettings | undefined {
  try {
    return machineSettingsSchema.strip().parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
