import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DemoAddress } from '../../../preload/engine-protocol.ts';

const script = fileURLToPath(new URL('./serve.ts', import.meta.url));

/** The app as a process of its own, on an archive in a temporary folder. */
export interface App {
  /** Holds `archive`, `settings` and `exports`. */
  folder: string;
  /** A fresh one-time link. */
  link(): Promise<string>;
  /** Where the simulated account listens. */
  demo(): Promise<DemoAddress>;
  /** Connects the demo account and archives nothing of it. */
  connect(): Promise<void>;
  /** Connects the demo account and archives all of it. */
  fill(): Promise<void>;
  close(): Promise<void>;
}

type Answer = { link: string } | { demo: DemoAddress } | { connected: true } | { filled: true };

export async function startApp(): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), 'transcript-archive-web-'));
  const child = spawn(process.execPath, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Answer> => {
    const line = await answers.next();
    if (line.done === true) throw new Error('The app ended before it answered.');
    return JSON.parse(line.value) as Answer;
  };
  let first: string | undefined;
  const started = await next();
  if ('link' in started) first = started.link;
  const ask = (question: string): Promise<Answer> => {
    child.stdin.write(`${question}\n`);
    return next();
  };
  return {
    folder,
    async link() {
      const unused = first;
      first = undefined;
      if (unused !== undefined) return unused;
      const answer = await ask('link');
      if (!('link' in answer)) throw new Error('not a link');
      return answer.link;
    },
    async demo() {
      const answer = await ask('demo');
      if (!('demo' in answer)) throw new Error('not an address');
      return answer.demo;
    },
    async connect() {
      await ask('connect');
    },
    async fill() {
      await ask('fill');
    },
    async close() {
      child.stdin.end();
      await exitOf(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function exitOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}
