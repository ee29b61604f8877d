import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ArchiveEvent } from '../../preload/contract.ts';
import { createWebBridge } from '../../preload/web.ts';
import { startWeb, type TestWeb } from './support-web.ts';

/** As much of a page as the bridge touches; requests go to the real web host over real HTTP. */
function openPage(link: string, storage = new Map<string, string>()) {
  const url = new URL(link);
  const nodeFetch = globalThis.fetch;
  let address = url.href;
  vi.stubGlobal('location', url);
  vi.stubGlobal('history', {
    replaceState: (_state: unknown, _title: string, path: string) => (address = new URL(path, url).href),
  });
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
  });
  const wires: AbortController[] = [];
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
    const wire = new AbortController();
    wires.push(wire);
    const signal = init.signal ? AbortSignal.any([init.signal, wire.signal]) : wire.signal;
    return nodeFetch(new URL(path, url.origin), { ...init, signal });
  });
  /** What a laptop's sleep or a lost network does to the connections that are open. */
  const cutConnections = () => {
    for (const wire of wires.splice(0)) wire.abort();
  };
  return { storage, address: () => address, cutConnections };
}

let served: TestWeb;
beforeEach(async () => {
  served = await startWeb();
});
afterEach(() => vi.unstubAllGlobals());

const call = (bridge: ReturnType<typeof createWebBridge>, id = crypto.randomUUID()) => bridge.call('app.info', {}, id);

test('a page opened by its link may call, and the token is gone from its address', async () => {
  const page = openPage(served.web.createLink());
  const bridge = createWebBridge();
  expect(page.address()).toBe(`${served.web.origin}/`);
  expect(await call(bridge)).toMatchObject({ ok: true, value: { host: 'web' } });
});

test('a reloaded tab goes on with the bearer it has', async () => {
  const { storage } = openPage(served.web.createLink());
  await call(createWebBridge());
  vi.unstubAllGlobals();
  openPage(served.web.origin, storage);
  expect(await call(createWebBridge())).toMatchObject({ ok: true });
});

test('a spent link in a tab that has a session still works there', async () => {
  const link = served.web.createLink();
  const { storage } = openPage(link);
  await call(createWebBridge());
  vi.unstubAllGlobals();
  openPage(link, storage);
  expect(await call(createWebBridge())).toMatchObject({ ok: true });
});

test.each([
  ['without a link', () => served.web.origin],
  ['by a forged link', () => `${served.web.origin}/#token=${'A'.repeat(43)}`],
])('a page opened %s is told to open a new link', async (_what, link) => {
  openPage(link());
  const reply = await call(createWebBridge());
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'unauthorised-caller', hint: expect.stringContaining('link') },
  });
});

const settings = (accountId: string) => ({
  settings: { accountId },
  credentials: { type: 'oauth2' as const, clientId: 'a', clientSecret: 'b' },
});

test('every listener hears events, until it unsubscribes', async () => {
  openPage(served.web.createLink());
  const bridge = createWebBridge();
  const heard: string[] = [];
  const unsubscribe = bridge.subscribe((event) => void heard.push(`first ${event.type}`));
  const next = () => new Promise<ArchiveEvent>((resolve) => void bridge.subscribe(resolve));
  await call(bridge);
  while (served.web.openStreams() === 0) await call(bridge);
  const first = next();
  await bridge.call('accounts.add', settings('0'), crypto.randomUUID());
  expect(await first).toEqual({ type: 'accounts-changed' });
  unsubscribe();
  const before = heard.length;
  expect(before).toBeGreaterThan(0);
  const again = next();
  await bridge.call('accounts.remove', { accountId: '0' }, crypto.randomUUID());
  await again;
  expect(heard).toHaveLength(before);
});

test('when the app stops, calls say so instead of hanging or throwing', async () => {
  openPage(served.web.createLink());
  const bridge = createWebBridge();
  await call(bridge);
  await served.web.close();
  expect(await call(bridge)).toMatchObject({ ok: false, error: { code: 'engine-restarted', retryable: true } });
});

test('a cancelled call resolves as cancelled', async () => {
  openPage(served.web.createLink());
  const bridge = createWebBridge();
  await call(bridge);
  const { host } = served;
  const { promise, resolve } = Promise.withResolvers<void>();
  const original = host.call.bind(host);
  host.call = (name, input, options) => (resolve(), original(name, input, options));
  // The engine has to start first, which leaves time to cancel.
  const pending = bridge.call('search.count', { query: 'x' }, 'the-id');
  await promise;
  bridge.cancel('the-id');
  expect(await pending).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

test('a page whose stream was cut asks for everything again once it is back', async () => {
  const page = openPage(served.web.createLink());
  const bridge = createWebBridge();
  const heard: ArchiveEvent['type'][] = [];
  const { promise: back, resolve } = Promise.withResolvers<void>();
  bridge.subscribe((event) => {
    heard.push(event.type);
    if (event.type === 'archive-changed') resolve();
  });
  while (served.web.openStreams() === 0) await call(bridge);
  page.cutConnections();
  await back;
  expect(heard).toEqual(['engine-restarted', 'accounts-changed', 'archive-changed']);
});
