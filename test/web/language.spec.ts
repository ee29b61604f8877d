import type { Page } from '@playwright/test';
import { expect, expectAccessible, go, test } from './support/test.ts';

const screens = ['/welcome', '/search', '/dashboard', '/cases', '/coverage', '/custody', '/settings'];

/** What is no word of the page: product and account names, addresses, file names, units, codes, names of languages. */
const noWords = [
  /https?:\S*/gu,
  /Transcript Archive/gu,
  /transcript-archive/gu,
  /Demo account|account:\d+|\bdemo\b|\btrue\b/gu,
  /OAuth|SHA-256|LivePerson|UTC|CET|CEST|API|CSAT|NPS|MCS|English|Deutsch|Ctrl K/gu,
  /[A-Z][a-z]+\/[A-Z][A-Za-z_/]+/gu,
  /\/[\w./-]+/gu,
  /\b\d+(\.\d+)? ?(kB|MB|GB|byte|bytes|min|h|s|d)\b/gu,
  /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b/gu,
];

/** Visible text that did not come out of the catalogue, where the pseudo-locale puts all of it between brackets. */
async function strayTexts(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || parent.closest('code, pre, kbd, script, style, [data-words="engine"]') !== null) continue;
      if (parent.getClientRects().length > 0) found.push(node.textContent ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) found.push(element.getAttribute(name) ?? '');
    }
    return found;
  });
  return texts
    .map((text) => noWords.reduce((rest, pattern) => rest.replaceAll(pattern, ''), withoutWords(text)))
    .filter((rest) => /\p{L}{2}/u.test(rest));
}

/** Words can hold other words: what is left when the innermost brackets are taken out, and again. */
function withoutWords(text: string): string {
  const rest = text.replaceAll(/⟦[^⟦⟧]*⟧/gu, '');
  return rest === text ? rest : withoutWords(rest);
}

test.describe('a German system', () => {
  test.use({ locale: 'de-DE' });

  test('gets a German page, until another language is chosen', async ({ page, emptyApp }) => {
    await page.goto(await emptyApp.link());
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Jedes LivePerson-Gespräch aufbewahren');
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expectAccessible(page);
    await go(page, '/settings');
    await page.getByRole('radiogroup', { name: 'Sprache' }).getByRole('radio', { name: 'English' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

test.describe('a language that nobody has translated', () => {
  test.use({ locale: 'ar-XB' });

  test('shows that every visible text comes from the catalogue', async ({ page, emptyApp }) => {
    await emptyApp.connect();
    await page.goto(await emptyApp.link());
    const strays: string[] = [];
    for (const screen of screens) {
      await go(page, screen);
      // A screen that is still loading has hardly any words.
      await expect.poll(async () => (await page.locator('body').innerText()).split('⟦').length).toBeGreaterThan(12);
      await page.waitForTimeout(500);
      strays.push(...(await strayTexts(page)).map((text) => `${screen}: ${text}`));
    }
    expect(strays).toEqual([]);
  });

  test('is long and runs from right to left without breaking a layout', async ({ page, demoApp }) => {
    await page.goto(await demoApp.link());
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    for (const [width, height] of [
      [1440, 900],
      [1100, 700],
      [390, 844],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const screen of screens) {
        await go(page, screen);
        await expect(page.locator('main').first()).toBeVisible();
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `${screen} at ${width}`).toBeLessThanOrEqual(0);
      }
    }
  });
});
