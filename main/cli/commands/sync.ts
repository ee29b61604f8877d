import type { Command } from 'commander';
import type { ErrorCode, ErrorValue } from '../../../preload/errors.ts';
import { publicStatus, publicSyncReport } from '../../../preload/public-json.ts';
import type { Status, SyncReport } from '../../../preload/model.ts';
import { readDate } from '../dates.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { readAccountId, readSource } from './account.ts';

interface SyncOptions {
  account?: string;
  source?: string;
  since?: string;
  until?: string;
}

export function addSyncCommands(program: Command, run: Run): void {
  program
    .command('sync')
    .description('bring in what is missing, late or changed; safe to run again at any time')
    .option('--account <account-id>', 'this account only')
    .option('--source <source>', 'chat or messaging only')
    .option('--since <date>', 'conversations that started at or after this date')
    .option('--until <date>', 'conversations that started up to the end of this date')
    .action(
      run(async ({ session, output }, options: SyncOptions) => {
        const now = Date.now();
        const job = await session.runJob('sync', 'sync.start', {
          ...(options.account === undefined ? {} : { accountId: readAccountId(options.account) }),
          ...(options.source === undefined ? {} : { source: readSource(options.source) }),
          ...(options.since === undefined ? {} : { since: readDate('--since', options.since, now) }),
          ...(options.until === undefined ? {} : { until: readDate('--until', options.until, now, true) }),
        });
        const report = job.result ?? { accounts: [], complete: true };
        const error = firstError(report);
        if (error !== null) return output.resultWithError(publicSyncReport(report), error, () => describeSync(report));
        output.result(publicSyncReport(report), () => describeSync(report));
        return report.complete ? exitCodes.done : exitCodes.incomplete;
      }),
    );

  program
    .command('status')
    .description('what is archived, what is missing, and what LivePerson deletes next')
    .action(
      run(async ({ session, output }) => {
        const status = await session.call('status.get', {});
        output.result(publicStatus(status), () => describeStatus(status));
      }),
    );
}

/**
 * The error that decides the exit code when nothing at all could be synced. Where a part went through, the run is
 * merely incomplete, and the errors stand in the report.
 */
function firstError(report: SyncReport): ErrorValue | null {
  const sources = report.accounts.flatMap((account) => account.sources);
  const errors = sources.flatMap(({ error }) =>
    error === undefined ? [] : [{ ...error, code: error.code as ErrorCode, retryable: true }],
  );
  const [first] = errors;
  if (first === undefined) return null;
  const sameCode = errors.every((error) => exitCodeOf(error.code) === exitCodeOf(first.code));
  return errors.length === sources.length && sameCode ? first : null;
}

function describeSync(report: SyncReport): string {
  const lines = report.accounts.flatMap((account) =>
    account.sources.map((source) => {
      const windows = source.windowsIncomplete === 0 ? '' : ` · ${source.windowsIncomplete} windows incomplete`;
      const error = source.error === undefined ? '' : ` · ${source.error.code}: ${source.error.message}`;
      return printableLine(
        `${account.accountId} ${source.source}: ${source.added} added, ${source.changed} changed, ${source.unchanged} unchanged in ${source.requests} requests${windows}${error}`,
      );
    }),
  );
  if (lines.length === 0) return 'No accounts to sync. Add one with: transcript-archive account add';
  return [...lines, report.complete ? 'Complete.' : 'Not complete yet: run sync again. Nothing was lost.'].join('\n');
}

function describeStatus(status: Status): string {
  const lines = [`Archive ${status.archiveFolder} · ${(status.diskBytes / 1e6).toFixed(1)} MB`];
  for (const account of status.accounts) {
    const name = account.label === null ? account.accountId : `${account.accountId} ${account.label}`;
    lines.push(`${name}${account.demo ? ' (demo data)' : ''}${account.removed ? ' (removed)' : ''}`);
    for (const source of account.sources) {
      const days = { complete: 0, partial: 0, pending: 0, never: 0 };
      for (const day of source.coverage) days[day.state] += 1;
      const period = source.firstDay === null ? 'nothing yet' : `${source.firstDay} to ${source.lastDay ?? ''}`;
      lines.push(
        `  ${source.source}: ${source.conversations} conversations, ${source.messages} messages, ${period}`,
        `    days: ${days.complete} complete, ${days.partial} partial, ${days.pending} pending, ${days.never} never asked`,
      );
      const { retention } = source;
      if (retention.nextDeletionDay !== null) {
        lines.push(
          `    LivePerson deletes next: ${retention.nextDeletionDay}, ${retention.archived ? 'all archived' : 'NOT all archived'}`,
        );
      }
      if (source.lastError !== null) lines.push(`    last error: ${source.lastError}`);
    }
  }
  return lines.map((line) => line.replace(/\s+$/u, '')).join('\n');
}
