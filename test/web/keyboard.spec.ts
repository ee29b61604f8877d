import { expect, test } from './support/test.ts';

test('search, read, step through hits and go back with the keyboard alone', async ({ workbench: page }) => {
  await page.keyboard.press('/');
  const field = page.getByRole('combobox', { name: 'Search query' });
  await expect(field).toBeFocused();
  await page.keyboard.type('card');
  await expect(page.getByText('Understood as: “card”')).toBeVisible();
  await page.keyboard.press('Enter');
  const list = page.getByRole('listbox', { name: 'Results' });
  await expect(list).toBeFocused();
  await expect(page.locator('#result-0')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(page.locator('#result-1')).toHaveAttribute('aria-selected', 'true');
  await expect(list).toHaveAttribute('aria-activedescendant', 'result-1');

  await page.keyboard.press('Enter');
  const transcript = page.getByRole('region', { name: 'Transcript' });
  await expect(transcript).toBeFocused();
  await page.keyboard.press('n');
  await page.keyboard.press('p');
  await page.keyboard.press('Escape');
  await expect(list).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(field).toBeFocused();
});

test('the palette finds a command and runs it', async ({ workbench: page }) => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(
    palette.getByRole('searchbox').or(palette.getByRole('textbox')).or(palette.getByRole('combobox')),
  ).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('coverage');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Coverage', level: 1 })).toBeVisible();
});

test('the shortcut sheet opens, closes, and can switch single keys off', async ({ workbench: page }) => {
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet).toBeVisible();
  await sheet.getByText('Single keys act as shortcuts').click();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.keyboard.press('?');
  await expect(sheet).toBeHidden();
});

test('letters typed into a field are letters', async ({ workbench: page }) => {
  const field = page.getByRole('combobox', { name: 'Search query' });
  await field.focus();
  await page.keyboard.type('jknpe?/');
  await expect(field).toHaveValue('jknpe?/');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('panes are resized by arrow keys and remember it', async ({ workbench: page }) => {
  const handle = page.getByRole('separator', { name: 'Width of the results' });
  const before = Number(await handle.getAttribute('aria-valuenow'));
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  await expect(handle).toHaveAttribute('aria-valuenow', String(before + 16));
  await page.reload();
  await expect(handle).toHaveAttribute('aria-valuenow', String(before + 16));
});

test('the palette takes the focus from wherever it was, and gives it back', async ({ workbench: page }) => {
  const list = page.getByRole('listbox', { name: 'Results' });
  await list.focus();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  await expect(palette.locator('input')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(list).toBeFocused();
});
