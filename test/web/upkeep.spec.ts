import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, expectAccessible, go, test } from './support/test.ts';

test('the schedule is kept, says when it is next due and what a browser cannot tell', async ({ page, emptyApp }) => {
  await emptyApp.connect();
  await page.goto(await emptyApp.link());
  await go(page, '/settings');
  const schedule = page.getByRole('region', { name: 'Sync schedule' });
  await expect(schedule.getByText('Now, as soon as nothing else stands in the way')).toBeVisible();
  await expect(schedule.getByText('The browser version cannot tell; it syncs in any case.')).toBeVisible();
  await schedule.getByRole('button', { name: /Sync by itself/u }).click();
  await page.getByRole('option', { name: 'Never by the clock' }).click();
  await expect(schedule.getByText('Not by the clock')).toBeVisible();
  await schedule.getByText('The computer is plugged in').click();
  await schedule.getByText('When the app starts').click();
  await schedule.getByRole('button', { name: /^Pause syncing/u }).click();
  await expect(schedule.getByText('paused: the schedule leaves it alone')).toBeVisible();

  await page.reload();
  await expect(schedule.getByRole('button', { name: /Never by the clock/u })).toBeVisible();
  await expect(schedule.getByRole('checkbox', { name: /The computer is plugged in/u })).toBeChecked();
  await expect(schedule.getByRole('checkbox', { name: /When the app starts/u })).not.toBeChecked();
  await expect(schedule.getByRole('checkbox', { name: /The network is not metered/u })).not.toBeChecked();
  await schedule.getByRole('button', { name: /^Resume syncing/u }).click();
  await expect(schedule.getByText('synced by the schedule')).toBeVisible();
});

test('saved records are imported by path, and each that cannot be read is named', async ({ page, emptyApp }) => {
  await emptyApp.fill();
  await page.goto(await emptyApp.link());
  await page.getByRole('option').first().click();
  await page.getByRole('tab', { name: 'Original' }).click();
  const original = JSON.parse((await page.locator('pre').textContent()) ?? '') as unknown;
  const file = `${emptyApp.folder}/saved.ndjson`;
  writeFileSync(file, `${JSON.stringify(original)}\n{"neither": "chat nor messaging"}\n`);

  await go(page, '/settings');
  const part = page.getByRole('region', { name: 'Import' });
  await expect(part.getByRole('button', { name: 'Import files' })).toBeDisabled();
  await part.getByLabel('Files').fill(`${emptyApp.folder}/nothing-here.json`);
  await part.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(part.getByRole('alert')).toContainText('Nothing was lost.');

  // As a file manager copies it.
  await part.getByLabel('Files').fill(`"${file}"`);
  await part.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(part.getByText(/^2 records read: 0 added, \d changed, \d unchanged$/u)).toBeVisible();
  await expect(part.getByText('1 record rejected')).toBeVisible();
  await expect(part.getByRole('listitem').filter({ hasText: file })).toBeVisible();
  await expect(part.getByRole('alert')).toBeHidden();
  await expectAccessible(page);
});

test('a backup tells the SHA-256 of the file that it wrote, and replaces none unasked', async ({ page, emptyApp }) => {
  await emptyApp.connect();
  await page.goto(await emptyApp.link());
  await go(page, '/settings');
  const part = page.getByRole('region', { name: 'Backup' });
  const file = `${emptyApp.folder}/backup.sqlite`;
  await part.getByLabel('Backup file').fill(file);
  await part.getByRole('button', { name: 'Back up the archive' }).click();
  await expect(part.getByText('Backed up and checked')).toBeVisible();
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  await expect(part.getByText(sha256)).toBeVisible();
  await part.getByRole('button', { name: 'Copy the SHA-256' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sha256);
  await expectAccessible(page);

  await part.getByRole('button', { name: 'Back up the archive' }).click();
  await expect(part.getByRole('alert')).toContainText('Nothing was lost.');
  await part.getByText('Replace a file of that name').click();
  await part.getByRole('button', { name: 'Back up the archive' }).click();
  await expect(part.getByText('Backed up and checked')).toBeVisible();
});

test('long screens scroll inside the frame, so that the top bar never leaves', async ({ workbench: page }) => {
  for (const [address, last] of [
    ['/coverage', 'Runs'],
    ['/settings', 'About'],
  ] as const) {
    await go(page, address);
    await expect(page.getByRole('heading', { name: last })).toBeVisible();
    const beyond = () =>
      page.evaluate(() => document.documentElement.scrollHeight - document.documentElement.clientHeight);
    expect(await beyond()).toBe(0);
  }
});
