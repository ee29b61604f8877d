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
