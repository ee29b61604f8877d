import { expect, go, test } from './support/test.ts';

test('a query that does not parse shows where, and keeps the last results', async ({ workbench: page }) => {
  const field = page.getByRole('combobox', { name: 'Search query' });
  await field.fill('refund');
  await expect(page.getByRole('option').first()).toBeVisible();
  await field.fill('refund AND (card');
  await expect(page.getByRole('alert')).toContainText('parenthesis');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export…' })).toBeDisabled();
  await field.fill('refund AND (card)');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('facets write the query, and the query presses the facets', async ({ workbench: page }) => {
  const field = page.getByRole('combobox', { name: 'Search query' });
  const filters = page.getByRole('navigation', { name: 'Filters' });
  const chat = filters.getByRole('button', { name: /^Chat/u });
  const figure = (await chat.textContent())?.replace('Chat', '') ?? '';
  await chat.click();
  await expect(field).toHaveValue('source:chat');
  await expect(chat).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText(`${figure} conversations`, { exact: true })).toBeVisible();
  await field.fill('refund source:messaging');
  await expect(filters.getByRole('button', { name: /^Messaging/u })).toHaveAttribute('aria-pressed', 'true');
  await filters.getByRole('button', { name: /^Messaging/u }).click();
  await expect(field).toHaveValue('refund');
});

test('the list has as many rows as the count says, and the last one can be reached', async ({ workbench: page }) => {
  const words = (await page.getByText(/^[\d,]+ conversations$/u).textContent()) ?? '';
  const total = words.replaceAll(/\D/gu, '');
  const list = page.getByRole('listbox', { name: 'Results' });
  await list.focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('option', { selected: true })).toHaveAttribute('aria-setsize', total);
  await list.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  const last = page.locator(`[role=option][aria-posinset="${total}"]`);
  await expect(last).toBeInViewport();
  await expect(last.locator('time')).toBeVisible();
  await page.keyboard.press('End');
  await expect(last).toHaveAttribute('aria-selected', 'true');
});

test('a deep link opens a conversation at a message', async ({ workbench: page }) => {
  // The newest conversation of the demo may have begun a minute ago and hold one message only.
  await go(page, `/search?q=${encodeURIComponent('messages:>=5')}`);
  await expect(page.getByText(/^Understood as/u)).toBeVisible();
  await page.getByRole('option').first().click();
  await expect(page).toHaveURL(/id=/u);
  const id = new URLSearchParams(page.url().split('?')[1]).get('id') ?? '';
  await go(page, `/search?id=${encodeURIComponent(id)}&m=2`);
  await page.reload();
  await expect(page.locator('#message-2[data-pointed]')).toBeInViewport();
});

test('a conversation that does not exist is an error with a way back', async ({ workbench: page }) => {
  await go(page, '/search?id=chat%3A1%3Anothing');
  const reader = page.locator('[data-pane=reader]');
  await expect(reader.getByRole('alert')).toBeVisible();
  await reader.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('heading', { name: 'Choose a conversation to read it here' })).toBeVisible();
});

test('the original is shown byte for byte, with its hash', async ({ workbench: page }) => {
  await page.getByRole('option').first().click();
  await page.getByRole('tab', { name: 'Original' }).click();
  const panel = page.getByRole('tabpanel');
  const text = (await panel.locator('pre').textContent()) ?? '';
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  await expect(panel.locator('code')).toHaveText(Buffer.from(digest).toString('hex'));
  expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test('a quotation carries its citation', async ({ workbench: page }) => {
  // The newest conversation of the demo may have begun a minute ago, and its customer may not have said anything yet.
  await go(page, '/search?q=said%3Acustomer%20refund');
  await page
    .getByRole('option')
    .filter({ has: page.locator('mark') })
    .first()
    .click();
  const region = page.getByRole('region', { name: 'Transcript' });
  const line = region.locator('li[data-role=customer] p').first();
  await line.click();
  await page.keyboard.press('y');
  await expect(page.getByText('Quotation copied, with its citation.')).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`“${(await line.textContent())?.trim()}”`);
  expect(copied).toMatch(/conversation (chat|messaging):\d+:.+, message \d+, version 1/u);
});

test('dragging over the histogram searches those days', async ({ workbench: page }) => {
  const slider = page.getByRole('slider', { name: 'When the conversations started' });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('no histogram');
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole('combobox', { name: 'Search query' })).toHaveValue(
    /^from:\d{4}-\d\d-\d\d to:\d{4}-\d\d-\d\d$/u,
  );
});

test('settings take effect at once and survive a reload', async ({ workbench: page }) => {
  await go(page, '/settings');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio', { name: 'As the system' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('coverage says what is archived, and a day leads to its conversations', async ({ workbench: page }) => {
  await go(page, '/coverage');
  const chat = page.getByRole('article', { name: 'Chat' });
  await expect(chat).toContainText(/[\d,]+ reported by LivePerson, [\d,]+ archived, last checked/u);
  const day = chat.getByRole('link', { name: /complete\. ([1-9]\d*) reported, \1 archived/u }).first();
  const archived = /(\d+) archived/u.exec((await day.getAttribute('aria-label')) ?? '')?.[1];
  await day.click();
  // The calendar's days are UTC, and so must be the search behind them.
  await expect(page.getByText(new RegExp(`^${archived} conversations?$`, 'u'))).toBeVisible();
});

test('the archive is verified from the coverage screen', async ({ workbench: page }) => {
  await go(page, '/coverage');
  await page.getByRole('button', { name: 'Verify the archive' }).click();
  await expect(page.getByText('Verified: everything is as it was sealed')).toBeVisible({ timeout: 60_000 });
});

test('a conversation found by a fact shows the hit in its facts', async ({ workbench: page }) => {
  await page.getByRole('option').first().click();
  await page.getByRole('tab', { name: 'Facts' }).click();
  const email = page
    .locator('dd')
    .filter({ hasText: /^\S+@\S+$/u })
    .first();
  const address = (await email.textContent()) ?? '';
  await go(page, `/search?q=${encodeURIComponent(`"${address}"`)}`);
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Found in the facts' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Facts' }).locator('dd mark').first()).toHaveText(address);
});
