import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { raw, request, startWeb, statusOf, tokenOf, type TestWeb } from './support-web.ts';

/** After every attack the server must still serve its own page. */
async function expectAlive({ post }: TestWeb): Promise<void> {
  const response = await post('/api/call', { name: 'jobs.list', input: {} });
  expect(await response.json()).toEqual({ ok: true, value: [] });
}

const call = (name: string) => JSON.stringify({ name, input: {} });

test.each([
  ['evil.example'],
  ['127.0.0.1.evil.example'],
  ['127.0.0.1'],
  ['127.0.0.1:1'],
  ['localhost.evil.example'],
  ['[::ffff:127.0.0.1]'],
  ['0.0.0.0'],
  [''],
])('a request for the host %j is refused, whatever it resolves to', async (host) => {
  const attacked = await startWeb();
  const { port } = attacked.web;
  // Names without a port of their own come with the right one: only the name is wrong.
  const name = host === '' || host.includes(':1') || host === '127.0.0.1' ? host : `${host}:${port}`;
  const headers = { Host: name, Authorization: `Bearer ${attacked.bearer}`, 'Content-Type': 'application/json' };
  expect(statusOf(await raw(port, request('GET /', { Host: name })))).toBe(403);
  expect(statusOf(await raw(port, request('POST /api/call', headers, call('app.info'))))).toBe(403);
  await expectAlive(attacked);
});

test('a request without a host, or with two, is refused', async () => {
  const attacked = await startWeb();
  const { port } = attacked.web;
  expect(statusOf(await raw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'))).toBe(403);
  const two = `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
  expect(statusOf(await raw(port, two))).toBeGreaterThanOrEqual(400);
  await expectAlive(attacked);
});

test.each(['localhost', '127.0.0.1', '[::1]'])('its own page may be reached as %s', async (name) => {
  const { web } = await startWeb();
  expect(statusOf(await raw(web.port, request('GET /', { Host: `${name}:${web.port}` })))).toBe(200);
});

test.each([
  ['a foreign origin', { Origin: 'https://evil.example' }],
  ['the null origin of a sandboxed frame', { Origin: 'null' }],
  ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
  ['an origin that only begins like ours', { Origin: 'http://127.0.0.1:PORT.evil.example' }],
  ['our name under another scheme', { Origin: 'https://127.0.0.1:PORT' }],
  ['a cross-site page', { 'Sec-Fetch-Site': 'cross-site' }],
  ['a page of another port, which browsers call same-site', { 'Sec-Fetch-Site': 'same-site' }],
])('%s is refused even with a valid bearer', async (_what, headers) => {
  const attacked = await startWeb();
  const { port } = attacked.web;
  const filled = Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, v.replace('PORT', String(port))]));
  const all = {
    Host: `127.0.0.1:${port}`,
    Authorization: `Bearer ${attacked.bearer}`,
    'Content-Type': 'application/json',
    ...filled,
  };
  const answer = await raw(port, request('POST /api/call', all, call('app.info')));
  expect(statusOf(answer)).toBe(403);
  expect(answer.toLowerCase()).not.toContain('access-control-');
  expect(statusOf(await raw(port, request('GET /api/events', all)))).toBe(403);
  await expectAlive(attacked);
});

test('a preflight gets no permission', async () => {
  const { web } = await startWeb();
  const headers = { Host: `127.0.0.1:${web.port}`, 'Access-Control-Request-Method': 'POST' };
  const answer = await raw(web.port, request('OPTIONS /api/call', headers));
  expect(statusOf(answer)).toBe(405);
  expect(answer.toLowerCase()).not.toContain('access-control-allow');
});

test.each([
  ['no bearer', undefined],
  ['an empty one', 'Bearer '],
  ['a guessed one', `Bearer ${'A'.repeat(43)}`],
  ['one that is far too long', `Bearer ${'A'.repeat(5000)}`],
  ['another scheme', 'Basic dXNlcjpwYXNz'],
])('%s opens nothing', async (_what, authorization) => {
  const attacked = await startWeb();
  const { port } = attacked.web;
  const headers = {
    Host: `127.0.0.1:${port}`,
    'Content-Type': 'application/json',
    ...(authorization === undefined ? {} : { Authorization: authorization }),
  };
  for (const line of ['POST /api/call', 'POST /api/cancel', 'GET /api/events', 'POST /api/other']) {
    const answer = await raw(port, request(line, headers, line.startsWith('POST') ? call('app.info') : ''));
    expect([line, statusOf(answer)]).toEqual([line, 401]);
    expect(answer).not.toContain('archiveFolder');
  }
  await expectAlive(attacked);
});

test('a launch token works once, and its link keeps it out of what a browser sends', async () => {
  const { web } = await startWeb();
  const link = new URL(web.createLink());
  expect(link.pathname + link.search).toBe('/');
  const redeem = () =>
    fetch(`${web.origin}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: tokenOf(link.href) }),
    });
  expect((await redeem()).status).toBe(200);
  expect((await redeem()).status).toBe(401);
});

test('the bearer is not a launch token, and a launch token is not a bearer', async () => {
  const { web, bearer, post } = await startWeb();
  expect((await post('/api/session', { token: bearer })).status).toBe(401);
  const token = tokenOf(web.createLink());
  const response = await post('/api/call', { name: 'jobs.list', input: {} }, { Authorization: `Bearer ${token}` });
  expect(response.status).toBe(401);
});

test.each([
  '/../package.json',
  '/%2e%2e/package.json',
  '/..%2f..%2fetc/passwd',
  '/%2e%2e%2foutside.txt',
  '/assets/../../outside.txt',
  '/..\\outside.txt',
  '//etc/passwd',
  '/assets/%00index-abc.js',
  '/%',
  '/%c0%ae%c0%ae/outside.txt',
  '/assets/index-abc.js.map',
  '/assets/',
  '/.',
])('the path %s leads to no file', async (path) => {
  const { web } = await startWeb();
  const answer = await raw(web.port, request(`GET ${path}`, { Host: `127.0.0.1:${web.port}` }));
  expect(statusOf(answer)).toBe(404);
  expect(answer).not.toContain('outside\n');
});

test('a body that says it is too large is refused before it is sent', async () => {
  const attacked = await startWeb();
  const { port } = attacked.web;
  const headers = {
    Host: `127.0.0.1:${port}`,
    'Content-Type': 'application/json',
    Authorization: `Bearer ${attacked.bearer}`,
    'Content-Length': String(10 ** 12),
  };
  expect(statusOf(await raw(port, request('POST /api/call', headers)))).toBe(413);
  await expectAlive(attacked);
});

test('a launch request larger than any token is refused unread', async () => {
  const attacked = await startWeb();
  expect((await attacked.post('/api/session', { token: 'x'.repeat(2000) })).status).toBe(413);
  await expectAlive(attacked);
});

test('a body that turns out to be too large is cut off', async () => {
  const attacked = await startWeb();
  const { port } = attacked.web;
  const head = request('POST /api/call', {
    Host: `127.0.0.1:${port}`,
    'Content-Type': 'application/json',
    Authorization: `Bearer ${attacked.bearer}`,
    'Transfer-Encoding': 'chunked',
  });
  const chunk = `${(1024 * 1024).toString(16)}\r\n${'x'.repeat(1024 * 1024)}\r\n`;
  const answer = await raw(port, Buffer.from(head + chunk.repeat(6)));
  // The refusal may be lost when the server closes on what is still coming; that it closed is what counts.
  expect([413, 0]).toContain(statusOf(answer));
  await expectAlive(attacked);
});

test('a body that never ends is given up', async () => {
  const attacked = await startWeb({ requestTimeoutMs: 300 });
  const { port } = attacked.web;
  const headers = {
    Host: `127.0.0.1:${port}`,
    'Content-Type': 'application/json',
    Authorization: `Bearer ${attacked.bearer}`,
    'Content-Length': '100',
  };
  const answer = await raw(port, `${request('POST /api/call', headers)}{"name":`);
  expect([408, 0]).toContain(statusOf(answer));
  await expectAlive(attacked);
});

test('headers that never end are given up', async () => {
  const attacked = await startWeb({ requestTimeoutMs: 300 });
  const answer = await raw(attacked.web.port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1');
  expect([408, 0]).toContain(statusOf(answer));
  await expectAlive(attacked);
});

test.each([
  ['not JSON', 'name=app.info', 400],
  ['a JSON bomb of brackets', '['.repeat(200_000), 400],
  ['a polluting key', '{"name":"settings.set","input":{"__proto__":{"theme":"dark"}}}', 400],
  ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22]).toString('latin1'), 200],
  ['an array', '[]', 200],
  ['null', 'null', 200],
])('a body that is %s changes nothing', async (_what, body, status) => {
  const attacked = await startWeb();
  const response = await attacked.post('/api/call', body);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ ok: false });
  expect(({} as Record<string, unknown>)['theme']).toBeUndefined();
  await expectAlive(attacked);
});

test('a polluting constructor is refused by the contract', async () => {
  const attacked = await startWeb();
  const body = { name: 'settings.set', input: { constructor: { prototype: { polluted: true } } } };
  expect(await (await attacked.post('/api/call', body)).json()).toMatchObject({
    ok: false,
    error: { code: 'invalid-input' },
  });
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('a body of another type, which a foreign form could send, is refused', async () => {
  const { post } = await startWeb();
  const response = await post('/api/call', call('app.info'), { 'Content-Type': 'text/plain' });
  expect(response.status).toBe(415);
});

test('three thousand calls at once are answered or refused, and the next one is answered', async () => {
  const attacked = await startWeb();
  const statuses = await Promise.all(
    Array.from({ length: 3000 }, () =>
      attacked.post('/api/call', { name: 'jobs.list', input: {} }).then(
        async (response) => (await response.arrayBuffer(), response.status),
        () => 0,
      ),
    ),
  );
  expect(statuses.filter((status) => ![200, 503, 0].includes(status))).toEqual([]);
  expect(statuses).toContain(200);
  await expectAlive(attacked);
});

test('a thousand idle connections do not keep the page out', async () => {
  const attacked = await startWeb({ requestTimeoutMs: 300 });
  const sockets = Array.from({ length: 1000 }, () =>
    connect(attacked.web.port, '127.0.0.1').on('error', () => undefined),
  );
  await new Promise((resolve) => setTimeout(resolve, 100));
  await expectAlive(attacked);
  for (const socket of sockets) socket.destroy();
});

test('one tab cannot cancel the calls of another', async () => {
  const attacked = await startWeb();
  const cancelled: string[] = [];
  const { host } = attacked;
  const original = host.cancel.bind(host);
  host.cancel = (callId) => (cancelled.push(callId), original(callId));
  await attacked.post('/api/cancel', { callId: 'victim' });
  expect(cancelled).toEqual([expect.stringMatching(/^[0-9a-f-]{36}:victim$/u)]);
});

test('the port is closed to every other address of this machine', async () => {
  const { web } = await startWeb();
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others) {
    const outcome = await new Promise((resolve) => {
      const socket = connect(web.port, address);
      socket.on('connect', () => (socket.destroy(), resolve('open')));
      socket.on('error', () => resolve('closed'));
    });
    expect([address, outcome]).toEqual([address, 'closed']);
  }
});

test('an upgrade is not accepted', async () => {
  const attacked = await startWeb();
  const headers = { Host: `127.0.0.1:${attacked.web.port}`, Connection: 'Upgrade', Upgrade: 'websocket' };
  expect(statusOf(await raw(attacked.web.port, request('GET /api/events', headers)))).toBe(0);
  await expectAlive(attacked);
});
