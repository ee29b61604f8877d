import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectReady, go, test } from './support/test.ts';

// Each fills an archive of its own, which takes a minute where many tests run at once.
test.setTimeout(240_000);

/** No fault that axe finds, light or dark, and nothing that scrolls sideways on 320 pixels (1280 at 400 %). */
async function expectUsable(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page);
  }
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
    .toBe(0);
  if (before !== null) await page.setViewportSize(before);
}

/** Tests that mark conversations have an app of their own: what they do is seen by search. */
test('search, read, tag, note, decide, case and hold with the keyboard alone, each found by search', async ({
  page,
  emptyApp,
}) => {
  await emptyApp.fill();
  await page.goto(await emptyApp.link());
  const list = page.getByRole('listbox', { name: 'Results' });
  await expect(list).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('refund messages:>=5');
  await expect(page.getByText(/^Understood as: .*refund/u)).toBeVisible();
  await page.keyboard.press('Enter');
  const row = page.locator('#result-0');
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Transcript' })).toBeFocused();

  await page.keyboard.press('t');
  await expectReady(page, 'Tag');
  await page.keyboard.type('Mis-selling');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 conversation tagged “Mis-selling”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row.getByText('Mis-selling')).toBeVisible();

  await page.keyboard.press('a');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await page.keyboard.type('Promised before the terms were read.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Note saved.')).toBeVisible();
  await expect(row.getByRole('img', { name: '1 reviewer’s note' })).toBeVisible();

  await page.keyboard.press('s');
  await expect(row.getByRole('img', { name: 'Starred' })).toBeVisible();
  await page.keyboard.press('r');
  await expectReady(page, 'Review decision');
  await page.keyboard.press('1');
  await expect(row.getByRole('img', { name: 'Relevant' })).toBeVisible();

  await page.keyboard.press('c');
  await expectReady(page, 'Case');
  await page.keyboard.type('Brandt inquiry');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('img', { name: 'In case Brandt inquiry' })).toBeVisible();

  await page.keyboard.press('h');
  await expectReady(page, 'Hold');
  await page.keyboard.type('Litigation 7');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ordered by counsel');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('img', { name: 'Held: Litigation 7' })).toBeVisible();

  for (const query of [
    'tag:Mis-selling',
    'note:promised',
    'is:starred',
    'reviewed:relevant',
    'case:"Brandt inquiry"',
    'has:hold',
  ]) {
    await go(page, `/search?q=${encodeURIComponent(query)}`);
    await expect(page.getByText('1 conversation', { exact: true })).toBeVisible();
    await expect(row).toBeVisible();
  }
});

test('a case is reviewed one by one with the keyboard alone, held, reported and closed', async ({ page, emptyApp }) => {
  await emptyApp.fill();
  await page.goto(await emptyApp.link());
  const list = page.getByRole('listbox', { name: 'Results' });
  await go(page, '/search?q=refund');
  await expect(page.getByText('Understood as: “refund”')).toBeVisible();
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  const bar = page.getByRole('region', { name: 'Selected conversations' });
  await expect(bar).toContainText('3 selected');
  await page.keyboard.press('c');
  await expectReady(page, 'Case');
  await page.keyboard.type('Refunds');
  await page.keyboard.press('Enter');
  await expect(page.getByText('3 conversations put into case “Refunds”')).toBeVisible();

  await page.getByRole('link', { name: 'Cases' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Cases' })).toBeVisible();
  await page.getByRole('link', { name: 'Refunds' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('0 of 3 reviewed')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Conversations of the case' }).getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'Review one by one' }).focus();
  await page.keyboard.press('Enter');

  await expect(page.getByText('1 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByText('2 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('2');
  await expect(page.getByText('3 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByText('2 of 3', { exact: true })).toBeVisible();
  await expect(page.getByText('1 of 3 reviewed')).toBeVisible();
  await expectUsable(page);
  await page.keyboard.press('3');
  await expect(page.getByText('3 of 3', { exact: true })).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByText('Every conversation on this list is decided')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save report as CSV' }).press('Enter');
  const saved = readFileSync(await (await download).path(), 'utf8');
  expect(saved.split('\n').filter((line) => line.includes('relevant')).length).toBeGreaterThanOrEqual(2);

  await go(page, '/cases?name=Refunds');
  await expect(page.getByText('3 of 3 reviewed')).toBeVisible();
  await page.getByRole('button', { name: 'Hold…' }).press('Enter');
  await expectReady(page, 'Hold');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ordered by counsel');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('3 conversations held: Refunds')).toBeVisible();
  await expectUsable(page);
  await page.getByRole('button', { name: 'Close the case…' }).press('Enter');
  await page.keyboard.type('Settled');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Closed on .* by /u)).toBeVisible();
  await go(page, '/cases');
  await expect(page.getByRole('region', { name: 'Legal holds' }).getByText('case Refunds')).toBeVisible();
  await expectUsable(page);
});

test('a saved search counts what is new, and a sample of it can be drawn again by its seed', async ({
  page,
  emptyApp,
}) => {
  await emptyApp.fill();
  await page.goto(await emptyApp.link());
  await go(page, '/search?q=source%3Achat');
  await expect(page.getByText(/^Understood as/u)).toBeVisible();
  await page.getByRole('button', { name: 'More for this search' }).click();
  await page.getByRole('menuitem', { name: 'Save this search…' }).click();
  await page.keyboard.type('All chats');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Search saved.')).toBeVisible();
  const saved = page.getByRole('region', { name: 'Saved searches' });
  await go(page, '/search?q=card');
  await saved.getByRole('button', { name: /^All chats/u }).click();
  await expect(page.getByRole('combobox', { name: 'Search query' })).toHaveValue('source:chat');

  const ids: string[] = [];
  for (const name of ['First draw', 'Second draw']) {
    await page.getByRole('button', { name: 'More for this search' }).click();
    await page.getByRole('menuitem', { name: 'Review one by one…' }).click();
    await page.getByRole('textbox', { name: 'Name of the list' }).fill(name);
    await page.getByRole('radio', { name: 'A random sample' }).click();
    await page.getByRole('textbox', { name: 'Conversations in the sample' }).fill('5');
    await page.getByRole('textbox', { name: 'Seed' }).fill('audit-7');
    await page.getByRole('button', { name: 'Start the review' }).click();
    await expect(page.getByText('1 of 5', { exact: true })).toBeVisible();
    await page.getByRole('tab', { name: 'Facts' }).click();
    ids.push(
      (await page
        .getByText(/^chat:\d+:/u)
        .first()
        .textContent()) ?? '',
    );
    await page.keyboard.press('Escape');
    await expect(page.getByText(/a random 5 of [\d,]+/u).first()).toBeVisible();
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await expect(page.getByText(/^[\d,]+ conversations$/u)).toBeVisible();
  }
  expect(ids[0]).toMatch(/^chat:/u);
  expect(ids[1]).toBe(ids[0]);
});
