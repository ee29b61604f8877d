import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../store/support.ts';
import { exportFrom, filledArchive } from './support.ts';

const debianChromium = '/usr/bin/chromium';
const executablePath = existsSync(chromium.executablePath()) ? chromium.executablePath() : debianChromium;

describe.skipIf(!existsSync(executablePath))('the HTML file in a real browser, from disk and without a network', () => {
  let browser: Browser;
  let file: string;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    file = join(temporaryFolder(), 'all.html');
    await exportFrom(filledArchive(), { out: file, formats: ['html'], bare: true });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
  });

  /** Opens a file offline and gathers everything that it should not do. */
  async function open(path: string): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(path).href) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(path).href);
    return { page, complaints };
  }

  test('shows every transcript, runs nothing of theirs and asks for nothing', async () => {
    const { page, complaints } = await open(file);
    expect(await page.locator('article').count()).toBe(12);
    await expect.poll(() => page.locator('#found').textContent()).toBe('12 of 12 transcripts');
    expect(await page.getByText('<b>markup</b> & </script><script>alert(1)</script>').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test('finds words whatever their case and accents, by speaker too, and walks through the places', async () => {
    const { page } = await open(file);
    await page.getByLabel('Search these transcripts').fill('GRUßE');
    await expect.poll(() => page.locator('#found').textContent()).toBe('12 of 12 transcripts, 12 places');
    await page.getByLabel('Search these transcripts').fill('conversation 3');
    await expect.poll(() => page.locator('#found').textContent()).toMatch(/^\d+ of 12 transcripts/u);
    await page.getByLabel('Search these transcripts').fill('REFUND');
    await expect.poll(() => page.locator('#found').textContent()).toMatch(/^4 of 12 transcripts, 4 places/u);
    await page.getByRole('button', { name: 'Next match' }).click();
    expect(await page.locator('#found').textContent()).toBe('Match 1 of 4');
    expect(await page.locator('article:visible').count()).toBe(4);
    await page.getByLabel('Said by').selectOption('system');
    await expect.poll(() => page.locator('#found').textContent()).toBe('0 of 12 transcripts, 0 places');
  });

  test('checks its own hashes, and names what was changed', async () => {
    const { page } = await open(file);
    await page.getByRole('button', { name: 'Check the hashes' }).click();
    await expect.poll(() => page.locator('#checked').textContent()).toContain('All 12 transcripts match');

    const altered = join(temporaryFolder(), 'altered.html');
    writeFileSync(
      altered,
      readFileSync(file, 'utf8').replace('message of conversation 2', 'message of conversation 9'),
    );
    const other = await open(altered);
    await other.page.getByRole('button', { name: 'Check the hashes' }).click();
    await expect
      .poll(() => other.page.locator('#checked').textContent())
      .toContain('CHANGED since the export: chat:12345678:c2');

    const missing = join(temporaryFolder(), 'missing.html');
    writeFileSync(missing, readFileSync(file, 'utf8').replace(/<article .*?<\/article>/su, ''));
    const third = await open(missing);
    await third.page.getByRole('button', { name: 'Check the hashes' }).click();
    await expect.poll(() => third.page.locator('#checked').textContent()).toContain('were added, removed');
  });

  test('is accessible in light and dark', async () => {
    const { page } = await open(file);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''}`)).toEqual([]);
    }
  }, 60_000);
});
