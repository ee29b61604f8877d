import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type * as Electron from 'electron';
import { app } from './app.ts';
import { openBrowser } from './browser.ts';
import { preloadScript } from './preload-world.ts';
import { toReal } from './protocol.ts';
import { PageContents } from './web-contents.ts';

interface Message {
  channel: string;
  args: unknown[];
}

type Offered = Pick<Electron.BrowserWindow, 'loadURL' | 'show' | 'focus' | 'restore' | 'isMinimized'>;

export class BrowserWindow extends EventEmitter implements Offered {
  readonly webContents = new PageContents();
  readonly #opening: Promise<void>;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    const { webPreferences } = options;
    // The stand-in only knows a sandboxed, isolated page; a shell that asks for another is not tested by it.
    if (
      webPreferences?.sandbox !== true ||
      webPreferences.contextIsolation !== true ||
      webPreferences.nodeIntegration !== false
    ) {
      throw new Error('This stand-in only opens sandboxed, isolated windows without Node');
    }
    this.#opening = this.#open(webPreferences.preload ?? '', options.width ?? 800, options.height ?? 600);
    app.emit('web-contents-created', {}, this.webContents);
  }

  async #open(preloadFile: string, width: number, height: number): Promise<void> {
    const browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width, height } });
    await context.exposeBinding('__standInInvoke', ({ frame }, message: Message) =>
      this.webContents.invoked(frame, message),
    );
    await context.exposeBinding('__standInSend', ({ frame }, message: Message) =>
      this.webContents.sent(frame, message),
    );
    await context.addInitScript({ content: preloadScript(readFileSync(preloadFile, 'utf8')) });
    const page = await context.newPage();
    await this.webContents.attach(page);
    page.on('crash', () => {
      const details = { reason: 'crashed', exitCode: 1 };
      this.webContents.emit('render-process-gone', {}, details);
      app.emit('render-process-gone', {}, this.webContents, details);
    });
    page.on('close', () => {
      this.emit('closed');
      app.emit('window-all-closed');
    });
  }

  async loadURL(url: string): Promise<void> {
    await this.#opening;
    await this.webContents.load(toReal(url));
    this.emit('ready-to-show');
  }

  show(): void {
    this.emit('show');
  }

  focus(): void {
    this.emit('focus');
  }

  restore(): void {
    this.emit('restore');
  }

  isMinimized(): boolean {
    return false;
  }
}
