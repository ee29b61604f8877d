import { expect, expectAccessible, go, test } from './support/test.ts';

test('coverage gives a statement for chosen days, ready to be quoted', async ({ workbench: page }) => {
  await go(page, '/coverage');
  const section = page.getByRole('region', { name: 'Coverage statement' });
  const quotation = section.getByRole('blockquote');
  const lastYear = String(new Date().getUTCFullYear() - 1);
  await section.getByLabel('From').fill(`${lastYear}-12-01`);
  await section.getByLabel('To').fill(`${lastYear}-12-31`);
  await expect(quotation).toContainText(`from ${lastYear}-12-01 to ${lastYear}-12-31 UTC`);
  await expect(quotation).toContainText('Complete: each of these 31 days was read in full');
  await section.getByRole('button', { name: 'Copy the statement' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n')).toEqual(await quotation.locator('p').allTextContents());

  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await section.getByRole('button', { name: 'Copy as JSON' }).click();
  await expect.poll(async () => (await clipboard()).startsWith('{')).toBe(true);
  expect(JSON.parse(await clipboard())).toMatchObject({ from: `${lastYear}-12-01`, verdict: 'complete' });
  await section.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect.poll(async () => (await clipboard()).split('\r\n')[0]).toMatch(/^account_id,source,from,to,verdict/u);
  expect((await clipboard()).trim().split('\r\n')).toHaveLength(3);

  await section.getByLabel('To').fill(`${lastYear}-11-01`);
  await expect(section.getByText('Choose two days, the first not after the second.')).toBeVisible();
  await expect(quotation).toBeHidden();
});

test('a complete archive raises no alarm about gaps', async ({ workbench: page }) => {
  await go(page, '/coverage');
  await expect(page.getByRole('table').first()).toBeVisible();
  await expect(page.getByText(/days? with a gap|about to be lost|days? lost/u)).toHaveCount(0);
  await expect(page.getByRole('link', { name: /Synced/u })).toBeVisible();
});

test('days that LivePerson deletes soon and nobody fetched are told in the top bar and on coverage', async ({
  page,
  emptyApp,
}) => {
  await emptyApp.connect();
  await page.goto(await emptyApp.link());
  const bar = page.getByRole('banner');
  await expect(bar.getByRole('link', { name: 'Never synced' })).toBeVisible();
  await expect(bar.getByRole('link', { name: /with a gap/u })).toHaveCount(0);
  await bar.getByRole('link', { name: /^\d+ days about to be lost$/u }).click();
  const chat = page.getByRole('article', { name: 'Chat' });
  await expect(chat.getByText(/days are not archived for certain, and LivePerson deletes them/u)).toBeVisible();
  await expectAccessible(page);
  await chat.getByRole('button', { name: 'Sync Chat now' }).click();
  await expect(chat.getByText(/days are not archived for certain/u)).toBeHidden({ timeout: 60_000 });
  await expect(chat.getByText(/: complete/u).first()).toBeVisible();
});

test('a first sync that was stopped early leaves no gaps, only days not asked for', async ({ page, emptyApp }) => {
  await page.goto(await emptyApp.link());
  await page.getByRole('button', { name: 'Open the demo' }).click();
  await page.getByRole('button', { name: 'Stop the sync' }).click();
  await page.getByRole('button', { name: 'Go to search' }).click();
  await go(page, '/coverage');
  const runs = page.getByRole('region', { name: 'Runs' });
  await expect(runs.getByText('stopped').first()).toBeVisible();
  await expect(runs.getByText('What was archived stays. The next sync goes on from there.').first()).toBeVisible();
  await expect(page.locator('td [data-state="never"]').first()).toBeVisible();
  await expect(page.locator('td [data-state="gap"]')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /with a gap/u })).toHaveCount(0);
});

test('an account can be paused and resumed where its coverage is shown', async ({ page, emptyApp }) => {
  await emptyApp.connect();
  await page.goto(await emptyApp.link());
  await go(page, '/coverage');
  await page.getByRole('button', { name: /^Pause syncing/u }).click();
  await expect(page.getByRole('heading', { name: /paused/u })).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: /^Resume syncing/u }).click();
  await expect(page.getByRole('button', { name: /^Pause syncing/u })).toBeVisible();
  await expect(page.getByRole('heading', { name: /paused/u })).toHaveCount(0);
});
