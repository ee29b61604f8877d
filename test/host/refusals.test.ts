import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contract } from '../../preload/contract.ts';
import { jobEnd, startHost } from './support.ts';

test.each([['no.such.call'], ['__proto__'], ['constructor'], ['toString'], [42], [null], [{}]])(
  'a call named %j is refused',
  async (name) => {
    const { host } = await startHost();
    expect(await host.call(name, {})).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  },
);

test.each([
  ['an unknown field', 'search.count', { query: '', surprise: 1 }],
  ['a missing field', 'search.count', {}],
  ['a number for text', 'search.count', { query: 5 }],
  ['a page that is too long', 'search.page', { query: '', limit: 201 }],
  ['an account id with a slash', 'accounts.test', { accountId: '../1' }],
  ['nothing at all', 'search.count', undefined],
])('%s is refused before any engine starts', async (_what, name, input) => {
  const { host } = await startHost();
  const reply = await host.call(name, input);
  expect(reply).toMatchObject({ ok: false, error: { code: 'invalid-input', details: { call: name } } });
  expect(host.enginePids()).toEqual({});
});

test('a refusal never repeats what was sent', async () => {
  const { host } = await startHost();
  const reply = await host.call('accounts.add', {
    settings: { accountId: '1' },
    credentials: { type: 'oauth2', clientId: 'x', clientSecret: ['s3cr3t-value'] },
  });
  expect(reply.ok).toBe(false);
  expect(JSON.stringify(reply)).not.toContain('s3cr3t');
});

const internalCalls = Object.entries(contract).filter(([, definition]) => 'internal' in definition);

test.each(internalCalls)('a page may not make the internal call %s', async (name) => {
  const { host } = await startHost();
  expect(await host.call(name, {})).toMatchObject({ ok: false, error: { code: 'unauthorised-caller' } });
});

test('there are internal calls to refuse', () => expect(internalCalls.length).toBeGreaterThan(0));

test('what only the desktop can do is refused elsewhere by name', async () => {
  const { host } = await startHost();
  const reply = await host.call('app.chooseFolder', { title: 'x' });
  expect(reply).toMatchObject({ ok: false, error: { code: 'unsupported-here' } });
});

test('the desktop opens https links and no others', async () => {
  const opened: string[] = [];
  const desktop = {
    openLink: async (url: string) => void opened.push(url),
    chooseFolder: async () => null,
    showInFolder: async () => undefined,
  };
  const { host } = await startHost({ kind: 'electron', desktop });
  for (const url of ['http://example.com/', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share']) {
    expect(await host.call('app.openLink', { url })).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  }
  expect(await host.call('app.openLink', { url: 'https://example.com/' })).toEqual({ ok: true, value: {} });
  expect(opened).toEqual(['https://example.com/']);
});

test('two calls under way cannot share an id', async () => {
  const { host } = await startHost();
  const replies = await Promise.all([
    host.call('jobs.list', {}, { callId: 'same' }),
    host.call('jobs.list', {}, { callId: 'same' }),
  ]);
  expect(replies).toMatchObject([{ ok: true }, { ok: false, error: { code: 'conflict' } }]);
});

test('checking a package opens no archive and makes none', async () => {
  const started = await startHost();
  const reply = await started.host.call('verify.start', { path: join(started.folder, 'no-package') });
  const { jobId } = (reply.ok ? reply.value : {}) as { jobId: string };
  expect(await jobEnd(started, jobId)).toMatchObject({ kind: 'verify', state: 'failed' });
  expect(Object.keys(started.host.enginePids())).toEqual(['tool']);
  expect(existsSync(join(started.folder, 'archive.sqlite'))).toBe(false);
});
