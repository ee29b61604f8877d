import { ArchiveError } from '../../preload/errors.ts';
import { listAccounts, getAccount, type StoredAccount } from '../archive/store/accounts.ts';
import { clientsFor } from './remote.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

/** Syncing. One history request at a time per account (liveperson-api.md), so one sync at a time per account. */
export function syncHandlers(context: WriterContext) {
  const { archive, jobs, clock, log, changes, host } = context;
  /** Job by account. */
  const syncing = new Map<string, string>();

  return {
    async 'sync.start'({ accountId, source, since, until }) {
      const accounts = accountsToSync(accountId);
      refuseIfBusy(accounts);
      const { runSync } = await import('../archive/sync/run.ts');
      // Again: another start may have come in while the module loaded.
      refuseIfBusy(accounts);
      const ids = accounts.map((account) => account.accountId);
      const jobId = jobs.start({
        kind: 'sync',
        unit: 'days',
        phase: 'Connecting',
        async run(signal, onProgress) {
          try {
            const clientFor = await clientsFor(accounts, context);
            return await runSync(archive, {
              accounts: ids,
              ...(source === undefined ? {} : { source }),
              ...(since === undefined ? {} : { since }),
              ...(until === undefined ? {} : { until }),
              clientFor,
              clock,
              log,
              signal,
              onProgress,
              onChanged: () => changes.changed(),
            });
          } finally {
            for (const id of ids) syncing.delete(id);
            // Coverage and last-sync times changed even when no conversation did.
            host.emit({ type: 'archive-changed' });
          }
        },
      });
      for (const id of ids) syncing.set(id, jobId);
      return { jobId };
    },
  } satisfies Pick<Handlers<'write'>, 'sync.start'>;

  function accountsToSync(accountId: string | undefined): StoredAccount[] {
    const accounts = accountId === undefined ? listAccounts(archive.db) : [getAccount(archive.db, accountId)];
    const connected = accounts.filter((account) => account.credentialType !== 'none');
    if (connected.length > 0) return connected;
    throw new ArchiveError('not-found', 'There is no account to sync.', { hint: 'Add an account first.' });
  }

  function refuseIfBusy(accounts: readonly StoredAccount[]): void {
    const busy = accounts.find((account) => syncing.has(account.accountId));
    if (busy === undefined) return;
    throw new ArchiveError('conflict', `Account ${busy.accountId} is being synced already.`, {
      hint: 'Wait until that sync has ended, or cancel it.',
      retryable: true,
      details: { accountId: busy.accountId, jobId: syncing.get(busy.accountId) ?? null },
    });
  }
}
