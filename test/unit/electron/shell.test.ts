import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import type { IpcMain, Session, WebContents } from 'electron';
import { expect, test, vi } from 'vitest';
import { channels } from '../../../preload/channels.ts';
import type { Reply } from '../../../preload/envelope.ts';
import { isAppUrl, isExternalLink } from '../../../main/electron/app-origin.ts';
import { ReloadBudget } from '../../../main/electron/crash.ts';
import { connectIpc } from '../../../main/electron/ipc.ts';
import { readDeepLink, readLaunch } from '../../../main/electron/launch.ts';
import { menuTemplate } from '../../../main/electron/menu.ts';
import { appSchemes, createAppHandler } from '../../../main/electron/protocol.ts';
import { lockSession } from '../../../main/electron/security.ts';
import { windowOptions } from '../../../main/electron/window.ts';
import type { Host } from '../../../main/host/host.ts';

test('the window asks for every protection that Electron offers a page', () => {
  const { webPreferences } = windowOptions('/preload.cjs');
  expect(webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
  });
  expect(webPreferences).not.toHaveProperty('enableBlinkFeatures');
});

test('the scheme has no privilege beyond what the page needs', () => {
  expect(appSchemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
});

test.each([
  ['app://archive/', true],
  ['app://archive/#/search?q=x', true],
  ['app://archive.attacker.example/', false],
  ['app://user@archive/', false],
  ['app://other/', false],
  ['https://archive/', false],
  ['file:///archive/index.html', false],
  ['javascript:alert(1)', false],
  ['', false],
])('%s is our page: %s', (url, expected) => expect(isAppUrl(url)).toBe(expected));

test('only plain https links are opened outside, whatever the text', () => {
  expect(isExternalLink('https://developers.liveperson.com/x')).toBe(true);
  for (const url of [
    'http://a.example',
    'file:///etc/passwd',
    'smb://host/share',
    'https://user:pw@host.example',
    'ms-msdt:/id',
    'javascript:1',
  ]) {
    expect(isExternalLink(url)).toBe(false);
  }
  fc.assert(
    fc.property(fc.string(), (text) => !isExternalLink(text) || text.trim().toLowerCase().startsWith('https:')),
  );
});

test('the protocol handler gives the page its files with their headers, and nothing to other hosts and methods', async () => {
  const handler = createAppHandler({
    get: (path) => Promise.resolve({ status: 200, headers: { 'X-Path': path }, body: new Uint8Array([1]) }),
  });
  const answer = await handler(new Request('app://archive/index.html?x=1'));
  expect([answer.status, answer.headers.get('x-path')]).toEqual([200, '/index.html']);
  expect((await handler(new Request('app://other/index.html'))).status).toBe(404);
  expect((await handler(new Request('app://archive/', { method: 'POST', body: 'x' }))).status).toBe(404);
});

test('every permission but two is denied, when asked for and when checked', () => {
  const handlers: { request?: Function; check?: Function; device?: Function } = {};
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: Function) => (handlers.request = handler),
    setPermissionCheckHandler: (handler: Function) => (handlers.check = handler),
    setDevicePermissionHandler: (handler: Function) => (handlers.device = handler),
    setSpellCheckerEnabled: () => undefined,
  });
  lockSession(session as unknown as Session);
  const ask = (permission: string, url: string) => {
    const callback = vi.fn<(granted: boolean) => void>();
    handlers.request?.(null, permission, callback, { requestingUrl: url });
    return callback.mock.calls[0]?.[0];
  };
  expect(ask('fullscreen', 'app://archive/')).toBe(true);
  expect(ask('fullscreen', 'https://attacker.example/')).toBe(false);
  expect(ask('media', 'app://archive/')).toBe(false);
  expect(handlers.check?.(null, 'clipboard-sanitized-write', 'app://archive')).toBe(true);
  expect(handlers.check?.(null, 'clipboard-read', 'app://archive')).toBe(false);
  expect(handlers.device?.({})).toBe(false);
  const preventDefault = vi.fn<() => void>();
  const download = (url: string) => session.emit('will-download', { preventDefault }, { getURL: () => url });
  download('https://attacker.example/tool.exe');
  download('blob:https://attacker.example/3b1f');
  download('blob:app://archive.attacker.example/3b1f');
  expect(preventDefault).toHaveBeenCalledTimes(3);
  download('blob:app://archive/3b1f');
  expect(preventDefault).toHaveBeenCalledTimes(3);
});

class FakeIpc extends EventEmitter {
  handler: Function | undefined;
  handle(_channel: string, handler: Function) {
    this.handler = handler;
  }
  removeHandler() {
    this.handler = undefined;
  }
}

function gate() {
  const call = vi.fn<Host['call']>().mockResolvedValue({ ok: true, value: 1 });
  const cancel = vi.fn<Host['cancel']>();
  const host = { call, cancel, subscribe: () => () => undefined } as unknown as Host;
  const ipc = new FakeIpc();
  const mainFrame = { origin: 'app://archive' };
  const contents = { mainFrame, isDestroyed: () => false, send: vi.fn<() => void>() } as unknown as WebContents;
  const disconnect = connectIpc(ipc as unknown as IpcMain, host, () => contents);
  return { call, cancel, ipc, mainFrame, contents, disconnect };
}

test('the gate answers the main frame of our window', async () => {
  const { ipc, mainFrame, contents, call } = gate();
  expect(await ipc.handler?.({ sender: contents, senderFrame: mainFrame }, 'jobs.list', {}, 'id')).toEqual({
    ok: true,
    value: 1,
  });
  expect(call).toHaveBeenCalledWith('jobs.list', {}, { callId: 'id' });
});

test.each([
  [
    'a frame inside the page',
    (own: ReturnType<typeof gate>) => ({ sender: own.contents, senderFrame: { origin: 'app://archive' } }),
  ],
  ['a frame that is gone', (own: ReturnType<typeof gate>) => ({ sender: own.contents, senderFrame: null })],
  ['another window', (own: ReturnType<typeof gate>) => ({ sender: {}, senderFrame: own.mainFrame })],
])('the gate refuses %s aloud and asks the host nothing', async (_name, event) => {
  const own = gate();
  const reply = (await own.ipc.handler?.(event(own), 'jobs.list', {}, 'id')) as Reply<unknown>;
  expect(reply).toMatchObject({ ok: false, error: { code: 'unauthorised-caller' } });
  own.ipc.emit(channels.cancel, event(own), 'id');
  expect(own.call).not.toHaveBeenCalled();
  expect(own.cancel).not.toHaveBeenCalled();
});

test('the gate refuses our window when it shows another origin', async () => {
  const own = gate();
  own.mainFrame.origin = 'https://attacker.example';
  expect(
    await own.ipc.handler?.({ sender: own.contents, senderFrame: own.mainFrame }, 'jobs.list', {}, 'id'),
  ).toMatchObject({ ok: false });
});

test('a launch reads its options from between the switches of Chromium', () => {
  expect(
    readLaunch(['app', '--no-first-run', '--archive=/a b', '--demo', 'transcript-archive://open/search?q=x']),
  ).toEqual({
    archive: '/a b',
    demo: true,
    allowUnprotectedSecrets: false,
    hash: '/search?q=x',
  });
});

test('a deep link only ever names a place of the app', () => {
  expect(readDeepLink('transcript-archive://open/coverage')).toBe('/coverage');
  for (const link of [
    'transcript-archive://evil/search',
    'transcript-archive://open/settings/../x',
    'https://open/search',
    `transcript-archive://open/search?q=${'x'.repeat(5000)}`,
  ]) {
    expect(readDeepLink(link)).toBeNull();
  }
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      const place = readDeepLink(`transcript-archive://open${path}`);
      return place === null || /^\/(?:search|coverage|settings)(?:\?|$)/u.test(place);
    }),
  );
});

test('a page that keeps failing is loaded again three times a minute and no more', () => {
  const budget = new ReloadBudget();
  expect([budget.take(0), budget.take(1), budget.take(2), budget.take(3)]).toEqual([true, true, true, false]);
  expect(budget.take(60_001)).toBe(true);
});

test.each(['darwin', 'win32', 'linux'] as const)(
  'the menu of %s offers no developer tools in a package',
  (platform) => {
    const actions = { goTo: () => undefined, openLogs: () => undefined };
    expect(JSON.stringify(menuTemplate(platform, true, actions))).not.toContain('toggleDevTools');
    expect(JSON.stringify(menuTemplate(platform, false, actions))).toContain('toggleDevTools');
  },
);
