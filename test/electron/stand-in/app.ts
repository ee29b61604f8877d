import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';
import { closeBrowser, openBrowser } from './browser.ts';
import { state } from './state.ts';

const userFolder = process.env['STAND_IN_USER_FOLDER'] ?? '';
const packageFile = fileURLToPath(new URL('../../../package.json', import.meta.url));

type Offered = Pick<
  typeof Electron.app,
  | 'isPackaged'
  | 'whenReady'
  | 'getPath'
  | 'setPath'
  | 'getVersion'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit'
>;

class App extends EventEmitter implements Offered {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();
  readonly #ready: Promise<void>;
  #quitting = false;
  #mailbox: NodeJS.Timeout | undefined;

  constructor() {
    super();
    // Ready comes after the main script's synchronous part, as in Electron.
    this.#ready = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      if (this.#quitting) return;
      await openBrowser();
      state.ready = true;
      this.emit('ready');
    });
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  getVersion(): string {
    return (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
  }

  getPath(name: Parameters<Electron.App['getPath']>[0]): string {
    const path = this.#paths.get(name) ?? join(userFolder, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  enableSandbox(): void {
    if (state.ready) throw new Error('app.enableSandbox() must be called before the app is ready');
    state.sandboxed = true;
  }

  requestSingleInstanceLock(data: Record<string, unknown> = {}): boolean {
    const lock = join(this.getPath('userData'), 'instance.pid');
    const mail = join(this.getPath('userData'), 'mail');
    mkdirSync(mail, { recursive: true });
    if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
      writeFileSync(join(mail, `${process.pid}.json`), JSON.stringify(data));
      return false;
    }
    writeFileSync(lock, String(process.pid));
    this.#mailbox = setInterval(() => this.#readMail(mail), 50);
    this.#mailbox.unref();
    process.on('exit', () => rmSync(lock, { force: true }));
    return true;
  }

  #readMail(folder: string): void {
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      try {
        const data = JSON.parse(readFileSync(file, 'utf8')) as unknown;
        rmSync(file);
        // argv of a second instance is reordered and extended: whoever reads it gets nonsense here.
        this.emit('second-instance', {}, ['do-not-read-argv'], folder, data);
      } catch {
        // Still being written; the next look reads it.
      }
    }
  }

  quit(): void {
    let prevented = false;
    this.emit('before-quit', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (prevented) return;
    this.#quitting = true;
    this.emit('will-quit', { preventDefault: () => undefined });
    this.exit(0);
  }

  exit(code = 0): void {
    void closeBrowser().finally(() => process.exit(code));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const standIn = new App();
export const app = standIn as unknown as typeof Electron.app;
process.on('SIGTERM', () => standIn.quit());
