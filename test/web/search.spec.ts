import { expect, go, test } from './support/test.ts';

test('the field completes fields and their values with counts, from the keyboard', async ({ workbench: page }) => {
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Search query' });
  await page.keyboard.type('sou');
  const offered = page.getByRole('listbox', { name: 'Suggestions' });
  await expect(offered.getByRole('option', { name: 'source: Source' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('source:');
  const chat = offered.getByRole('option', { name: /^chat/u });
  await expect(chat).toHaveText(/^chat.*\d/u);
  const figure = /[\d,]+$/u.exec((await chat.textContent()) ?? '')?.[0] ?? '';
  await page.keyboard.type('ch');
  await expect(offered.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveAttribute('aria-activedescendant', /./u);
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('source:chat ');
  await expect(offered).toHaveCount(0);
  await expect(page.getByText(`${figure} conversations`, { exact: true })).toBeVisible();

  await field.fill('agent:x');
  await page.keyboard.press('Escape');
  await expect(offered).toHaveCount(0);
  await expect(field).toBeFocused();
});

test('former searches come back in an empty field', async ({ workbench: page }) => {
  const field = page.getByRole('combobox', { name: 'Search query' });
  await page.keyboard.press('/');
  await page.keyboard.type('guarantee');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { selected: true })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('ArrowDown');
  const former = page.getByRole('option', { name: /^guarantee Searched before/u });
  await expect(former).toBeVisible();
  await former.click();
  await expect(field).toHaveValue('guarantee');
});

test('a selection survives paging and a reload, and all results can be selected', async ({ workbench: page }) => {
  await go(page, '/search?q=source%3Achat');
  await expect(page.getByText(/^Understood as/u)).toBeVisible();
  const list = page.getByRole('listbox', { name: 'Results' });
  const bar = page.getByRole('region', { name: 'Selected conversations' });
  await page.locator('#result-1').click();
  await page.locator('#result-4').click({ modifiers: ['Shift'] });
  await expect(bar).toContainText('4 selected');
  await page.locator('#result-2').click({ modifiers: ['ControlOrMeta'] });
  await expect(bar).toContainText('3 selected');
  await list.evaluate((element) => element.scrollTo({ top: 4000 }));
  await expect(page.locator('#result-46')).toBeVisible();
  // The place is remembered a moment after the scrolling ends.
  await expect
    .poll(() => page.evaluate(() => sessionStorage.getItem('transcript-archive.scroll') ?? ''))
    .toContain('4000');
  await page.reload();
  await expect(bar).toContainText('3 selected');
  await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBe(4000);
  await page.locator('#result-46').click({ modifiers: ['ControlOrMeta'] });
  await expect(bar).toContainText('4 selected');
  const all = bar.getByRole('button', { name: /^Select all [\d,]+ results$/u });
  const total = /[\d,]+/u.exec((await all.textContent()) ?? '')?.[0] ?? '';
  await all.click();
  await expect(bar).toContainText(`${total} selected`);
  await page.locator('#result-46').click({ modifiers: ['ControlOrMeta'] });
  const less = (Number(total.replaceAll(',', '')) - 1).toLocaleString('en-GB');
  await expect(bar).toContainText(`${less} selected`);
  await page.keyboard.press('e');
  await expect(page.getByRole('dialog').getByText(`${less} conversations`, { exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await bar.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(bar).toHaveCount(0);
});

test('a list of terms is counted, opened and copied', async ({ workbench: page }) => {
  await page.getByRole('button', { name: 'More for this search' }).click();
  await page.getByRole('menuitem', { name: 'Term list…' }).click();
  const panel = page.getByRole('dialog', { name: 'Term list' });
  await panel.getByRole('textbox', { name: 'Terms' }).fill('refund\ncsat:<=2\n(broken\nxyzzyplugh');
  await panel.getByRole('button', { name: 'Count the hits of 4 terms' }).click();
  await expect(panel.getByText('4 of 4 counted')).toBeVisible();
  const row = panel.getByRole('row').filter({ hasText: 'refund' });
  await expect(row.getByRole('cell').nth(1)).toHaveText(/^[1-9][\d,]*$/u);
  const total = (await row.getByRole('cell').nth(1).textContent()) ?? '';
  await expect(panel.getByRole('row').filter({ hasText: 'xyzzyplugh' }).getByRole('cell').nth(1)).toHaveText('0');
  await panel.getByRole('button', { name: 'Copy as CSV' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\r\n')).toHaveLength(5);
  expect(copied).toContain(`refund,refund,${total.replaceAll(',', '')},`);
  await row.getByRole('button', { name: 'refund' }).click();
  await expect(page.getByText(`${total} conversations`, { exact: true })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Search query' })).toHaveValue('refund');
});

test('rows show the columns that were chosen', async ({ workbench: page }) => {
  await page.getByRole('button', { name: 'More for this search' }).click();
  await page.getByRole('menuitem', { name: 'Columns and density…' }).click();
  await page.getByRole('dialog').getByText('Conversation id').click();
  await page.keyboard.press('Escape');
  await expect(page.locator('#result-0').getByText(/^(chat|messaging):\d+:/u)).toBeVisible();
  await page.reload();
  await expect(page.locator('#result-0').getByText(/^(chat|messaging):\d+:/u)).toBeVisible();
});

test('a filter that no facet shows is a chip, and can be taken out', async ({ workbench: page }) => {
  await go(page, '/search?q=refund%20from%3A-1y');
  await page.getByRole('button', { name: 'Remove filter From: -1y' }).click();
  await expect(page.getByRole('combobox', { name: 'Search query' })).toHaveValue('refund');
});

test('the way back to search leads to the search that was left', async ({ workbench: page }) => {
  await go(page, '/search?q=refund&sort=oldest');
  await expect(page.getByText('Understood as: “refund”')).toBeVisible();
  await page.getByRole('link', { name: 'Coverage' }).click();
  await expect(page.getByRole('heading', { name: 'Coverage', level: 1 })).toBeVisible();
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Search query' })).toHaveValue('refund');
});
