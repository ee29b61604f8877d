import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { availableFormats } from '../../main/archive/export/formats.ts';
import { expect, expectAccessible, go, test } from './support/test.ts';

test('the export panel offers every format that the engine writes, each with whom it is for', async ({
  workbench: page,
}) => {
  await page.getByRole('button', { name: 'Export…' }).click();
  const formats = page.getByRole('dialog').getByRole('group', { name: 'Formats' }).getByRole('checkbox');
  await expect(formats).toHaveCount(availableFormats.length);
  for (const name of availableFormats) {
    await expect(page.getByRole('checkbox', { name: new RegExp(`^${name} for `, 'iu') })).toHaveCount(1);
  }
});

test('an export is divided by month, in the time zone and formats chosen', async ({ workbench: page, demoApp }) => {
  await go(page, '/search?q=refund');
  await expect(page.getByText('Understood as: “refund”')).toBeVisible();
  await page.getByRole('button', { name: 'Export…' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByText(/^for Excel users/u).click();
  await panel.getByText(/^for mail archives/u).click();
  await panel.getByRole('button', { name: /Divide/u }).click();
  await page.getByRole('option', { name: 'By month' }).click();
  await panel.getByRole('button', { name: /Local times in/u }).click();
  await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
  await panel.getByLabel('Package name').fill('by-month');
  await expectAccessible(page);
  await panel.getByRole('button', { name: /^Export [\d,]+ conversation/u }).click();
  await expect(panel.getByText(/exported and sealed$/u)).toBeVisible({ timeout: 60_000 });

  const root = `${demoApp.folder}/exports/by-month`;
  const facts = JSON.parse(readFileSync(`${root}/custody/export.json`, 'utf8')) as Record<string, unknown>;
  expect(JSON.stringify(facts)).toContain('Asia/Tokyo');
  const parts = readdirSync(`${root}/data`).filter((name) => statSync(join(root, 'data', name)).isDirectory());
  expect(parts.length).toBeGreaterThan(1);
  const files = readdirSync(`${root}/data`, { recursive: true, encoding: 'utf8' });
  for (const ending of ['.html', '.csv', '.xlsx', '.eml']) {
    expect(files.filter((name) => name.endsWith(ending)).length, ending).toBeGreaterThan(1);
  }
});

test('a part of nonsense size is refused in the panel, and one of two conversations is made', async ({
  workbench: page,
  demoApp,
}) => {
  await go(page, '/search?q=guarantee');
  await page.getByRole('button', { name: 'Export…' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: /Divide/u }).click();
  await page.getByRole('option', { name: 'By number of conversations' }).click();
  await panel.getByLabel('Conversations a part').fill('some');
  await panel.getByLabel('Package name').fill('by-count');
  const send = panel.getByRole('button', { name: /^Export [\d,]+ conversation/u });
  await expect(send).toBeDisabled();
  await expect(panel.getByText('A whole number from 1 to 100,000,000.')).toBeVisible();
  await panel.getByLabel('Conversations a part').fill('2');
  await send.click();
  await expect(panel.getByText(/exported and sealed$/u)).toBeVisible({ timeout: 60_000 });
  expect(readdirSync(`${demoApp.folder}/exports/by-count/data`).length).toBeGreaterThan(1);
});

test('personal data is previewed, hidden in the export, and the package verifies in the same panel', async ({
  workbench: page,
  demoApp,
}) => {
  await go(page, '/search?q=refund');
  await expect(page.getByText('Understood as: “refund”')).toBeVisible();
  await page.getByRole('button', { name: 'Export…' }).click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByText(/^About [\d,]+ files, /u)).toBeVisible();
  await panel.getByText(/^for machines/u).click();
  await panel.getByRole('button', { name: /^Hide|Nothing Hide/u }).click();
  await page.getByRole('option', { name: 'All personal data the rules know' }).click();
  await panel.getByRole('button', { name: 'Add an expression' }).click();
  const send = panel.getByRole('button', { name: /^Export [\d,]+ conversation/u });
  await expect(send).toBeDisabled();
  await panel.getByLabel('Reason').fill('money-word');
  await panel.getByLabel('Regular expression').fill('(');
  await expect(panel.getByText('Not a regular expression.')).toBeVisible();
  await expect(send).toBeDisabled();
  await panel.getByLabel('Regular expression').fill('refund(?:s|ed)?');

  await panel.getByRole('button', { name: 'Show what would be hidden' }).click();
  const row = (name: string) => panel.getByRole('row', { name: new RegExp(`^${name} [\\d,]+$`, 'u') });
  await expect(row('Expression · money-word')).toBeVisible({ timeout: 60_000 });
  await expect(row('Customer names · name')).toBeVisible();
  await panel.getByText('Examples').click();
  await expect(panel.getByText('[REDACTED:money-word]').first()).toBeVisible();
  await expectAccessible(page);

  await panel.getByLabel('Package name').fill('redacted');
  await send.click();
  await expect(panel.getByText(/exported and sealed$/u)).toBeVisible({ timeout: 120_000 });
  await expect(panel.getByText(/^Signed state of the archive/u)).toBeVisible();
  await panel.getByRole('button', { name: 'Copy checkpoint' }).click();
  const root = `${demoApp.folder}/exports/redacted`;
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    readFileSync(`${root}/proofs/checkpoint.txt`, 'utf8'),
  );
  await panel.getByRole('button', { name: 'Verify now' }).click();
  await expect(panel.getByText('Untouched parts of redacted records')).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);

  const lines = readFileSync(`${root}/data/conversations.ndjson`, 'utf8');
  expect(lines).toContain('[REDACTED:name]');
  expect(lines).not.toMatch(/refund/iu);
  const facts = JSON.parse(readFileSync(`${root}/custody/export.json`, 'utf8')) as Record<string, unknown>;
  expect(facts).toMatchObject({ query: null, redaction: { profile: 'pii', expressions: ['money-word'] } });
});

test('rules are chosen one by one, and without any nothing can be exported', async ({ workbench: page }) => {
  await page.getByRole('button', { name: 'Export…' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: /^Hide|Nothing Hide/u }).click();
  await page.getByRole('option', { name: 'A choice of rules' }).click();
  const send = panel.getByRole('button', { name: /^Export [\d,]+ conversation/u });
  await expect(send).toBeEnabled();
  for (const name of ['E-mail addresses', 'Phone numbers']) await panel.getByText(name, { exact: true }).click();
  await expect(send).toBeDisabled();
  await panel.getByText('Bank accounts (IBAN)', { exact: true }).click();
  await expect(send).toBeEnabled();
  await expectAccessible(page);
});

test('words marked in a transcript are hidden in the export, in every copy within their conversation', async ({
  workbench: page,
  demoApp,
}) => {
  await go(page, '/search?q=refund');
  await expect(page.getByText('Understood as: “refund”')).toBeVisible();
  await page.getByRole('option').first().click();
  const hide = page.getByRole('button', { name: 'Hide the selected words in exports' });
  await page.evaluate(() => getSelection()?.removeAllRanges());
  await hide.click();
  await expect(page.getByText('Select words within one message of the newest version first.')).toBeVisible();
  const words = await page.evaluate(() => {
    const hit = document.querySelector('[data-message-text] mark');
    const text = hit?.closest('[data-message-text]');
    const last = text?.lastChild;
    if (hit === null || last === null || last === undefined) return '';
    // From the middle of the hit to the end of the message: across the elements in between.
    getSelection()?.setBaseAndExtent(hit.firstChild ?? hit, 2, last.firstChild ?? last, last.textContent?.length ?? 0);
    return getSelection()?.toString() ?? '';
  });
  expect(words.length).toBeGreaterThan(3);
  await hide.click();
  await expect(page.getByText('Marked. The export panel offers to hide 1 passage.')).toBeVisible();

  await page.getByRole('button', { name: 'Export…' }).click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByRole('checkbox', { name: /^Hide the passage marked by hand/u })).toBeChecked();
  await panel.getByText(/^for machines/u).click();
  await panel.getByLabel('Package name').fill('marked');
  await panel.getByRole('button', { name: /^Export [\d,]+ conversation/u }).click();
  await expect(panel.getByText(/exported and sealed$/u)).toBeVisible({ timeout: 120_000 });
  const root = `${demoApp.folder}/exports/marked`;
  const redactions = readFileSync(`${root}/custody/redactions.csv`, 'utf8').trimEnd().split('\r\n').slice(1);
  expect(redactions.length).toBeGreaterThan(0);
  for (const row of redactions) expect(row).toMatch(/,"marked","manual"$/u);
  const [id = ''] = (redactions[0] ?? '').slice(1).split('"');
  const lines = readFileSync(`${root}/data/conversations.ndjson`, 'utf8').split('\n');
  const line = lines.find((one) => one.startsWith(`{"id":"${id}"`)) ?? '';
  expect(line).toContain('[REDACTED:marked]');
  expect(line).not.toContain(words);
});
