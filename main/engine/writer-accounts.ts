import type { Account } from '../../preload/model.ts';
import { accountSettingsSchema } from '../../preload/model.ts';
import { ArchiveError } from '../../preload/errors.ts';
import { appendAction } from '../archive/evidence/log.ts';
import { discoveryOrigin } from '../archive/liveperson/hosts.ts';
import { testAccount } from '../archive/liveperson/test-account.ts';
import { addAccount, getAccount, removeAccount, type StoredAccount } from '../archive/store/accounts.ts';
import { clientsFor } from './remote.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

/** Adding, testing and removing accounts. Secrets pass through to the host's store and are not kept here. */
export function accountHandlers(context: WriterContext) {
  const { archive, host, clock, actor } = context;
  const { db } = archive;

  function store(work: () => StoredAccount, kind: string, details: Record<string, unknown>): StoredAccount {
    const account = db
      .transaction(() => {
        const stored = work();
        const subjects = [`account:${stored.accountId}`];
        appendAction(db, { kind, time: clock.now(), subjects, details }, actor);
        return stored;
      })
      .immediate();
    host.emit({ type: 'accounts-changed' });
    return account;
  }

  return {
    async 'accounts.add'({ settings, credentials }) {
      const { accountId } = settings;
      // Refused now, not at the first sync: credentials must never go over plain http to another machine.
      discoveryOrigin(settings.domainApi ?? null);
      const details = {
        credentialType: credentials.type,
        sources: settings.sources,
        domainApi: settings.domainApi ?? null,
      };
      const account = store(
        () => addAccount(db, settings, credentials.type, { demo: false, now: clock.now() }),
        'account-added',
        details,
      );
      try {
        await host.ask({ what: 'keep-credentials', accountId, credentials });
      } catch (error) {
        // An account whose secrets could not be kept would fail at every sync: take it back.
        store(() => remove(accountId), 'account-removed', { because: 'its credentials could not be kept' });
        throw error;
      }
      return withoutKey(account);
    },

    'accounts.addDemo'({ accountId }) {
      const existing = findAccount(accountId);
      if (existing?.demo === true) return withoutKey(existing);
      const settings = accountSettingsSchema.parse({
        accountId,
        label: 'Demo account',
        requestIntervalMs: 0,
        retryBaseMs: 100,
      });
      const add = () => addAccount(db, settings, 'oauth2', { demo: true, now: clock.now() });
      return withoutKey(store(add, 'account-added', { demo: true }));
    },

    async 'accounts.test'({ accountId }, signal) {
      const account = getAccount(db, accountId);
      if (account.credentialType === 'none') {
        throw new ArchiveError(
          'secret-unavailable',
          `Account ${accountId} has no credentials: its records were imported.`,
          {
            hint: 'Add it with its credentials to sync it.',
            details: { accountId },
          },
        );
      }
      const client = (await clientsFor([account], context))(account);
      return testAccount(client, account, clock.now(), signal);
    },

    async 'accounts.remove'({ accountId }) {
      const { demo } = store(() => remove(accountId), 'account-removed', {});
      if (!demo) await host.ask({ what: 'forget-credentials', accountId });
      return {};
    },
  } satisfies Pick<Handlers<'write'>, 'accounts.add' | 'accounts.addDemo' | 'accounts.test' | 'accounts.remove'>;

  function remove(accountId: string): StoredAccount {
    const account = getAccount(db, accountId);
    removeAccount(db, accountId, clock.now());
    return account;
  }

  function findAccount(accountId: string): StoredAccount | undefined {
    try {
      return getAccount(db, accountId);
    } catch (error) {
      if (error instanceof ArchiveError && error.code === 'not-found') return undefined;
      throw error;
    }
  }
}

/** The row number is the store's own business; the contract's answer is strict. */
function withoutKey({ key: _key, ...account }: StoredAccount): Account {
  return account;
}
