import type { Database } from 'better-sqlite3';
import type { Source } from '../../../preload/model.ts';
import type { StoredAccount } from '../store/accounts.ts';
import { ledgerWindows } from '../store/windows.ts';
import { extentAt, uncovered } from './plan.ts';
import type { SyncOptions } from './run.ts';
import { dayMs, windowText } from './time.ts';

export interface SyncProgress {
  /** What is done now, in a few plain words. */
  phase: string;
  done: number;
  total: number | null;
  unit: 'days';
}

/**
 * Counts days of the calendar, because their number is known beforehand: how many conversations lie in them only the
 * source knows. A day is counted when it was read to its end.
 */
export function createProgress(db: Database, accounts: readonly StoredAccount[], options: SyncOptions) {
  const startedAt = options.clock.now();
  let received = 0;
  let doneMs = 0;
  let phase = 'asking for what is new';
  const totalMs = accounts.reduce(
    (sum, account) => sum + account.sources.reduce((part, source) => part + openMs(db, account, source, options), 0),
    0,
  );
  const seen = new Map<string, number>();

  function report(): void {
    const total = Math.max(1, Math.ceil(totalMs / dayMs));
    const seconds = (options.clock.now() - startedAt) / 1000;
    const rate = seconds >= 1 ? `, ${Math.round(received / seconds)} a second` : '';
    options.onProgress({
      phase: `${phase} (${received} conversations${rate})`,
      done: doneMs >= totalMs ? total : Math.min(total, Math.floor(doneMs / dayMs)),
      total,
      unit: 'days',
    });
  }

  return {
    page(receivedBySource: number) {
      received = Math.max(received, receivedBySource);
      report();
    },
    window(account: StoredAccount, source: Source, from: number, to: number) {
      const label = accounts.length > 1 ? `${account.label ?? account.accountId}, ` : '';
      phase = `${label}${source} ${windowText(from, to)}`;
      const key = `${account.key} ${source} ${from}`;
      if (!seen.has(key)) doneMs += to - from;
      seen.set(key, to);
      report();
    },
  };
}

/** How much of the run's range is not sealed yet. */
function openMs(db: Database, account: StoredAccount, source: Source, options: SyncOptions): number {
  if (options.source !== undefined && options.source !== source) return 0;
  const now = options.clock.now();
  const extent = extentAt(
    { earlier: now, later: now },
    { accountSince: account.since, since: options.since, until: options.until },
  );
  const sealed = ledgerWindows(db, { account: account.key, source }, extent.from, extent.to).filter(
    ({ state }) => state === 'sealed' || state === 'beyond',
  );
  return uncovered(sealed, extent).reduce((sum, { from, to }) => sum + to - from, 0);
}
