import type { Page } from '@playwright/test';
import { expect, expectAccessible, go, test } from './support/test.ts';

const screens: readonly { name: string; open: (page: Page) => Promise<unknown> }[] = [
  { name: 'search', open: (page) => expect(page.getByRole('option').first()).toBeVisible() },
  {
    name: 'reading with hits',
    open: async (page) => {
      await go(page, '/search?q=card');
      await page
        .getByRole('option')
        .filter({ has: page.locator('mark') })
        .first()
        .click();
      await expect(page.locator('[data-transcript] mark').first()).toBeVisible();
    },
  },
  {
    name: 'private notes',
    open: async (page) => {
      await go(page, '/search?q=has%3Anote');
      await page.getByRole('option').first().click();
      await expect(page.locator('[data-private]').first()).toBeVisible();
    },
  },
  {
    name: 'facts',
    open: async (page) => {
      await page.getByRole('option').first().click();
      await page.getByRole('tab', { name: 'Facts' }).click();
      await expect(page.getByRole('heading', { name: 'Customer' })).toBeVisible();
    },
  },
  {
    name: 'original',
    open: async (page) => {
      await page.getByRole('option').first().click();
      await page.getByRole('tab', { name: 'Original' }).click();
      await expect(page.locator('pre')).toBeVisible();
    },
  },
  {
    name: 'a query that does not parse',
    open: async (page) => {
      await go(page, `/search?q=${encodeURIComponent('(card')}`);
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'nothing found',
    open: async (page) => {
      await go(page, '/search?q=xyzzyplugh');
      await expect(page.getByText('No conversation matches')).toBeVisible();
    },
  },
  {
    name: 'completion',
    open: async (page) => {
      await page.getByRole('combobox', { name: 'Search query' }).fill('country:');
      await expect(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
      await page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'a selection',
    open: async (page) => {
      await page.locator('#result-1').click({ modifiers: ['ControlOrMeta'] });
      await expect(page.getByRole('region', { name: 'Selected conversations' })).toBeVisible();
    },
  },
  {
    name: 'a term list',
    open: async (page) => {
      await page.getByRole('button', { name: 'More for this search' }).click();
      await page.getByRole('menuitem', { name: 'Term list…' }).click();
      await expect(page.getByRole('dialog', { name: 'Term list' })).toBeVisible();
    },
  },
  {
    name: 'a random sample',
    open: async (page) => {
      await expect(page.getByText(/^[\d,]+ conversations$/u)).toBeVisible();
      await page.getByRole('button', { name: 'More for this search' }).click();
      await page.getByRole('menuitem', { name: 'Review one by one…' }).click();
      await page.getByRole('radio', { name: 'A random sample' }).click();
      await expect(page.getByRole('textbox', { name: 'Seed' })).toBeVisible();
    },
  },
  {
    name: 'the tags of a conversation',
    open: async (page) => {
      await page.getByRole('option').first().click();
      await page.keyboard.press('t');
      await expect(page.getByRole('dialog', { name: 'Tag' })).toBeVisible();
    },
  },
  {
    name: 'a hold to be made',
    open: async (page) => {
      await page.getByRole('option').first().click();
      await page.keyboard.press('h');
      await expect(page.getByRole('dialog', { name: 'Hold' })).toBeVisible();
    },
  },
  {
    name: 'no cases yet',
    open: async (page) => {
      await go(page, '/cases');
      await expect(page.getByText(/^No case yet/u)).toBeVisible();
    },
  },
  {
    name: 'export',
    open: async (page) => {
      await page.getByRole('button', { name: 'Export…' }).click();
      await expect(page.getByRole('dialog').getByText('Formats')).toBeVisible();
    },
  },
  {
    name: 'coverage',
    open: async (page) => {
      await go(page, '/coverage');
      await expect(page.getByRole('table').first()).toBeVisible();
    },
  },
  {
    name: 'custody',
    open: async (page) => {
      await go(page, '/custody');
      await expect(page.getByRole('region', { name: 'Signed checkpoint' })).toBeVisible();
      await expect(page.getByRole('table').first()).toBeVisible();
    },
  },
  {
    name: 'settings',
    open: async (page) => {
      await go(page, '/settings');
      await expect(page.getByRole('radio', { name: 'Dark' })).toBeVisible();
    },
  },
  {
    name: 'connecting an account',
    open: async (page) => {
      await go(page, '/welcome');
      await expect(page.getByRole('textbox', { name: 'Account number' })).toBeVisible();
    },
  },
  {
    name: 'palette',
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    name: 'shortcuts',
    open: async (page) => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
];

test.describe('in light and dark', () => {
  test.use({ colorScheme: 'light', contextOptions: { reducedMotion: 'reduce' } });
  for (const { name, open } of screens) {
    test(`axe finds nothing wrong with ${name}`, async ({ workbench: page }) => {
      await open(page);
      await expectAccessibleInBoth(page);
    });
  }
  test('axe finds nothing wrong with the welcome screen', async ({ page, emptyApp }) => {
    await page.goto(await emptyApp.link());
    await expect(page.getByRole('button', { name: 'Open the demo' })).toBeVisible();
    await expectAccessibleInBoth(page);
  });
});

/** The page follows the system's appearance while it is open. */
async function expectAccessibleInBoth(page: Page): Promise<void> {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await expectAccessible(page);
  const light = await ground();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(ground).not.toBe(light);
  await expectAccessible(page);
}

test.describe('on 320 pixels, which is 1280 at 400 %', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('list and reader are two steps and nothing scrolls sideways', async ({ workbench: page }) => {
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await sideways()).toBe(0);
    await page.getByRole('option').first().click();
    await expect(page.getByRole('listbox')).toBeHidden();
    await expect(page.getByRole('region', { name: 'Transcript' })).toBeVisible();
    expect(await sideways()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Back' }).click();
    await expect(page.getByRole('listbox')).toBeVisible();
    for (const address of ['/cases', '/coverage', '/custody', '/settings', '/welcome']) {
      await go(page, address);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect(await sideways()).toBe(0);
    }
  });
});
