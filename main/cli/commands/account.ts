import type { Command } from 'commander';
import { accountIdSchema, sourceSchema, type Account, type Source } from '../../../preload/model.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import { readCredentials } from '../credentials.ts';
import { readDate } from '../dates.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';

interface AddOptions {
  credentials?: string;
  sources: string;
  label?: string;
  domainApi?: string;
  requestIntervalMs: string;
  retryBaseMs: string;
  since?: string;
}

export function addAccountCommands(program: Command, run: Run): void {
  const account = program.command('account').description('connect LivePerson accounts, test and remove them');

  account
    .command('add <account-id>')
    .description('connect an account; its credentials are kept encrypted')
    .option('--credentials <file>', 'JSON file with the keys, or - for stdin')
    .option('--sources <list>', 'chat, messaging, or both', 'chat,messaging')
    .option('--label <text>', 'a name for people')
    .option('--domain-api <url>', "replaces LivePerson's service discovery (proxy, gateway, test double)")
    .option('--request-interval-ms <n>', 'pause between requests', '500')
    .option('--retry-base-ms <n>', 'unit of the retry ladder', '5000')
    .option('--since <date>', 'nothing that started before is fetched')
    .action(
      run(async ({ session, output }, accountId: string, options: AddOptions) => {
        const settings = {
          accountId: readAccountId(accountId),
          sources: readSources(options.sources),
          requestIntervalMs: readCount('--request-interval-ms', options.requestIntervalMs),
          retryBaseMs: readCount('--retry-base-ms', options.retryBaseMs),
          ...(options.label === undefined ? {} : { label: options.label }),
          ...(options.domainApi === undefined ? {} : { domainApi: options.domainApi }),
          ...(options.since === undefined ? {} : { since: readDate('--since', options.since, Date.now()) }),
        };
        const added = await session.call('accounts.add', {
          settings,
          credentials: readCredentials(options.credentials),
        });
        output.result(
          { account: publicAccount(added) },
          () => `Account ${added.accountId} was added. Next: transcript-archive sync`,
        );
      }),
    );

  account
    .command('list')
    .description('the accounts of this archive')
    .action(
      run(async ({ session, output }) => {
        const accounts = await session.call('accounts.list', {});
        output.result({ accounts: accounts.map(publicAccount) }, () =>
          accounts.length === 0
            ? 'No accounts yet. Add one with: transcript-archive account add'
            : accounts.map(accountLine).join('\n'),
        );
      }),
    );

  account
    .command('test <account-id>')
    .description('sign in and ask each source for the last seven days')
    .action(
      run(async ({ session, output }, accountId: string) => {
        const tested = await session.call('accounts.test', { accountId: readAccountId(accountId) });
        output.result({ ...tested, ok: true }, () =>
          [
            ...tested.sources.map(
              (source) =>
                `${source.source}: ${source.recentConversations} conversations in the last 7 days (${source.domain})`,
            ),
            ...tested.warnings,
          ]
            .map(printableLine)
            .join('\n'),
        );
      }),
    );

  account
    .command('remove <account-id>')
    .description('forget the credentials and stop syncing; what was archived stays')
    .action(
      run(async ({ session, output }, accountId: string) => {
        await session.call('accounts.remove', { accountId: readAccountId(accountId) });
        output.result(
          { removed: accountId },
          () => `Account ${accountId} was removed. Its archived conversations stay.`,
        );
      }),
    );
}

export function readAccountId(text: string): string {
  const parsed = accountIdSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ArchiveError('invalid-input', `Not an account number: ${text}`, {
    hint: "It is the site id shown in LivePerson's URL after logging in, e.g. 12345678.",
  });
}

function readSources(text: string): Source[] {
  return text.split(',').map((name) => readSource(name.trim()));
}

export function readSource(name: string): Source {
  const parsed = sourceSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  throw new ArchiveError('invalid-input', `Unknown source: ${name}`, { hint: 'Sources are chat and messaging.' });
}

/** @throws ArchiveError invalid-input unless the text is a whole number of at most nine digits */
export function readCount(option: string, text: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw new ArchiveError('invalid-input', `${option} needs a whole number, not ${text}.`, {
    hint: 'Try 0, 10 or 500.',
  });
}

function publicAccount(account: Account) {
  return {
    ...account,
    since: account.since === null ? null : new Date(account.since).toISOString(),
    addedAt: new Date(account.addedAt).toISOString(),
  };
}

function accountLine(account: Account): string {
  const label = account.label === null ? '' : ` ${account.label}`;
  const demo = account.demo ? ' (demo data)' : '';
  return printableLine(
    `${account.accountId}${label}${demo} · ${account.sources.join(', ')} · ${account.credentialType}`,
  );
}
