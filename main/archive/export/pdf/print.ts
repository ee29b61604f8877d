import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ArchiveError } from '../../../../preload/errors.ts';

const longestPrint = 10 * 60_000;

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
  try {
    const said = await run(chromium, argumentsFor(page, pdf, profile), profile, signal);
    signal.throwIfAborted();
    if ((statSync(pdf, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
    throw new ArchiveError('internal', 'Chromium made no PDF.', {
      hint: 'Try again, or name another Chromium in TRANSCRIPT_ARCHIVE_CHROMIUM.',
      cause: new Error(said.slice(-2000)),
    });
  } finally {
    // A process that was just killed may still be writing its last file there.
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function argumentsFor(page: string, pdf: string, profile: string): string[] {
  return [
    '--headless=new',
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
    '--no-pdf-header-footer',
    '--generate-pdf-document-outline',
    '--export-tagged-pdf',
    `--print-to-pdf=${pdf}`,
    pathToFileURL(page).href,
  ];
}

function run(program: string, argumentsOf: string[], home: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own, because Chromium is many processes and all of them have to end.
    const child = spawn(program, argumentsOf, {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-10_000)));
    const end = () => {
      try {
        if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
        else process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(end, longestPrint);
    signal.addEventListener('abort', end, { once: true });
    const settled = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    };
    child.on('error', (error) => {
      settled();
      reject(error);
    });
    child.on('close', () => {
      settled();
      end();
      resolve(said);
    });
  });
}
