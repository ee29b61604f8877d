import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { Reply } from '../../preload/envelope.ts';
import type { DesktopState } from './stand-in/state.ts';
import { launchShell, startProcess, type Shell } from './shell.ts';

const test = base.extend<{ shell: Shell }>({
  // Playwright reads the fixture's first argument by its pattern.
  // eslint-disable-next-line no-empty-pattern
  shell: async ({}, use) => {
    const shell = await launchShell();
    await use(shell);
    await shell.close();
  },
});

async function call(shell: Shell, name: string, input: unknown): Promise<Reply<unknown>> {
  return shell.page.evaluate(
    ([callName, callInput]) =>
      (
        window as unknown as { archive: { call(name: string, input: unknown, id: string): Promise<Reply<unknown>> } }
      ).archive.call(callName, callInput, crypto.randomUUID()),
    [name, input] as const,
  );
}

test('the window opens the page from its own scheme and the bridge answers', async ({ shell }) => {
  await shell.page.waitForLoadState();
  expect(await call(shell, 'app.info', {})).toMatchObject({ ok: true, value: { host: 'electron' } });
  const state = await shell.ask<DesktopState>({ ask: 'state' });
  expect(state).toMatchObject({ schemes: ['app'], sandboxed: true, crashReporterUploads: false, errorBoxes: [] });
});

test('the demo account is connected, synced, searched and exported through the shell', async ({ shell }) => {
  test.setTimeout(120_000);
  expect(await call(shell, 'demo.connect', {})).toMatchObject({ ok: true, value: { demo: true } });
  expect(await call(shell, 'sync.start', {})).toMatchObject({ ok: true });
  await expect.poll(() => jobState(shell, 'sync'), { timeout: 90_000 }).toBe('done');
  const count = await call(shell, 'search.count', { query: 'refund' });
  expect(count.ok && (count.value as { total: number }).total).toBeGreaterThan(0);
  const out = join(shell.folder, 'package');
  expect(await call(shell, 'export.start', { query: 'refund', formats: ['ndjson'], out })).toMatchObject({ ok: true });
  await expect.poll(() => jobState(shell, 'export'), { timeout: 60_000 }).toBe('done');
  expect(readdirSync(out)).toContain('VERIFY.txt');
});

async function jobState(shell: Shell, kind: string): Promise<string> {
  const reply = await call(shell, 'jobs.list', {});
  const jobs = reply.ok ? (reply.value as { kind: string; state: string }[]) : [];
  return jobs.find((job) => job.kind === kind)?.state ?? 'none';
}

test('secrets go through the keychain and stand in no file in the clear', async ({ shell }) => {
  const secret = 'a-secret-that-must-not-be-found';
  const added = await call(shell, 'accounts.add', {
    settings: { accountId: '12345678' },
    credentials: { type: 'oauth2', clientId: 'client', clientSecret: secret },
  });
  expect(added).toMatchObject({ ok: true });
  for (const entry of readdirSync(shell.folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name)).includes(secret)).toBe(false);
  }
});

test('without a keyring the credentials are refused until the user accepts that in words', async () => {
  const shell = await launchShell([], undefined, { STAND_IN_NO_KEYRING: '1' });
  const reply = await call(shell, 'accounts.add', {
    settings: { accountId: '12345678' },
    credentials: { type: 'oauth2', clientId: 'client', clientSecret: 'secret' },
  });
  expect(reply).toMatchObject({ ok: false, error: { code: 'secret-unprotected' } });
  await shell.close();
});

test('navigation away from the page is refused, and a link opens outside', async ({ shell }) => {
  await shell.page.evaluate(() => {
    location.href = 'https://attacker.example/';
  });
  await shell.page.evaluate(() => void window.open('https://help.example/page'));
  await expect
    .poll(async () => (await shell.ask<DesktopState>({ ask: 'state' })).openedLinks)
    .toEqual(['https://help.example/page']);
  expect(shell.page.url()).toMatch(/^https:\/\/archive\//u);
});

test('only harmless permissions are granted, and only to the page', async ({ shell }) => {
  const refused = { requested: false, checked: false, device: false };
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'usb']) {
    expect(await shell.ask({ ask: 'permission', permission, origin: 'app://archive' })).toEqual(refused);
  }
  expect(
    await shell.ask({ ask: 'permission', permission: 'clipboard-sanitized-write', origin: 'https://attacker.example' }),
  ).toEqual(refused);
  expect(
    await shell.ask({ ask: 'permission', permission: 'clipboard-sanitized-write', origin: 'app://archive' }),
  ).toEqual({
    ...refused,
    requested: true,
    checked: true,
  });
});

test('a path outside the page is not served', async ({ shell }) => {
  for (const path of [
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../main/electron.js',
    '/nothing',
  ]) {
    const status = await shell.page.evaluate(async (address) => (await fetch(address)).status, path);
    expect(status).toBe(404);
  }
});

test('calls that the contract does not offer to a window are refused by value', async ({ shell }) => {
  expect(await call(shell, 'no.such.call', {})).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  expect(await call(shell, 'custody.record', { kind: 'forged', details: {} })).toMatchObject({
    ok: false,
    error: { code: 'unauthorised-caller' },
  });
  expect(await call(shell, 'app.openLink', { url: 'file:///etc/passwd' })).toMatchObject({ ok: false });
});

test('a second start hands its deep link to the window that is there and ends', async ({ shell }) => {
  // An archive without accounts shows the welcome screen, whatever was asked for.
  expect(await call(shell, 'demo.connect', {})).toMatchObject({ ok: true });
  await shell.page.reload();
  const second = startProcess(shell.folder, ['transcript-archive://open/search?q=refund']);
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  await expect.poll(() => shell.page.url()).toContain('#/search?q=refund');
});

test('a deep link that names anything but a place of the app changes nothing', async ({ shell }) => {
  const before = shell.page.url();
  await shell.ask({ ask: 'open-url', url: 'transcript-archive://open/../../etc/passwd' });
  await shell.ask({ ask: 'open-url', url: 'transcript-archive://attacker/search' });
  expect(shell.page.url()).toBe(before);
});

test('quitting closes the archive cleanly and ends with 0', async ({ shell }) => {
  await call(shell, 'accounts.list', {});
  expect(await shell.quit()).toBe(0);
  expect(existsSync(join(shell.folder, 'archive', 'archive.sqlite-wal'))).toBe(false);
});

test('the folder dialog answers the page', async ({ shell }) => {
  await shell.ask({ ask: 'choose-folder', folder: shell.folder });
  expect(await call(shell, 'app.chooseFolder', { title: 'Export to' })).toEqual({
    ok: true,
    value: { folder: shell.folder },
  });
  expect(await call(shell, 'app.chooseFolder', { title: 'Export to' })).toEqual({ ok: true, value: { folder: null } });
});
