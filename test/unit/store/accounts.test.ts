import { describe, expect, it } from 'vitest';
import { addAccount, getAccount, listAccounts, removeAccount } from '../../../main/archive/store/accounts.ts';
import { readSetting, writeSetting } from '../../../main/archive/store/settings.ts';
import { accountSchema, type AccountSettings } from '../../../preload/model.ts';
import { chatText, openTestWriter, take } from './support.ts';

const settings: AccountSettings = {
  accountId: '12345678',
  sources: ['chat', 'messaging'],
  label: 'Cards',
  domainApi: 'https://gateway.example',
  requestIntervalMs: 500,
  retryBaseMs: 5000,
  since: 1_700_000_000_000,
};
const real = { demo: false, now: 1000 };

function failure(code: string): Error {
  return expect.objectContaining({ code }) as Error;
}

describe('accounts', () => {
  it('are given back as they were added', () => {
    const { db } = openTestWriter();
    const account = addAccount(db, settings, 'oauth2', real);
    const { key, ...shown } = account;
    expect(accountSchema.parse(shown)).toEqual({ ...settings, credentialType: 'oauth2', demo: false, addedAt: 1000 });
    expect(listAccounts(db)).toEqual([account]);
    expect(getAccount(db, '12345678').key).toBe(key);
  });

  it('are added once', () => {
    const { db } = openTestWriter();
    addAccount(db, settings, 'oauth2', real);
    expect(() => addAccount(db, settings, 'oauth1', real)).toThrow(failure('conflict'));
    expect(() => getAccount(db, '1')).toThrow(failure('not-found'));
  });

  it('leave their conversations behind when they are removed, and find them again when they come back', () => {
    const writer = openTestWriter();
    const account = addAccount(writer.db, settings, 'oauth2', real);
    take(writer, account, 'chat', [chatText()]);
    removeAccount(writer.db, '12345678', 2000);
    expect(listAccounts(writer.db)).toEqual([]);
    expect(listAccounts(writer.db, { removed: true })).toHaveLength(1);
    expect(() => getAccount(writer.db, '12345678')).toThrow(failure('not-found'));
    expect(() => removeAccount(writer.db, '12345678', 2000)).toThrow(failure('not-found'));
    const again = addAccount(writer.db, settings, 'oauth1', { demo: false, now: 3000 });
    expect(again).toMatchObject({ key: account.key, credentialType: 'oauth1', addedAt: 1000 });
    expect(take(writer, again, 'chat', [chatText()])[0]?.outcome).toBe('unchanged');
  });

  it('that only hold imported records can be connected later', () => {
    const { db } = openTestWriter();
    const imported = addAccount(db, settings, 'none', real);
    expect(addAccount(db, settings, 'oauth2', real)).toMatchObject({ key: imported.key, credentialType: 'oauth2' });
  });

  it('never mix invented conversations with real ones', () => {
    const { db } = openTestWriter();
    addAccount(db, settings, 'none', real);
    expect(() => addAccount(db, settings, 'oauth2', { demo: true, now: 1 })).toThrow(failure('conflict'));
  });
});

describe('settings of the archive', () => {
  it('keep any JSON value and can be forgotten', () => {
    const { db } = openTestWriter();
    expect(readSetting(db, 'erasure')).toBeUndefined();
    writeSetting(db, 'erasure', { policy: 'ask', days: [1, 2] });
    expect(readSetting(db, 'erasure')).toEqual({ policy: 'ask', days: [1, 2] });
    writeSetting(db, 'erasure', null);
    expect(readSetting(db, 'erasure')).toBeNull();
    writeSetting(db, 'erasure', undefined);
    expect(readSetting(db, 'erasure')).toBeUndefined();
  });
});
