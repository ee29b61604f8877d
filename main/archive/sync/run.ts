import { ArchiveError } from '../../../preload/errors.ts';
import type { Source, SourceSync, SyncReport } from '../../../preload/model.ts';
import type { Clock } from '../clock.ts';
import type { HistoryClient } from '../liveperson/history-client.ts';
import type { Log } from '../log.ts';
import { getAccount, listAccounts, type StoredAccount } from '../store/accounts.ts';
import type { ArchiveWriter } from '../store/database.ts';
import { pausedAccounts } from './pause.ts';
import { createProgress, type SyncProgress } from './progress.ts';
import type { ServerClock } from './source-run.ts';
import { syncSource, type SourceSyncResult } from './source-sync.ts';

export interface SyncOptions {
  /** Account ids; absent: all that can be synced. */
  accounts?: readonly string[] | undefined;
  source?: Source | undefined;
  /** Only conversations that start in this range; what is outside is left as it is. */
  since?: number | undefined;
  until?: number | undefined;
  /** Conversations asked for in one request; the APIs give 100 at most. */
  pageSize?: number | undefined;
  /** The scheduler asked: paused accounts are left out. */
  scheduled?: boolean | undefined;
  clientFor(account: StoredAccount): HistoryClient;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  onProgress(progress: SyncProgress): void;
  /** Stored conversations changed. */
  onChanged(): void;
}

/**
 * Brings the archive up to date: accounts side by side, the sources of one account one after the other, because its
 * credentials allow one request at a time. A failure stops its own source and nothing else; it is in the report.
 * @throws ArchiveError not-found for an unknown account, cancelled when the signal stopped it
 */
export async function runSync(writer: ArchiveWriter, options: SyncOptions): Promise<SyncReport> {
  const accounts = accountsToSync(writer, options);
  const progress = createProgress(writer.db, accounts, options);
  const settled = await Promise.all(
    accounts.map(async (account) => {
      const client = options.clientFor(account);
      const serverClock: ServerClock = { latest: null };
      const results: SourceSyncResult[] = [];
      for (const source of account.sources) {
        if (options.source !== undefined && options.source !== source) continue;
        const result = await syncSource({
          writer,
          account,
          source,
          client,
          serverClock,
          options,
          onPage: (counters) => progress.page(counters.received),
          onWindow: (of, from, to) => progress.window(account, of, from, to),
        });
        results.push(result);
        if (result.stopped) break;
      }
      return { accountId: account.accountId, results };
    }),
  );
  if (options.signal.aborted) {
    throw new ArchiveError('cancelled', 'The sync was cancelled.', {
      hint: 'What came is kept; the next sync goes on from here.',
      retryable: true,
    });
  }
  return {
    accounts: settled.map(({ accountId, results }) => ({
      accountId,
      sources: results.map(({ report }): SourceSync => report),
    })),
    complete: settled.every(({ results }) => results.every(({ complete }) => complete)),
  };
}

function accountsToSync({ db }: ArchiveWriter, options: SyncOptions): StoredAccount[] {
  const paused = options.scheduled === true ? pausedAccounts(db) : new Set<string>();
  const chosen = options.accounts?.map((id) => getAccount(db, id)) ?? listAccounts(db);
  return chosen.filter(({ credentialType, accountId }) => credentialType !== 'none' && !paused.has(accountId));
}
