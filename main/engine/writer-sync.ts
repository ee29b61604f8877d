import type { ParsedInput } from '../../preload/contract.ts';
import { ArchiveError, toErrorValue } from '../../preload/errors.ts';
import type { SyncReport } from '../../preload/model.ts';
import { recordAction } from '../archive/evidence/custody.ts';
import { appendAction } from '../archive/evidence/log.ts';
import { getAccount, listAccounts, type StoredAccount } from '../archive/store/accounts.ts';
import { pauseAccount, pausedAccounts, resumeAccount } from '../archive/sync/pause.ts';
import { runSync } from '../archive/sync/run.ts';
import { nextDue } from '../archive/sync/schedule.ts';
import { readSchedule, scheduleHistory, writeSchedule } from '../archive/sync/schedule-setting.ts';
import type { JobProgress } from './jobs.ts';
import { clientsFor } from './remote.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

/** What may be narrowed down about a sync, apart from its accounts. */
type Scope = Omit<ParsedInput<'sync.start'>, 'accountId'> & {
  /** By the schedule, not by a person. */
  scheduled?: boolean;
};

interface RunningSync {
  accountIds: readonly string[];
  scope: Scope;
  /** Accounts to go on with once this job has stopped, because only the others were paused. */
  resumeWith: readonly string[];
}

type SyncCalls = 'sync.start' | 'sync.startDue' | 'sync.pause' | 'sync.resume' | 'sync.setSchedule';

/** Syncing. One history request at a time per account (liveperson-api.md), so one sync at a time per account. */
export function syncHandlers(context: WriterContext) {
  const { archive, jobs, clock, log, changes, host, actor } = context;
  const { db } = archive;
  const running = new Map<string, RunningSync>();

  return {
    'sync.start'({ accountId, ...scope }) {
      const accounts = accountsToSync(accountId);
      for (const account of accounts) refuseIfBusy(account.accountId);
      return { jobId: start(accounts, scope) };
    },

    'sync.startDue'(facts) {
      const paused = pausedAccounts(db);
      const accounts = listAccounts(db).filter(
        ({ credentialType, accountId }) =>
          credentialType !== 'none' && !paused.has(accountId) && jobOf(accountId) === undefined,
      );
      const now = clock.now();
      const nextAt = nextDue(readSchedule(db), { now, ...scheduleHistory(db), ...facts });
      if (accounts.length === 0 || nextAt === null || nextAt > now) return { jobId: null, nextAt };
      return { jobId: start(accounts, { scheduled: true }), nextAt: null };
    },

    'sync.pause'({ accountId }) {
      act('sync-paused', accountId, () => pauseAccount(db, accountId));
      const found = jobOf(accountId);
      if (found === undefined) return {};
      const [jobId, sync] = found;
      sync.resumeWith = (sync.resumeWith.length > 0 ? sync.resumeWith : sync.accountIds).filter(
        (id) => id !== accountId,
      );
      jobs.cancel(jobId);
      return {};
    },

    'sync.resume'({ accountId }) {
      act('sync-resumed', accountId, () => resumeAccount(db, accountId));
      return {};
    },

    'sync.setSchedule'(schedule) {
      act('schedule-changed', undefined, () => writeSchedule(db, schedule), schedule);
      return {};
    },
  } satisfies Pick<Handlers<'write'>, SyncCalls>;

  function start(accounts: readonly StoredAccount[], scope: Scope): string {
    const sync: RunningSync = { accountIds: accounts.map((account) => account.accountId), scope, resumeWith: [] };
    const jobId = jobs.start({
      kind: 'sync',
      unit: 'days',
      phase: 'Connecting',
      run: (signal, onProgress) => run(accounts, scope, signal, onProgress).finally(() => ended(jobId, sync)),
    });
    running.set(jobId, sync);
    return jobId;
  }

  async function run(
    accounts: readonly StoredAccount[],
    scope: Scope,
    signal: AbortSignal,
    onProgress: (progress: JobProgress) => void,
  ): Promise<SyncReport> {
    let outcome: Record<string, unknown> = {};
    try {
      const clientFor = await clientsFor(accounts, context, context.preparer);
      const report = await runSync(archive, {
        ...scope,
        accounts: accounts.map((account) => account.accountId),
        clientFor,
        clock,
        log,
        signal,
        onProgress,
        onChanged: () => changes.changed(),
      });
      outcome = totalsOf(report);
      return report;
    } catch (error) {
      outcome = { complete: false, ended: toErrorValue(error).code };
      throw error;
    } finally {
      // Before the sync's own entry, so that its checkpoint covers what came under a hold.
      await context.erasures.settle({ signal, onProgress });
      seal(accounts, scope, outcome);
    }
  }

  /** One entry and one checkpoint after every sync, also after one that failed or was stopped: what it committed stays. */
  function seal(accounts: readonly StoredAccount[], scope: Scope, outcome: Record<string, unknown>): void {
    const { scheduled = false, ...narrowed } = scope;
    try {
      const subjects = accounts.map(({ accountId }) => `account:${accountId}`);
      const details = { scheduled, ...narrowed, ...outcome };
      recordAction(archive, { kind: 'sync', time: clock.now(), subjects, details }, actor);
    } catch (error) {
      // The records are safe, and the next export or sync that needs the key says aloud what is wrong with it.
      log('error', 'checkpoint-not-signed', { code: toErrorValue(error).code });
    }
  }

  function ended(jobId: string, { resumeWith, scope }: RunningSync): void {
    running.delete(jobId);
    // Coverage and last-sync times changed even when no conversation did.
    changes.changed();
    const rest = listAccounts(db).filter((account) => resumeWith.includes(account.accountId));
    if (rest.length > 0) start(rest, scope);
  }

  function accountsToSync(accountId: string | undefined): StoredAccount[] {
    const accounts = accountId === undefined ? listAccounts(db) : [getAccount(db, accountId)];
    const connected = accounts.filter((account) => account.credentialType !== 'none');
    if (connected.length > 0) return connected;
    throw new ArchiveError('not-found', 'There is no account to sync.', {
      hint: 'Add an account with its credentials first.',
    });
  }

  function refuseIfBusy(accountId: string): void {
    const found = jobOf(accountId);
    if (found === undefined) return;
    throw new ArchiveError('conflict', `Account ${accountId} is being synced already.`, {
      hint: 'Wait until that sync has ended, or cancel it.',
      retryable: true,
      details: { accountId, jobId: found[0] },
    });
  }

  function jobOf(accountId: string): [string, RunningSync] | undefined {
    return [...running].find(([, sync]) => sync.accountIds.includes(accountId));
  }

  /** A change of how accounts are synced, with its entry in the custody log. */
  function act(
    kind: string,
    accountId: string | undefined,
    work: () => void,
    details: Record<string, unknown> = {},
  ): void {
    db.transaction(() => {
      work();
      const subjects = accountId === undefined ? [] : [`account:${accountId}`];
      appendAction(db, { kind, time: clock.now(), subjects, details }, actor);
    }).immediate();
    host.emit({ type: 'accounts-changed' });
  }
}

/** What a sync did, in figures; the window verdicts beside it in the log say the rest. */
function totalsOf({ accounts, complete }: SyncReport): Record<string, unknown> {
  const totals = { requests: 0, received: 0, added: 0, changed: 0, unchanged: 0 };
  for (const source of accounts.flatMap(({ sources }) => sources)) {
    for (const name of Object.keys(totals) as (keyof typeof totals)[]) totals[name] += source[name];
  }
  return { complete, ...totals };
}
