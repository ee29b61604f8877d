import { existsSync, readdirSync } from 'node:fs';
import { expect, test } from './support/test.ts';

test('from an empty archive through the demo to a verified export', async ({ page, emptyApp }) => {
  await page.goto(await emptyApp.link());
  await expect(page.getByRole('heading', { name: 'Keep every LivePerson conversation' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the demo' }).click();

  await expect(page.getByRole('heading', { name: /Filling the archive|The archive is filled/u })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'The archive is filled' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Go to search' }).click();

  await expect(page.getByText('Demo data')).toBeVisible();
  await expect(page.getByText(/^[\d,]+ conversations$/u)).toBeVisible();
  await page.getByRole('combobox', { name: 'Search query' }).fill('"card" has:note');
  await expect(page.getByText('Understood as:')).toContainText('card');
  const results = page.getByRole('listbox', { name: 'Results' });
  await results
    .getByRole('option')
    .filter({ has: page.locator('mark') })
    .first()
    .click();

  const reader = page.getByRole('region', { name: 'Conversation', exact: true });
  const position = reader.getByText(/^1 of \d+$/u);
  await expect(position).toBeVisible();
  await expect(reader.locator('mark[data-current]')).toBeInViewport();
  const total = Number((await position.textContent())?.split(' of ')[1]);
  await reader.getByRole('button', { name: 'Next hit' }).click();
  await expect(reader.getByText(`${total > 1 ? 2 : 1} of ${total}`)).toBeVisible();
  await reader.getByRole('button', { name: 'Previous hit' }).click();
  await expect(reader.getByText(`1 of ${total}`)).toBeVisible();

  const found = (await page.getByText(/^[\d,]+ conversations$/u).textContent()) ?? '';
  await page.getByRole('button', { name: 'Export…' }).click();
  const panel = page.getByRole('dialog', { name: 'Export' });
  await expect(panel).toContainText(found);
  await panel.getByRole('button', { name: `Export ${found}` }).click();
  await expect(panel.getByText(`${found} exported and sealed`)).toBeVisible({ timeout: 60_000 });
  await panel.getByRole('button', { name: 'Verify now' }).click();
  await expect(panel.getByText('Verified: everything is as it was sealed')).toBeVisible({ timeout: 60_000 });

  const folder = `${emptyApp.folder}/exports`;
  const [name] = readdirSync(folder);
  expect(existsSync(`${folder}/${name}/VERIFY.txt`)).toBe(true);
});

test('the sync can be stopped, keeps what it has, and says so', async ({ page, emptyApp }) => {
  await page.goto(await emptyApp.link());
  await page.getByRole('button', { name: 'Open the demo' }).click();
  await page.getByRole('button', { name: 'Stop the sync' }).click();
  await expect(page.getByRole('heading', { name: /The sync was stopped|The archive is filled/u })).toBeVisible();
  await page.getByRole('button', { name: 'Go to search' }).click();
  await page.getByRole('button', { name: 'Sync now' }).click();
  await expect(page.getByRole('link', { name: /Synced/u })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('option').first()).toBeVisible();
});
