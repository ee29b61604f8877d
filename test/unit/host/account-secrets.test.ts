import { expect, test } from 'vitest';
import { AccountSecrets } from '../../../main/host/account-secrets.ts';
import type { Credentials } from '../../../preload/model.ts';
import { memorySecrets } from '../../host/support.ts';

const credentials: Credentials = { type: 'oauth2', clientId: 'a', clientSecret: 'zebra' };
const others: Credentials = { type: 'oauth2', clientId: 'b', clientSecret: 'lion' };

test('two archives with the same account keep their credentials apart', async () => {
  const store = memorySecrets();
  const first = new AccountSecrets(store, '/one', {});
  const second = new AccountSecrets(store, '/two', {});
  await first.set('1', credentials);
  await second.set('1', others);
  await first.forget('1');
  expect(await second.get('1')).toEqual(others);
  await expect(first.get('1')).rejects.toMatchObject({ code: 'secret-unavailable' });
});

test('the same folder written in another way is the same archive', async () => {
  const store = memorySecrets();
  await new AccountSecrets(store, '/one/two/..', {}).set('1', credentials);
  expect(await new AccountSecrets(store, '/one', {}).get('1')).toEqual(credentials);
});

test('credentials of the environment serve accounts that have none stored, and no others', async () => {
  const environment = { TRANSCRIPT_ARCHIVE_CREDENTIALS: JSON.stringify(others) };
  const secrets = new AccountSecrets(memorySecrets(), '/one', environment);
  await secrets.set('1', credentials);
  expect(await secrets.get('1')).toEqual(credentials);
  expect(await secrets.get('2')).toEqual(others);
});

test.each([['not json'], ['{"type":"oauth2"}'], ['[]']])(
  'broken credentials in the environment (%s) are refused without repeating them',
  async (text) => {
    const secrets = new AccountSecrets(memorySecrets(), '/one', { TRANSCRIPT_ARCHIVE_CREDENTIALS: text });
    const refusal = await secrets.get('1').then(
      () => undefined,
      (error: Error) => error,
    );
    expect(refusal).toMatchObject({ code: 'secret-unavailable' });
    expect(refusal?.message).not.toContain(text);
  },
);
