import { expect, expectAccessible, go, test } from './support/test.ts';

/** Tests that mark conversations have an app of their own: what they do is seen by search. */
test('search, read, tag, note, decide, case and hold with the keyboard alone, each found by search', async ({
  page,
  emptyApp,
}) => {
  await emptyApp.fill();
  await page.goto(await emptyApp.link());
  const list = page.getByRole('listbox', { name: 'Results' });
  await expect(list).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('refund messages:>=5');
  await expect(page.getByText(/^Understood as: .*refund/u)).toBeVisible();
  await page.keyboard.press('Enter');
  const row = page.locator('#result-0');
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Transcript' })).toBeFocused();

  await page.keyboard.press('t');
  await expect(page.getByRole('dialog', { name: 'Tag' })).toBeVisible();
  await page.keyboard.type('Mis-selling');
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 conversation tagged “Mis-selling”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(row.getByText('Mis-selling')).toBeVisible();

  await page.keyboard.press('a');
  await expect(page.getByRole('dialog', { name: 'Add a note' })).toBeVisible();
  await page.keyboard.type('Promised before the terms were read.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Note saved.')).toBeVisible();
  await expect(row.getByRole('img', { name: '1 reviewer’s note' })).toBeVisible();

  await page.keyboard.press('s');
  await expect(row.getByRole('img', { name: 'Starred' })).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: 'Review decision' })).toBeVisible();
  await page.keyboard.press('1');
  await expect(row.getByRole('img', { name: 'Relevant' })).toBeVisible();

  await page.keyboard.press('c');
  await expect(page.getByRole('dialog', { name: 'Case' })).toBeVisible();
  await page.keyboard.type('Brandt inquiry');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('img', { name: 'In case Brandt inquiry' })).toBeVisible();

  await page.keyboard.press('h');
  await expect(page.getByRole('dialog', { name: 'Hold' })).toBeVisible();
  await page.keyboard.type('Litigation 7');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Ordered by counsel');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row.getByRole('img', { name: 'Held: Litigation 7' })).toBeVisible();
  await expectAccessible(page);

  for (const query of [
    'tag:Mis-selling',
    'note:promised',
    'is:starred',
    'reviewed:relevant',
    'case:"Brandt inquiry"',
    'has:hold',
  ]) {
    await go(page, `/search?q=${encodeURIComponent(query)}`);
    await expect(page.getByText('1 conversation', { exact: true })).toBeVisible();
    await expect(row).toBeVisible();
  }
});
