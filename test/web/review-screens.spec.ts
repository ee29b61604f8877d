/** The screens of searching and reviewing for docs/screens, on an archive that somebody has worked in. */
import type { Page } from '@playwright/test';
import { shoot } from './support/shoot.ts';
import { expect, expectReady, go, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' }, viewport: { width: 1200, height: 760 } });
test.setTimeout(240_000);

async function pick(page: Page, key: string, dialog: string, name: string): Promise<void> {
  await page.keyboard.press(key);
  await expectReady(page, dialog);
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Messages in passing belong to no picture. */
async function quiet(page: Page): Promise<void> {
  const dismiss = page.getByRole('button', { name: 'Dismiss' });
  while ((await dismiss.count()) > 0) await dismiss.first().click();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`a review in ${colorScheme}`, async ({ page, emptyApp }) => {
      await emptyApp.fill();
      await page.goto(await emptyApp.link());
      await go(page, `/search?q=${encodeURIComponent('refund messages:>=8')}`);
      await expect(page.getByText(/^Understood as/u)).toBeVisible();
      const list = page.getByRole('listbox', { name: 'Results' });
      await list.focus();
      await page.keyboard.press('Home');
      for (let row = 0; row < 11; row += 1) await page.keyboard.press('Shift+ArrowDown');
      await pick(page, 'c', 'Case', 'Brandt inquiry');
      await page.keyboard.press('Escape');
      await page.locator('#result-1').click();
      await pick(page, 't', 'Tag', 'Mis-selling');
      await pick(page, 't', 'Tag', 'Callback promised');
      await page.keyboard.press('r');
      await expectReady(page, 'Review decision');
      await page.keyboard.press('1');
      await page.locator('#result-2').click();
      await page.keyboard.press('s');
      await pick(page, 't', 'Tag', 'Callback promised');
      await page.keyboard.press('r');
      await expectReady(page, 'Review decision');
      await page.keyboard.press('2');
      await page.locator('#result-1').click();
      await page.locator('#message-3').click();
      await page.keyboard.press('a');
      await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
      await page.keyboard.type('A guarantee before the terms were read: ask Brandt.');
      await page.keyboard.press('Control+Enter');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await page.keyboard.press('h');
      await expectReady(page, 'Hold');
      await page.keyboard.type('Litigation 7');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Ordered by counsel on 20 November');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(page.locator('#result-1').getByRole('img', { name: 'Held: Litigation 7' })).toBeVisible();
      await page.locator('#result-2').click({ modifiers: ['ControlOrMeta'] });
      await page.locator('#result-4').click({ modifiers: ['ControlOrMeta'] });
      await quiet(page);
      await shoot(page, `review-${colorScheme}`);
      // The folder is kept small: the other screens show nothing else in the dark.
      if (colorScheme === 'dark') return;

      await go(page, '/cases?name=Brandt%20inquiry');
      await page.getByRole('button', { name: 'Edit the case…' }).click();
      await page.getByRole('textbox', { name: 'Matter number' }).fill('M-2026-118');
      await page.getByRole('textbox', { name: 'Custodian' }).fill('Tomas Brandt');
      await page.getByRole('textbox', { name: 'Description' }).fill('Promises of guarantees in card sales.');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(page.getByText('2 of 12 reviewed')).toBeVisible();
      await quiet(page);
      await shoot(page, 'case-light');
      await page.getByRole('button', { name: 'Review one by one' }).click();
      await expect(page.getByRole('region', { name: 'Transcript' })).toBeVisible();
      await shoot(page, 'queue-light');
      await go(page, '/cases');
      await expect(page.getByRole('link', { name: 'Litigation 7' })).toBeVisible();
      await shoot(page, 'cases-light');
      await page.setViewportSize({ width: 390, height: 844 });
      await shoot(page, 'cases-390');
    });
  });
}

test('completion and a term list', async ({ workbench: page }) => {
  const field = page.getByRole('combobox', { name: 'Search query' });
  await field.fill('refund agent:');
  await expect(page.getByRole('option', { name: /\d$/u }).nth(4)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await shoot(page, 'completion-light');
  await field.fill('from:-1y');
  await page.getByRole('button', { name: 'More for this search' }).click();
  await page.getByRole('menuitem', { name: 'Term list…' }).click();
  await page
    .getByRole('textbox', { name: 'Terms' })
    .fill('guarantee*\n"money back"\nrefund NEAR/5 promise*\nsaid:agent(guarantee)\nchargeback\n(fraud OR stolen)');
  await page.getByRole('button', { name: /^Count the hits/u }).click();
  await expect(page.getByText('6 of 6 counted')).toBeVisible();
  await shoot(page, 'terms-light');
});
