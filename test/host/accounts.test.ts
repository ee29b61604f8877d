import { expect, test } from 'vitest';
import type { Credentials } from '../../preload/model.ts';
import { ask, startHost } from './support.ts';

const credentials: Credentials = { type: 'oauth2', clientId: 'client', clientSecret: 'a-secret-nobody-may-see' };

test('an added account is listed by the reader and its credentials are kept by the host alone', async () => {
  const { host, events, secrets, logged } = await startHost();
  const account = await ask(host, 'accounts.add', { settings: { accountId: '12345678', label: 'Shop' }, credentials });
  expect(account).toMatchObject({ accountId: '12345678', label: 'Shop', credentialType: 'oauth2', demo: false });
  expect(await ask(host, 'accounts.list', {})).toEqual([account]);
  expect([...secrets.kept.values()].map((kept) => JSON.parse(kept))).toEqual([credentials]);
  expect(events).toContainEqual({ type: 'accounts-changed' });
  expect(JSON.stringify([account, events, logged])).not.toContain('a-secret');
});

test('an account whose credentials cannot be kept is taken back', async () => {
  const secrets = {
    get: () => Promise.resolve(undefined),
    set: () => Promise.reject(new Error('no keychain')),
    delete: () => Promise.resolve(),
    describe: () => '',
  };
  const { host } = await startHost({ secrets });
  await expect(ask(host, 'accounts.add', { settings: { accountId: '1' }, credentials })).rejects.toThrow('no keychain');
  expect(await ask(host, 'accounts.list', {})).toEqual([]);
});

test('removing an account forgets its credentials', async () => {
  const { host, secrets } = await startHost();
  await ask(host, 'accounts.add', { settings: { accountId: '1' }, credentials });
  await ask(host, 'accounts.remove', { accountId: '1' });
  expect(secrets.kept.size).toBe(0);
  expect(await ask(host, 'accounts.list', {})).toEqual([]);
});

test('the demo account is added once, and its public secrets are stored nowhere', async () => {
  const { host, secrets } = await startHost();
  const account = await ask(host, 'demo.connect', {});
  expect(account).toMatchObject({ demo: true, domainApi: null });
  expect(await ask(host, 'demo.connect', {})).toEqual(account);
  expect(secrets.kept.size).toBe(0);
});

test('testing the demo account signs in to both sources', async () => {
  const { host } = await startHost();
  const { accountId } = await ask(host, 'demo.connect', {});
  const result = await ask(host, 'accounts.test', { accountId });
  expect(result.sources.map(({ source }) => source)).toEqual(['chat', 'messaging']);
  for (const { recentConversations } of result.sources) expect(recentConversations).toBeGreaterThan(0);
});
