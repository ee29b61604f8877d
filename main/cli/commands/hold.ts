import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Hold } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';

interface CreateOptions {
  query?: string;
  ids?: string;
  reason: string;
  timeZone: string;
}

export function addHoldCommands(program: Command, run: Run): void {
  const hold = program.command('hold').description('legal holds: what they cover is not removed until released');

  hold
    .command('create <name>')
    .description('hold what a query finds now, or the conversations of a list')
    .option('--query <query>', 'what it finds now')
    .option('--ids <file>', 'a file with one conversation id a line')
    .requiredOption('--reason <text>', 'why, for the custody log')
    .option('--time-zone <zone>', "the time zone of the query's dates", 'UTC')
    .action(
      run(async ({ session, output }, name: string, options: CreateOptions) => {
        const { reason } = options;
        const created = await session.call('holds.create', { name, reason, scope: scopeOf(options) });
        output.result(publicHold(created), () => holdLine(created));
      }),
    );

  hold
    .command('list')
    .description('all holds, the newest first')
    .action(
      run(async ({ session, output }) => {
        const holds = await session.call('holds.list', {});
        output.result(holds.map(publicHold), () =>
          holds.length === 0 ? 'There are no holds.' : holds.map(holdLine).join('\n'),
        );
      }),
    );

  hold
    .command('release <name>')
    .description('end a hold; it stays listed')
    .requiredOption('--reason <text>', 'why, for the custody log')
    .action(
      run(async ({ session, output }, name: string, options: { reason: string }) => {
        const released = await session.call('holds.release', { name, reason: options.reason });
        output.result(publicHold(released), () => holdLine(released));
      }),
    );
}

function scopeOf({ query, ids, timeZone }: CreateOptions) {
  if (query !== undefined && ids === undefined) return { kind: 'query', query, timeZone } as const;
  if (ids !== undefined && query === undefined) return { kind: 'ids', ids: idsIn(ids) } as const;
  throw new ArchiveError('invalid-input', 'A hold needs either --query or --ids.', {
    hint: 'Write --query "customer:smith", or --ids FILE with one conversation id a line.',
  });
}

function idsIn(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ArchiveError('path-unavailable', `${file} can't be read.`, { cause: error });
  }
  const ids = text.split(/\r?\n/u).map((line) => line.trim());
  return ids.filter((line) => line !== '');
}

function publicHold(hold: Hold) {
  const { released } = hold;
  return {
    ...hold,
    createdAt: isoTime(hold.createdAt),
    released: released === null ? null : { ...released, at: isoTime(released.at) },
  };
}

function holdLine(hold: Hold): string {
  const scope = hold.query === null ? '' : ` query ${JSON.stringify(hold.query)}`;
  const end =
    hold.released === null
      ? 'in force'
      : `released ${isoTime(hold.released.at) ?? ''} by ${hold.released.by}: ${hold.released.reason}`;
  return printableLine(
    `${hold.name}: ${hold.total} conversations${scope}, since ${isoTime(hold.createdAt) ?? ''} by ${hold.createdBy}: ${hold.reason} (${end})`,
  );
}
