import { expect, test } from './support/test.ts';

test('days about to be lost are told as notices, each with what to do, until they are archived', async ({
  page,
  emptyApp,
}) => {
  await emptyApp.connect();
  await page.goto(await emptyApp.link());
  await page.getByRole('button', { name: '2 notices' }).click();
  const dialog = page.getByRole('dialog', { name: 'Needs your attention' });
  await expect(dialog.getByText(/^Chat of .+: \d+ days are about to be lost$/u)).toBeVisible();
  await expect(dialog.getByText(/^Messaging of .+: \d+ days are about to be lost$/u)).toBeVisible();
  await dialog.getByRole('button', { name: 'Which days' }).first().click();
  await expect(page.getByRole('heading', { name: 'Coverage', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: '2 notices' }).click();
  await dialog.getByRole('button', { name: 'Sync now' }).first().click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: '1 notice' })).toBeVisible({ timeout: 60_000 });
});
