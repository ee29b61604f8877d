/** Makes docs/screens: every screen and state, to be looked at one by one. Run by `npm run screenshots`. */
import type { Page } from '@playwright/test';
import { shoot } from './support/shoot.ts';
import { expect, go, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.setTimeout(240_000);

async function open(page: Page, query: string, row = 0): Promise<void> {
  await go(page, `/search?q=${encodeURIComponent(query)}`);
  const option = page.locator(`#result-${row}`);
  await expect(option.locator('time')).toBeVisible();
  await option.click();
  await expect(page.getByRole('region', { name: 'Transcript' })).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`welcome and first sync in ${colorScheme}`, async ({ page, emptyApp }) => {
      const demo = await emptyApp.demo();
      await page.goto(await emptyApp.link());
      await expect(page.getByRole('button', { name: 'Open the demo' })).toBeVisible();
      await expect(page.getByText('Archive folder')).toBeVisible();
      await shoot(page, `welcome-${colorScheme}`);
      await page.getByRole('button', { name: 'Connect an account' }).click();
      if (colorScheme === 'light') await shoot(page, 'connect-light');
      await page.getByRole('textbox', { name: 'Account number' }).fill('12345678');
      await page.getByRole('textbox', { name: 'Client ID' }).fill(demo.oauth2.clientId);
      await page.getByLabel('Client secret').fill('not the secret');
      await page.getByRole('button', { name: 'More options' }).click();
      await page.getByRole('textbox', { name: 'Service discovery address' }).fill(demo.origin);
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await expect(page.getByRole('alert')).toBeVisible({ timeout: 120_000 });
      if (colorScheme === 'light') await shoot(page, 'connect-error-light');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('button', { name: 'Open the demo' }).click();
      await expect(page.getByRole('button', { name: 'Stop the sync' })).toBeVisible();
      await expect(page.getByText(/of \d+ days/u).first()).toBeVisible();
      await shoot(page, `sync-${colorScheme}`);
      await page.getByRole('button', { name: 'Stop the sync' }).click();
      await expect(page.getByRole('button', { name: 'Go to search' })).toBeVisible({ timeout: 60_000 });
      if (colorScheme === 'light') await shoot(page, 'sync-stopped-light');
    });

    test(`the workbench in ${colorScheme}`, async ({ workbench: page }) => {
      await shoot(page, `search-${colorScheme}`);
      await open(page, 'has:note card', 2);
      await shoot(page, `reading-${colorScheme}`);
      await page.getByRole('tab', { name: 'Facts' }).click();
      if (colorScheme === 'light') await shoot(page, 'facts-light');
      await page.getByRole('tab', { name: 'Versions' }).click();
      if (colorScheme === 'light') await shoot(page, 'versions-light');
      await page.getByRole('tab', { name: 'Original' }).click();
      await expect(page.locator('pre')).toBeVisible();
      // Some dark versions show nothing that others don't.
      if (colorScheme === 'light') await shoot(page, 'original-light');
      await page.getByRole('combobox', { name: 'Search query' }).fill('refund AND (card');
      await expect(page.getByRole('alert')).toBeVisible();
      if (colorScheme === 'light') await shoot(page, 'query-error-light');
      await go(page, '/search?q=guarante');
      await expect(page.getByText('No conversation matches')).toBeVisible();
      if (colorScheme === 'light') await shoot(page, 'nothing-found-light');
      await go(page, '/search?q=refund');
      await expect(page.getByText('Understood as: “refund”')).toBeVisible();
      await page.getByRole('listbox').focus();
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      if (colorScheme === 'light') await shoot(page, 'palette-light');
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      if (colorScheme === 'light') await shoot(page, 'shortcuts-light');
    });

    test(`overview screens in ${colorScheme}`, async ({ workbench: page }) => {
      await go(page, '/coverage');
      await expect(page.getByRole('heading', { name: 'Runs' })).toBeVisible();
      await shoot(page, `coverage-${colorScheme}`);
      await expect(page.getByRole('blockquote')).toBeVisible();
      await page.getByRole('heading', { name: 'Coverage statement' }).evaluate((element) => element.scrollIntoView());
      if (colorScheme === 'light') await shoot(page, 'statement-light');
      await go(page, '/custody');
      await expect(page.getByRole('region', { name: 'Signed checkpoint' })).toBeVisible();
      await expect(page.getByRole('table').first()).toBeVisible();
      await shoot(page, `custody-${colorScheme}`);
      await go(page, '/settings');
      await expect(page.getByText('Protection of keys')).toBeVisible();
      await shoot(page, `settings-${colorScheme}`);
      await page.getByRole('region', { name: 'Import' }).evaluate((element) => element.scrollIntoView());
      if (colorScheme === 'light') await shoot(page, 'upkeep-light');
    });

    test(`days about to be lost in ${colorScheme}`, async ({ page, emptyApp }) => {
      await emptyApp.connect();
      await page.goto(await emptyApp.link());
      await page.getByRole('link', { name: /about to be lost/u }).click();
      await expect(page.getByRole('article').first()).toBeVisible();
      if (colorScheme === 'light') await shoot(page, 'coverage-alarm-light');
    });

    test(`export and its seal in ${colorScheme}`, async ({ workbench: page }) => {
      await go(page, '/search?q=refund');
      await expect(page.getByText('Understood as: “refund”')).toBeVisible();
      await page.getByRole('button', { name: 'Export…' }).click();
      const panel = page.getByRole('dialog');
      await expect(panel.getByText('Formats')).toBeVisible();
      if (colorScheme === 'light') await shoot(page, 'export-light');
      await panel.getByRole('button', { name: /^Export [\d,]+ conversation/u }).click();
      await expect(panel.getByRole('button', { name: 'Verify now' })).toBeVisible({ timeout: 60_000 });
      await panel.getByRole('button', { name: 'Verify now' }).click();
      await expect(panel.getByText(/^Verified:|^Verification failed/u)).toBeVisible({ timeout: 60_000 });
      if (colorScheme === 'light') await shoot(page, 'sealed-light');
    });
  });
}

test.describe('other scripts', () => {
  test('Arabic and Japanese transcripts', async ({ workbench: page }) => {
    await open(page, 'language:ar*');
    await shoot(page, 'arabic-light');
    await open(page, 'language:ja*');
    await shoot(page, 'japanese-light');
  });
});

test.describe('1100 × 700', () => {
  test.use({ viewport: { width: 1099, height: 700 } });
  test('facets fold into chips', async ({ workbench: page }) => {
    await open(page, 'refund source:chat csat:4,5');
    await shoot(page, 'reading-1100');
    await go(page, '/coverage');
    await expect(page.getByRole('table').first()).toBeVisible();
    await shoot(page, 'coverage-1100');
  });
});

test.describe('390 × 844', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('list and reader are two steps', async ({ workbench: page }) => {
    await go(page, '/search?q=refund');
    await expect(page.getByRole('option').first()).toBeVisible();
    await shoot(page, 'search-390');
    await open(page, 'refund', 1);
    await shoot(page, 'reading-390');
    await go(page, '/coverage');
    await expect(page.getByRole('table').first()).toBeVisible();
    await shoot(page, 'coverage-390');
    await go(page, '/settings');
    await expect(page.getByText('Protection of keys')).toBeVisible();
    await shoot(page, 'settings-390');
  });
});

test.describe('compact', () => {
  test('compact rows', async ({ workbench: page }) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('compact');
    await page.keyboard.press('Enter');
    await open(page, 'refund', 1);
    await shoot(page, 'reading-compact');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('comfortable');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-density', 'comfortable');
  });
});

for (const [locale, name] of [
  ['de-DE', 'german'],
  ['ar-XB', 'pseudo'],
] as const) {
  test.describe(name, () => {
    test.use({ locale });

    test(`each screen in ${name}`, async ({ page, demoApp }) => {
      await page.goto(await demoApp.link());
      for (const screen of ['search', 'dashboard', 'cases', 'coverage', 'custody', 'settings']) {
        await go(page, `/${screen}`);
        await expect(page.locator('main').first()).toBeVisible();
        await expect(page.locator('main [role="status"]')).toHaveCount(0);
        await page.waitForTimeout(2000);
        await shoot(page, `${screen}-${name}`);
      }
    });
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`figures in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test(`the dashboard in ${colorScheme}`, async ({ page, demoApp }) => {
      await page.goto(await demoApp.link());
      for (const [width, height] of [
        [1440, 900],
        [1100, 700],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        await go(page, '/dashboard');
        await expect(page.getByRole('figure').last()).toBeVisible();
        await page.evaluate(() => document.fonts.ready);
        await shoot(page, `dashboard-${colorScheme}-${width}`);
      }
    });
  });
}
