import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Hold } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { withIsoTimes } from '../times.ts';

interface CreateOptions {
  query?: string;
  ids?: string;
  case?: string;
  standing?: true;
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
    .option('--case <name>', 'what is in the case, and what will be added to it')
    .option('--standing', 'with --query: also what it finds after each sync')
    .requiredOption('--reason <text>', 'why, for the custody log')
    .option('--time-zone <zone>', "the time zone of the query's dates", 'UTC')
    .action(
      run(async ({ session, output }, name: string, options: CreateOptions) => {
        const { reason } = options;
        const created = await session.call('holds.create', { name, reason, scope: scopeOf(options) });
        output.result(withIsoTimes(created), () => holdLine(created));
      }),
    );

  hold
    .command('list')
    .description('all holds, the newest first')
    .action(
      run(async ({ session, output }) => {
        const holds = await session.call('holds.list', {});
        output.result(withIsoTimes(holds), () =>
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
        output.result(withIsoTimes(released), () => holdLine(released));
      }),
    );
}

function scopeOf({ query, ids, case: ofCase, standing, timeZone }: CreateOptions) {
  if ([query, ids, ofCase].filter((each) => each !== undefined).length !== 1) {
    throw new ArchiveError('invalid-input', 'A hold needs one of --query, --ids and --case.', {
      hint: 'Write --query "customer:smith", --ids FILE with one conversation id a line, or --case NAME.',
    });
  }
  if (standing === true && query === undefined) {
    throw new ArchiveError('invalid-input', 'Only a hold by query can be standing.', {
      hint: 'A hold by case takes in what is added to the case anyway.',
    });
  }
  if (query !== undefined) return { kind: 'query', query, timeZone, standing: standing === true } as const;
  if (ofCase !== undefined) return { kind: 'case', case: ofCase } as const;
  return { kind: 'ids', ids: idsIn(ids ?? '') } as const;
}

/** Conversation ids of a file, one a line. @throws ArchiveError path-unavailable */
export function idsIn(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ArchiveError('path-unavailable', `${file} can't be read.`, { cause: error });
  }
  const ids = text.split(/\r?\n/u).map((line) => line.trim());
  return ids.filter((line) => line !== '');
}

function holdLine(hold: Hold): string {
  const query = hold.query === null ? '' : ` query ${JSON.stringify(hold.query)}`;
  const scope = `${hold.standing ? ' standing' : ''}${query}${hold.case === null ? '' : ` case ${hold.case}`}`;
  const end =
    hold.released === null
      ? 'in force'
      : `released ${isoTime(hold.released.at) ?? ''} by ${hold.released.by}: ${hold.released.reason}`;
  return printableLine(
    `${hold.name}: ${hold.total} conversations${scope}, since ${isoTime(hold.createdAt) ?? ''} by ${hold.createdBy}: ${hold.reason} (${end})`,
  );
}
