import { fork, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { Question } from './stand-in/control.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const register = fileURLToPath(new URL('./stand-in/register.ts', import.meta.url));

/** The built shell, running under the stand-in for Electron, and the page in its window. */
export interface Shell {
  page: Page;
  folder: string;
  process: ChildProcess;
  ask<T>(question: Question): Promise<T>;
  /** Asks the app to quit and resolves with the exit code of its process. */
  quit(): Promise<number | null>;
  close(): Promise<void>;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'transcript-archive-shell-'));
}

/** Forks the built shell with its own user folder and archive. */
export function startProcess(
  folder: string,
  args: readonly string[],
  port = 0,
  more: Record<string, string> = {},
): ChildProcess {
  return fork(join(root, 'out', 'main', 'electron.js'), [`--archive=${join(folder, 'archive')}`, ...args], {
    cwd: root,
    execArgv: ['--import', register],
    env: {
      ...process.env,
      STAND_IN_USER_FOLDER: folder,
      STAND_IN_DEBUGGING_PORT: String(port),
      XDG_CONFIG_HOME: join(folder, 'config'),
      XDG_STATE_HOME: join(folder, 'state'),
      HOME: folder,
      ...more,
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

export async function launchShell(
  args: readonly string[] = [],
  folder = temporaryFolder(),
  more: Record<string, string> = {},
): Promise<Shell> {
  const port = await freePort();
  const child = startProcess(folder, args, port, more);
  const ask = questionsTo(child);
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const browser = await joinBrowser(port, exited);
  const page = await firstPage(browser);
  return {
    page,
    folder,
    process: child,
    ask,
    async quit() {
      await ask({ ask: 'quit' });
      return exited;
    },
    async close() {
      child.kill('SIGKILL');
      await exited;
      await browser.close().catch(() => undefined);
    },
  };
}

function questionsTo(child: ChildProcess): <T>(question: Question) => Promise<T> {
  const waiting = new Map<number, (answer: unknown) => void>();
  let last = 0;
  child.on('message', (message: { id: number; answer: unknown }) => {
    waiting.get(message.id)?.(message.answer);
    waiting.delete(message.id);
  });
  return <T>(question: Question) =>
    new Promise<T>((resolve) => {
      last += 1;
      waiting.set(last, resolve as (answer: unknown) => void);
      child.send({ id: last, question });
    });
}

async function joinBrowser(port: number, exited: Promise<number | null>): Promise<Browser> {
  let gone = false;
  void exited.then(() => (gone = true));
  for (;;) {
    if (gone) throw new Error('The shell ended before its window opened');
    try {
      return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  for (;;) {
    const page = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((candidate) => candidate.url().startsWith('https://archive/'));
    if (page !== undefined) return page;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
