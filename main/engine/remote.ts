import { createHistoryClient } from '../archive/liveperson/connect.ts';
import type { HistoryClient } from '../archive/liveperson/history-client.ts';
import type { Preparer } from '../archive/prepare/preparer.ts';
import type { StoredAccount } from '../archive/store/accounts.ts';
import type { EngineContext } from './service.ts';

/**
 * Makes clients for accounts. The simulated account listens on another port each time, so its origin is asked for
 * first; it has no rate limit that anyone needs protection from.
 */
export async function clientsFor(
  accounts: readonly StoredAccount[],
  context: Pick<EngineContext, 'host' | 'clock' | 'log'>,
  preparer?: Preparer,
): Promise<(account: StoredAccount) => HistoryClient> {
  const { host, clock, log } = context;
  const demoOrigin = accounts.some((account) => account.demo) ? await host.ask({ what: 'demo-origin' }) : null;
  return (account) => {
    const { accountId, demo, requestIntervalMs, retryBaseMs } = account;
    return createHistoryClient({
      account: { accountId, domainApi: demo ? demoOrigin : account.domainApi, requestIntervalMs, retryBaseMs },
      // Asked for each time it signs in and kept nowhere else in this process.
      credentials: () => host.ask({ what: 'credentials', accountId, demo }),
      clock,
      log,
      ...(preparer === undefined ? {} : { readPage: (source, body, at) => preparer.page(source, accountId, body, at) }),
    });
  };
}
