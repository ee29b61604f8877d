import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { startApp, type App } from './app.ts';

interface TestFixtures {
  /** Every page of a test is watched: see `watch`. */
  watched: void;
  /** An app whose archive is empty. */
  emptyApp: App;
  /** The page of the app with the demo account, on the search screen. */
  workbench: Page;
}

interface WorkerFixtures {
  /** An app that holds the whole demo account; tests that share it change nothing in it. */
  demoApp: App;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  watched: [
    async ({ page, context }, use) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const findings = await watch(page);
      await use();
      expect(findings, 'console errors, policy violations, foreign requests').toEqual([]);
    },
    { auto: true },
  ],
  emptyApp: async ({ page }, use) => {
    const app = await startApp();
    await use(app);
    // The page must not outlive its app: it would report the cut event stream.
    await page.goto('about:blank');
    await app.close();
  },
  demoApp: [
    // Playwright reads what a fixture needs from this pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const app = await startApp();
      await app.fill();
      await use(app);
      await app.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  workbench: async ({ page, demoApp }, use) => {
    await page.goto(await demoApp.link());
    await expect(page.getByRole('listbox', { name: 'Results' })).toBeVisible();
    await use(page);
  },
});

export { expect };

/** Collects what must never happen on any page: errors, violations of the policy, requests that leave this machine. */
async function watch(page: Page): Promise<string[]> {
  const findings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') findings.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => findings.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (hostname !== '127.0.0.1' && protocol !== 'data:' && protocol !== 'blob:')
      findings.push(`request: ${request.url()}`);
  });
  await page.exposeFunction('reportViolation', (text: string) => findings.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as unknown as { reportViolation(text: string): void }).reportViolation;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return findings;
}

/** Goes to another address of the app that is open. */
export async function go(page: Page, address: string): Promise<void> {
  await page.goto(`${page.url().split('#')[0]}#${address}`);
}

/** All of axe's rules for WCAG 2.2 AA, on the page as it is. */
export async function expectAccessible(page: Page): Promise<void> {
  const report = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const violations = report.violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes
      .slice(0, 5)
      .map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary?.split('\n')[1] ?? ''}`),
  }));
  expect(violations).toEqual([]);
}

/** A dialog that is open and takes what is typed. */
export async function expectReady(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('dialog', { name }).locator('input, textarea').first()).toBeFocused();
}
