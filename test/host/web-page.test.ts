import { expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../main/host/csp.ts';
import { startWebHost } from '../../main/web/server.ts';
import { startHost } from './support.ts';
import { startWeb } from './support-web.ts';

test.each(['/', '/assets/index-abc.js', '/nothing', '/api/call'])(
  'the answer for %s carries every security header',
  async (path) => {
    const { web } = await startWeb();
    const { headers } = await fetch(web.origin + path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers.get('set-cookie')).toBeNull();
  },
);

test('the page is never cached, what its name identifies is cached for good', async () => {
  const { web } = await startWeb();
  const cacheOf = async (path: string) => (await fetch(web.origin + path)).headers.get('cache-control');
  expect(await cacheOf('/')).toBe('no-store');
  expect(await cacheOf('/assets/index-abc.js')).toContain('immutable');
  expect(await cacheOf('/api/call')).toBe('no-store');
});

test('HEAD answers like GET without a body, and other methods are refused', async () => {
  const { web } = await startWeb();
  const head = await fetch(web.origin, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetch(web.origin, { method: 'PUT' })).status).toBe(405);
});

test('a call is answered by the host', async () => {
  const { post, folder } = await startWeb();
  const response = await post('/api/call', { name: 'app.info', input: {}, callId: 'one' });
  expect(await response.json()).toMatchObject({ ok: true, value: { host: 'web', archiveFolder: folder } });
});

test('events arrive as lines as soon as they happen', async () => {
  const { web, bearer, host, post } = await startWeb();
  const response = await fetch(`${web.origin}/api/events`, { headers: { Authorization: `Bearer ${bearer}` } });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  // The first, blank line says that nothing is missed from now on.
  expect((await reader.read()).value).toBe('\n');
  await post('/api/call', {
    name: 'accounts.add',
    input: { settings: { accountId: '1' }, credentials: { type: 'oauth2', clientId: 'a', clientSecret: 'b' } },
  });
  expect((await reader.read()).value).toBe('{"type":"accounts-changed"}\n');
  await reader.cancel();
  await host.close();
});

test('closing the web host ends open event streams', async () => {
  const { web, bearer } = await startWeb();
  const response = await fetch(`${web.origin}/api/events`, { headers: { Authorization: `Bearer ${bearer}` } });
  const rest = response.text().catch(() => 'cut');
  await web.close();
  await rest;
  await expect(fetch(web.origin)).rejects.toThrow();
});

test('a second server on the same port is refused in words', async () => {
  const first = await startWeb();
  await expect(startWeb({ port: first.web.port })).rejects.toMatchObject({ code: 'conflict' });
});

test('without a built page the web host does not start and says what to do', async () => {
  const { host } = await startHost();
  const start = startWebHost({ host, rendererFolder: '/nowhere', port: 0 });
  await expect(start).rejects.toMatchObject({
    code: 'path-unavailable',
    hint: expect.stringContaining('npm run build'),
  });
});
