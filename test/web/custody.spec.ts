import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, go, test } from './support/test.ts';

test('custody says what is proven, gives the checkpoint and verifies the archive against it', async ({
  workbench: page,
}) => {
  await page.getByRole('link', { name: 'Custody' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Custody' })).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'What is proven' }).getByText(/Signed checkpoints exist since/u),
  ).toBeVisible();
  const note = page.getByRole('region', { name: 'Signed checkpoint' });
  await page.getByRole('button', { name: 'Copy the checkpoint' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await note.textContent());
  expect(copied).toMatch(/^transcript-archive\/\S+\n\d+\n\S+\n\n— /u);

  await page.getByLabel('Checkpoint that was kept elsewhere').fill(copied);
  await page.getByRole('button', { name: 'Verify the archive' }).click();
  await expect(page.getByText('Only additions since the checkpoint that was kept elsewhere')).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText('Verified: everything is as it was sealed')).toBeVisible();
});

test('the custody log can be narrowed to one kind', async ({ workbench: page }) => {
  await go(page, '/custody');
  const log = page.getByRole('region', { name: 'Who did what' });
  await expect(log.getByRole('row').nth(1)).toBeVisible();
  await log.getByRole('button', { name: /Kind/u }).click();
  await page.getByRole('option', { name: 'Signing key created' }).click();
  await expect(log.getByRole('row')).toHaveCount(2);
  await expect(log.getByRole('cell').nth(3)).toContainText('Signing key created');
  await log.getByText('Details').click();
  await expect(log.getByText('publicKey')).toBeVisible();
});

test('the signing key is shown, backed up with a passphrase, and replaced with a hand-over', async ({
  workbench: page,
}) => {
  await go(page, '/custody');
  const section = page.getByRole('region', { name: 'Signing key' });
  const fingerprint = /^[0-9a-f]{64}$/u;
  const first = await section.getByText(fingerprint).textContent();
  await section.getByRole('button', { name: 'Back up the key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Back up the key' });
  const file = join(mkdtempSync(join(tmpdir(), 'custody-key-')), 'key.pem');
  await dialog.getByLabel('File').fill(file);
  await dialog.getByLabel('Passphrase', { exact: true }).fill('five words that nobody guesses');
  await expect(dialog.getByRole('button', { name: 'Write the backup' })).toBeDisabled();
  await dialog.getByLabel('Passphrase once more').fill('five words that nobody guesses');
  await dialog.getByRole('button', { name: 'Write the backup' }).click();
  await expect(dialog).toBeHidden();
  expect(readFileSync(file, 'utf8')).toContain('BEGIN ENCRYPTED PRIVATE KEY');

  await section.getByRole('button', { name: 'Replace the key' }).click();
  await page.getByRole('dialog').getByLabel('Why; it is written in the log').fill('a new year');
  await page.getByRole('dialog').getByRole('button', { name: 'Replace it' }).click();
  await expect(section.getByText('the key before it signed the hand-over')).toBeVisible();
  expect(await section.getByRole('definition').first().textContent()).not.toBe(first);
});

test('a query for a time stamp is written and listed', async ({ workbench: page }) => {
  await go(page, '/custody');
  const section = page.getByRole('region', { name: 'Time stamps' });
  const file = join(mkdtempSync(join(tmpdir(), 'time-stamp-')), 'query.tsq');
  await section.getByLabel('File for the query').fill(file);
  await section.getByRole('button', { name: 'Write the query' }).click();
  await expect(section.getByText(/asked for on .*, no reply yet/u)).toBeVisible();
  expect(readFileSync(file).length).toBeGreaterThan(50);
});
