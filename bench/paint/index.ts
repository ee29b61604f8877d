/**
 * What a person waits for, in Chromium: from a key to the painted results, scrolling, opening, memory of the page.
 * Usage: node bench/paint/index.ts FOLDER [OPENINGS]. FOLDER holds an archive made by `bench build`.
 */
import { chromium, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../../scripts/browser.ts';
import { addLongConversation } from './long-conversation.ts';
import { installProbe } from './probe.ts';

const [folder, openings = '1000'] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node bench/paint/index.ts FOLDER [OPENINGS]');
const executablePath = findBrowser();
if (executablePath === null) throw new Error('No Chromium here.');

const typed = [
  'refund',
  'the',
  'refund guarantee',
  'money back',
  'delivery -broken',
  'guara*',
  'said:agent refund',
  'csat:<=2 refund',
  'straße',
  'BENCH-100821',
];
const longMessages = 5000;

const longTalk = addLongConversation(folder, longMessages);
const command = fileURLToPath(new URL('../../scripts/transcript-archive.js', import.meta.url));
const server = spawn(process.execPath, [command, 'serve', '--archive', folder, '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
});
try {
  const link = await readLink();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(installProbe);
  const began = performance.now();
  await page.goto(link);
  await page.locator('[role=option] time').first().waitFor();
  const figures: Record<string, string> = {
    'first results after opening the link': `${Math.round(performance.now() - began)} ms`,
  };
  Object.assign(figures, await measureTyping(page));
  figures['longest blank row while scrolling'] = await measureScrolling(page);
  figures[`opening a conversation of ${longMessages} messages`] = await measureLongOpening(page);
  Object.assign(figures, await measureOpenings(page, Number(openings)));
  console.table(figures);
} finally {
  await browser.close();
  server.kill('SIGINT');
}

async function readLink(): Promise<string> {
  for await (const line of createInterface({ input: server.stdout })) {
    const link = /http:[^"\s]+/u.exec(line)?.[0];
    if (link !== undefined) return link;
  }
  throw new Error('The host ended without a link.');
}

/** At the speed of a quick typist, so that each key's results have a chance to be seen. */
async function measureTyping(page: Page): Promise<Record<string, string>> {
  const field = page.getByRole('combobox').or(page.getByRole('searchbox')).or(page.getByRole('textbox')).first();
  for (const query of typed) {
    await field.fill('');
    await page.waitForTimeout(600);
    await field.pressSequentially(query, { delay: 120 });
    await page.waitForTimeout(600);
  }
  const { keys, longTasks } = await page.evaluate(() => ({
    keys: window.paintProbe.keys,
    longTasks: window.paintProbe.longTasks,
  }));
  return {
    'keys measured': String(keys.length),
    'key to painted results, p50': `${quantile(keys, 0.5)} ms`,
    'key to painted results, p95': `${quantile(keys, 0.95)} ms`,
    'longest task of the page while typing': `${Math.round(Math.max(0, ...longTasks))} ms`,
  };
}

async function measureScrolling(page: Page): Promise<string> {
  await search(page, 'the');
  await page.getByRole('listbox').first().hover();
  await page.evaluate(() => window.paintProbe.watchBlanks(true));
  for (let step = 0; step < 200; step += 1) {
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(30);
  }
  const longest = await page.evaluate(() => {
    window.paintProbe.watchBlanks(false);
    return window.paintProbe.longestBlankMs;
  });
  return `${Math.round(longest)} ms`;
}

/** From the click on its row to the frame with its lines. */
async function measureLongOpening(page: Page): Promise<string> {
  await search(page, longTalk);
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    await search(page, 'guarantee');
    await page.locator('#result-0').click();
    await page.waitForTimeout(500);
    await search(page, longTalk);
    times.push(
      await page.evaluate(async () => {
        const from = performance.now();
        document.querySelector<HTMLElement>('#result-0')?.click();
        return new Promise<number>((resolve) => {
          const look = (): void => {
            const shown = document.querySelector('[data-transcript]')?.textContent.includes('LONGTALK') === true;
            if (shown) setTimeout(() => resolve(performance.now() - from), 0);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        });
      }),
    );
  }
  return `${quantile(times, 0.5)} ms`;
}

async function measureOpenings(page: Page, count: number): Promise<Record<string, string>> {
  await search(page, 'refund');
  await page.locator('#result-0').click();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const memory = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
    return `${Math.round(value('JSHeapUsedSize') / 1_048_576)} MB, ${value('Nodes')} nodes`;
  };
  const figures: Record<string, string> = {};
  for (let opened = 0; opened <= count; opened += 1) {
    if (opened % Math.max(1, Math.floor(count / 4)) === 0) figures[`page after ${opened} openings`] = await memory();
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(40);
  }
  return figures;
}

async function search(page: Page, query: string): Promise<void> {
  const field = page.getByRole('combobox').or(page.getByRole('searchbox')).or(page.getByRole('textbox')).first();
  await field.fill(query);
  await page.locator('[role=listbox][aria-busy=false]').first().waitFor();
  await page.waitForTimeout(300);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}
