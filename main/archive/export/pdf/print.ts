import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ArchiveError } from '../../../../preload/errors.ts';
import { isDiskFull } from '../file-error.ts';
import { DevToolsPipe } from './devtools-pipe.ts';

const longestPrint = 10 * 60_000;
const pieceLength = 1024 * 1024;
const leastRoom = 1024 * 1024;

/**
 * Prints one page of ours into a PDF, with a profile that is thrown away and no way to any network.
 * @throws ArchiveError internal when Chromium fails; the signal's reason when cancelled
 */
export async function printPage(
  chromium: string,
  page: string,
  pdf: string,
  { workFolder, signal }: { workFolder: string; signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  const profile = mkdtempSync(join(workFolder, '.chromium-'));
  const browser = startChromium(chromium, profile, signal);
  try {
    await print(browser.devTools, pathToFileURL(page).href, pdf);
  } catch (error) {
    signal.throwIfAborted();
    if (isDiskFull(error)) throw error;
    if (hasNoRoom(profile))
      throw Object.assign(new Error('No room for Chromium.', { cause: error }), { code: 'ENOSPC' });
    throw new ArchiveError('internal', 'Chromium made no PDF.', {
      hint: 'Try again, or name another Chromium in TRANSCRIPT_ARCHIVE_CHROMIUM.',
      cause: new Error(browser.said(), { cause: error }),
    });
  } finally {
    await browser.end();
    // A process that was just killed may still be writing its last file there.
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** Chromium keeps its profile beside the files; without room it just ends. */
function hasNoRoom(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < leastRoom;
}

const targetSchema = z.object({ targetId: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });
const navigationSchema = z.object({ errorText: z.string().optional() });
const printedSchema = z.object({ stream: z.string() });
const pieceSchema = z.object({ data: z.string(), eof: z.boolean(), base64Encoded: z.boolean().optional() });

async function print(devTools: DevToolsPipe, url: string, pdf: string): Promise<void> {
  const { targetId } = targetSchema.parse(await devTools.send('Target.createTarget', { url: 'about:blank' }));
  const attached = await devTools.send('Target.attachToTarget', { targetId, flatten: true });
  const { sessionId } = sessionSchema.parse(attached);
  await devTools.send('Page.enable', {}, sessionId);
  const loaded = devTools.next('Page.loadEventFired');
  loaded.catch(() => undefined);
  const { errorText } = navigationSchema.parse(await devTools.send('Page.navigate', { url }, sessionId));
  if (errorText !== undefined) throw new Error(`The page could not be opened: ${errorText}`);
  await loaded;
  // What is printed before its fonts are there is printed in others.
  const ready = { expression: 'document.fonts.ready.then(() => true)', awaitPromise: true };
  await devTools.send('Runtime.evaluate', ready, sessionId);
  const choice = {
    preferCSSPageSize: true,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    transferMode: 'ReturnAsStream',
  };
  const { stream } = printedSchema.parse(await devTools.send('Page.printToPDF', choice, sessionId));
  const handle = openSync(pdf, 'wx', 0o600);
  try {
    for (let atEnd = false; !atEnd;) {
      const answer = await devTools.send('IO.read', { handle: stream, size: pieceLength }, sessionId);
      const { data, eof, base64Encoded } = pieceSchema.parse(answer);
      const bytes = Buffer.from(data, base64Encoded === true ? 'base64' : 'latin1');
      for (let from = 0; from < bytes.length;) from += writeSync(handle, bytes, from);
      atEnd = eof;
    }
  } finally {
    closeSync(handle);
  }
}

function argumentsFor(profile: string): string[] {
  return [
    '--headless=new',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-gpu',
    '--disable-extensions',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-dev-shm-usage',
    '--disable-crash-reporter',
    // Belt and braces beside the page's own policy: every name and every address leads nowhere.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--proxy-server=http://127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    // Chromium refuses its sandbox to root, as whom servers in containers often run.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

interface Browser {
  devTools: DevToolsPipe;
  /** The last that it said on stderr. */
  said(): string;
  /** Ends all of its processes and waits until it is gone. */
  end(): Promise<void>;
}

function startChromium(program: string, home: string, signal: AbortSignal): Browser {
  // A group of its own, because Chromium is many processes and all of them have to end.
  const child = spawn(program, argumentsFor(home), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
  });
  const devTools = new DevToolsPipe(child.stdio[3] as Writable, child.stdio[4] as Readable);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  const kill = () => {
    try {
      if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  const timer = setTimeout(kill, longestPrint);
  signal.addEventListener('abort', kill, { once: true });
  const closed = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      devTools.end(error);
      resolve();
    });
    child.once('close', () => {
      devTools.end(new Error('Chromium has ended.'));
      resolve();
    });
  });
  return {
    devTools,
    said: () => said,
    async end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      kill();
      await closed;
    },
  };
}
