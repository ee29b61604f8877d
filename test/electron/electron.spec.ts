/** The same shell against the real program. Run wherever it is; the test command says so where it is not. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { temporaryFolder } from './shell.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const executablePath = process.env['TRANSCRIPT_ARCHIVE_TEST_ELECTRON'] ?? '';

interface Fixtures {
  electron: ElectronApplication;
  page: Page;
}

const test = base.extend<Fixtures>({
  // Playwright reads the fixture's first argument by its pattern.
  // eslint-disable-next-line no-empty-pattern
  electron: async ({}, use) => {
    const folder = temporaryFolder();
    const electron = await _electron.launch({
      executablePath,
      cwd: root,
      args: [
        '.',
        `--archive=${join(folder, 'archive')}`,
        `--user-data-dir=${join(folder, 'user')}`,
        '--allow-unprotected-secrets',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
      env: { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), XDG_STATE_HOME: join(folder, 'state') },
    });
    await use(electron);
    await electron.close();
  },
  page: async ({ electron }, use) => {
    const page = await electron.firstWindow();
    await page.waitForLoadState();
    await use(page);
  },
});

test('the window shows our page from its own scheme, with the policy that the web host sends', async ({ page }) => {
  expect(page.url()).toMatch(/^app:\/\/archive\//u);
  const policy = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'));
  expect(policy).toContain("default-src 'none'");
});

test('the page has the bridge and nothing of Node or Electron', async ({ page }) => {
  const globals = await page.evaluate(() => ({
    bridge: Object.keys((window as unknown as { archive: object }).archive).toSorted(),
    require: typeof (window as unknown as { require?: unknown }).require,
    process: typeof (window as unknown as { process?: unknown }).process,
  }));
  expect(globals).toEqual({
    bridge: ['call', 'cancel', 'host', 'subscribe'],
    require: 'undefined',
    process: 'undefined',
  });
});

test('an engine process opens the archive from inside the app', async ({ page }) => {
  const reply = await page.evaluate(() =>
    (
      window as unknown as { archive: { call(name: string, input: unknown, id: string): Promise<unknown> } }
    ).archive.call('accounts.list', {}, crypto.randomUUID()),
  );
  expect(reply).toEqual({ ok: true, value: [] });
});

test('navigation away is refused by the real navigation events', async ({ page }) => {
  await page.evaluate(() => {
    location.href = 'https://attacker.example/';
  });
  await page.waitForTimeout(500);
  expect(page.url()).toMatch(/^app:\/\/archive\//u);
});

test('only one instance runs and the second one ends at once', async ({ electron }) => {
  expect(await electron.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true);
});
