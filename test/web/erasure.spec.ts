import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, go, test } from './support/test.ts';

const startTimeL = Date.UTC(2026, 2, 4, 9, 15);

function record(id: string, text: string) {
  return {
    info: { engagementId: id, accountId: '77', startTimeL, endTimeL: startTimeL + 60_000, duration: 60 },
    transcript: { lines: [{ timeL: startTimeL, lineSeq: '1', text, by: 'Clara', source: 'visitor' }] },
  };
}

async function importRecords(page: Page, file: string, records: object[]): Promise<void> {
  writeFileSync(file, JSON.stringify(records));
  await go(page, '/settings');
  const part = page.getByRole('region', { name: 'Import' });
  await part.getByLabel('Files').fill(file);
  await part.getByRole('button', { name: 'Import 1 file' }).click();
  await expect(part.getByText(/^2 records read/u)).toBeVisible();
}

test('what LivePerson erased is listed until somebody purges or keeps it, with a reason', async ({
  page,
  emptyApp,
}) => {
  test.slow();
  await emptyApp.connect();
  await page.goto(await emptyApp.link());
  await importRecords(page, `${emptyApp.folder}/first.json`, [record('c1', 'refund'), record('c2', 'refund')]);
  const settings = page.getByRole('region', { name: 'Erased at LivePerson' });
  await expect(settings.getByText('Nothing is destroyed.')).toBeVisible();
  await settings.getByRole('button', { name: /Former versions of what LivePerson erases/u }).click();
  await page.getByRole('option', { name: 'Ask' }).click();
  await expect(settings.getByText(/listed on the page Custody/u)).toBeVisible();
  await expectAccessible(page);

  const erased = '** LP deleted data **';
  await page.reload();
  await importRecords(page, `${emptyApp.folder}/then.json`, [record('c1', erased), record('c2', erased)]);
  await go(page, '/custody');
  const list = page.getByRole('region', { name: 'Erased at LivePerson' });
  const one = list.getByRole('listitem').filter({ hasText: 'chat:77:c1' });
  const other = list.getByRole('listitem').filter({ hasText: 'chat:77:c2' });
  await expect(one).toContainText('1 former version.');
  await expectAccessible(page);
  await one.getByRole('button', { name: 'Purge' }).click();
  const dialog = page.getByRole('dialog', { name: 'Destroy the former versions?' });
  await expect(dialog.getByRole('button', { name: 'Purge' })).toBeDisabled();
  await dialog.getByLabel('Reason').fill('Request 7');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Purge' }).click();
  await expect(dialog).toBeHidden();
  await expect(one).toBeHidden();

  await other.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Commercial code, section 257');
  await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
  await expect(list).toBeHidden();
  const log = page.getByRole('region', { name: 'Who did what' }).getByRole('table');
  await expect(log.getByText('Erased at the source, destroyed here')).toBeVisible();
  await expect(log.getByText('Erased at the source, kept here')).toBeVisible();
});
