import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, expectAccessible, go, test } from './support/test.ts';

const record = (text: string) =>
  JSON.stringify({
    info: {
      accountId: '12345678',
      engagementId: 'two-versions',
      startTimeL: Date.UTC(2026, 2, 4, 9, 15),
      endTimeL: Date.UTC(2026, 2, 4, 9, 20),
    },
    transcript: {
      lines: [
        { timeL: Date.UTC(2026, 2, 4, 9, 15), lineSeq: '0', text, by: 'Clara', source: 'visitor', textType: 'plain' },
      ],
    },
  });

test('the versions of a conversation show what differs between them', async ({ page, emptyApp }) => {
  await emptyApp.connect();
  await page.goto(await emptyApp.link());
  for (const text of ['my card was charged twice', 'my card was charged three times']) {
    const file = join(emptyApp.folder, `${text.replaceAll(' ', '-')}.json`);
    writeFileSync(file, record(text));
    await go(page, '/settings');
    await page.getByLabel('Files').fill(file);
    await page.getByRole('button', { name: 'Import 1 file' }).click();
    await expect(page.getByText(text.includes('twice') ? /1 added, 0 changed/u : /0 added, 1 changed/u)).toBeVisible({
      timeout: 30_000,
    });
  }
  await go(page, '/search?q=charged');
  await page.getByRole('option').first().click();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'What differs from version 1' }).click();
  const changes = page.getByRole('list', { name: 'Differences between version 1 and version 2' });
  await expect(changes.locator('del')).toHaveText('my card was charged twice');
  await expect(changes.locator('ins')).toHaveText('my card was charged three times');
  await expectAccessible(page);
});
