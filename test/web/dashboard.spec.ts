import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, go, test } from './support/test.ts';

const figure = (page: Page, name: string) => page.getByRole('figure', { name, exact: true });

/** The number of conversations that a mark names. */
async function totalOf(mark: Locator): Promise<number> {
  const words = (await mark.getAttribute('aria-label')) ?? (await mark.getAttribute('title')) ?? '';
  const [, total = ''] = /([\d,]+) (?:conversation|answer)/u.exec(words) ?? [];
  return Number(total.replaceAll(',', ''));
}

async function expectFound(page: Page, total: number): Promise<void> {
  expect(total).toBeGreaterThan(0);
  await expect(page.getByRole('combobox', { name: 'Search query' })).toBeVisible();
  await expect(
    page.getByText(new RegExp(`^${total.toLocaleString('en-GB')} conversations?$`, 'u')).first(),
  ).toBeVisible();
}

test('each chart leads to the conversations behind its marks, and back', async ({ workbench: page }) => {
  await page.getByRole('navigation').getByRole('link', { name: 'Dashboard' }).click();
  for (const name of [
    'Conversations over time',
    'CSAT, mean of answers',
    'Private notes',
    'How long conversations took',
    'Hours of the week',
    'Agents',
  ]) {
    const mark = figure(page, name).getByRole('link').nth(2);
    const total = await totalOf(mark);
    await mark.focus();
    await page.keyboard.press('Enter');
    await expectFound(page, total);
    await page.goBack();
  }
  await expectAccessible(page);
});

test('a chart is one stop of the Tab key, and arrow keys go through its marks', async ({ workbench: page }) => {
  await go(page, '/dashboard');
  const chart = figure(page, 'Conversations over time');
  const marks = chart.getByRole('link');
  await expect(marks.first()).toHaveAttribute('tabindex', '0');
  await marks.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(marks.nth(1)).toBeFocused();
  await expect(chart.getByText((await marks.nth(1).getAttribute('aria-label')) ?? '')).toBeVisible();
  await page.keyboard.press('End');
  await expect(marks.last()).toBeFocused();
  await page.keyboard.press('Home');
  await expect(marks.first()).toBeFocused();
});

test('a chart can be read as a table and copied', async ({ workbench: page }) => {
  await go(page, '/dashboard');
  const chart = figure(page, 'Conversations over time');
  await chart.getByRole('button', { name: 'As table: Conversations over time' }).click();
  const rows = chart.getByRole('row');
  await expect(rows).toHaveCount(14);
  await expectAccessible(page);
  await chart.getByRole('button', { name: 'Copy: Conversations over time' }).click();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(lines[0]?.split('\t')).toEqual(['When', 'Chat', 'Messaging', 'Total', 'Period before']);
  expect(lines).toHaveLength(14);
  const [, chat, messaging, total] = (lines[5] ?? '').split('\t').map(Number);
  expect(total).toBe((chat ?? 0) + (messaging ?? 0));
});

test('figures follow the query and the period, and say so in words', async ({ workbench: page }) => {
  await go(page, '/dashboard');
  const sentence = figure(page, 'Conversations over time').locator('figcaption p');
  const all = await sentence.textContent();
  await page.getByRole('combobox', { name: 'Search query' }).fill('has:note OR csat:1');
  await expect(page.getByText('Understood as: with a private note or CSAT exactly 1.')).toBeVisible();
  await expect(sentence).not.toHaveText(all ?? '');
  await page.getByRole('radio', { name: 'Everything' }).click();
  await expect(page.getByText(/Grey: the period before/u)).toBeHidden();
  await expect(page).toHaveURL(/period=all/u);
  const mark = figure(page, 'Conversations over time').getByRole('link').first();
  const total = await totalOf(mark);
  await mark.focus();
  await page.keyboard.press('Enter');
  await expectFound(page, total);
});

test('a query that cannot be read and days without conversations say what to do', async ({ workbench: page }) => {
  await go(page, `/dashboard?q=${encodeURIComponent('refund AND (card')}`);
  await expect(page.getByRole('alert')).toContainText('A parenthesis is not closed');
  await expectAccessible(page);
  await go(page, '/dashboard?q=agent%3Anobody');
  await expect(page.getByText('No conversation in these days')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await expect(page).toHaveURL(/period=all/u);
});

test('on paper there are the charts, black on white, and nothing to press', async ({ workbench: page }) => {
  await go(page, '/dashboard');
  await expect(figure(page, 'Countries')).toBeVisible();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print…' })).toBeHidden();
  await expect(figure(page, 'Countries')).toBeVisible();
  const heights = await page.evaluate(() => [document.documentElement.scrollHeight, innerHeight]);
  expect(heights[0]).toBeGreaterThan((heights[1] ?? 0) * 1.5);
});
