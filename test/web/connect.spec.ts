import { expect, test } from './support/test.ts';

test('an account is connected with keys, tested and synced', async ({ page, emptyApp }) => {
  const demo = await emptyApp.demo();
  await page.goto(await emptyApp.link());
  await page.getByRole('button', { name: 'Connect an account' }).click();
  await expect(page.getByText('Application Install')).toBeVisible();
  await expect(page.getByText('data.services.enghist')).toBeVisible();
  await page.getByRole('textbox', { name: 'Account number' }).fill(demo.accountId);
  await page.getByRole('textbox', { name: 'Client ID' }).fill(demo.oauth2.clientId);
  await page.getByLabel('Client secret').fill(demo.oauth2.clientSecret);
  await page.getByRole('button', { name: 'More options' }).click();
  await page.getByRole('textbox', { name: 'Service discovery address' }).fill(demo.origin);
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByRole('heading', { name: `Account ${demo.accountId} is connected` })).toBeVisible({
    timeout: 60_000,
  });
  await page.getByRole('button', { name: 'Start the first sync' }).click();
  await expect(page.getByRole('heading', { name: /Filling the archive|The archive is filled/u })).toBeVisible();
});

test('wrong keys are refused in words, and no half-connected account stays', async ({ page, emptyApp }) => {
  const demo = await emptyApp.demo();
  await page.goto(await emptyApp.link());
  await page.getByRole('button', { name: 'Connect an account' }).click();
  await page.getByRole('textbox', { name: 'Account number' }).fill(demo.accountId);
  await page.getByRole('textbox', { name: 'Client ID' }).fill(demo.oauth2.clientId);
  await page.getByLabel('Client secret').fill('wrong');
  await page.getByRole('button', { name: 'More options' }).click();
  await page.getByRole('textbox', { name: 'Service discovery address' }).fill(demo.origin);
  await page.getByRole('button', { name: 'Test the connection' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Nothing was lost.', { timeout: 60_000 });
  await expect(alert).not.toContainText('wrong');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByText('No account yet')).toBeVisible();
});

test('OAuth 1.0 comes with a word about its end', async ({ page, emptyApp }) => {
  await page.goto(await emptyApp.link());
  await page.getByRole('button', { name: 'Connect an account' }).click();
  await page.getByRole('radio', { name: 'OAuth 1.0 API key' }).click();
  await expect(page.getByText(/31 May 2026/u)).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'App key' })).toBeVisible();
});
