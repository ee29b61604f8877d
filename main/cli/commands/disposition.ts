import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Disposition, DispositionPlan, RetentionClass } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { readCount } from './account.ts';

interface SetOptions {
  query: string;
  keepDays: string;
  timeZone: string;
}

export function addRetentionCommands(program: Command, run: Run): void {
  const retention = program.command('retention').description('how long conversations are kept, by class');

  retention
    .command('set <name>')
    .description('make a class, or change the one of that name; destroys nothing')
    .requiredOption('--query <query>', 'which conversations belong to it')
    .requiredOption('--keep-days <n>', 'days that they are kept after they ended')
    .option('--time-zone <zone>', "the time zone of the query's dates", 'UTC')
    .action(
      run(async ({ session, output }, name: string, { query, keepDays, timeZone }: SetOptions) => {
        const days = readCount('--keep-days', keepDays);
        const made = await session.call('retention.set', { name, query, timeZone, keepDays: days });
        output.result(publicClass(made), () => classLine(made));
      }),
    );

  retention
    .command('list')
    .description('all classes')
    .action(
      run(async ({ session, output }) => {
        const classes = await session.call('retention.list', {});
        output.result(classes.map(publicClass), () =>
          classes.length === 0
            ? 'There are no retention classes: everything is kept.'
            : classes.map(classLine).join('\n'),
        );
      }),
    );

  retention
    .command('remove <name>')
    .description('forget a class')
    .requiredOption('--reason <text>', 'why, for the custody log')
    .action(
      run(async ({ session, output }, name: string, { reason }: { reason: string }) => {
        await session.call('retention.remove', { name, reason });
        output.result({}, () => printableLine(`${name} is gone.`));
      }),
    );
}

interface RunOptions {
  confirmedBy: string;
  reason: string;
  certificate?: string;
}

export function addDispositionCommands(program: Command, run: Run): void {
  const disposition = program
    .command('disposition')
    .description('destroy what has been kept long enough: planned by one person, confirmed by another');

  disposition
    .command('plan')
    .description('what the retention classes would destroy now; destroys nothing')
    .requiredOption('--by <name>', 'who plans it')
    .action(
      run(async ({ session, output }, { by }: { by: string }) => {
        const planned = await session.call('disposition.plan', { by });
        output.result(planned, () => planText(planned));
      }),
    );

  disposition
    .command('run <sha256>')
    .description('destroy what a plan names, by the hash of the plan; goes on with one that was interrupted')
    .requiredOption('--confirmed-by <name>', 'who confirms it: another person than the one who planned it')
    .requiredOption('--reason <text>', 'why, for the custody log')
    .option('--certificate <file>', 'where to write the certificate of destruction')
    .action(
      run(async ({ session, output }, sha256: string, options: RunOptions) => {
        const { confirmedBy, reason, certificate: file } = options;
        const done = await session.call('disposition.run', { sha256, confirmedBy, reason });
        if (file !== undefined) writeCertificate(file, done);
        output.result(done, () => doneText(done));
        const { remainsSince } = await session.call('erasure.list', { limit: 1 });
        if (remainsSince === null) return exitCodes.done;
        output.note(
          'The files still hold remains: another program is reading the archive. The next sync removes them.',
        );
        return exitCodes.incomplete;
      }),
    );

  disposition
    .command('list')
    .description('all plans, the latest first')
    .action(
      run(async ({ session, output }) => {
        const all = await session.call('disposition.list', {});
        output.result(all, () => (all.length === 0 ? 'Nothing has been planned yet.' : all.map(listLine).join('\n')));
      }),
    );
}

function writeCertificate(file: string, { certificate }: Disposition): void {
  try {
    writeFileSync(file, `${JSON.stringify(certificate, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    throw new ArchiveError('path-unavailable', `The certificate can't be written to ${file}.`, {
      hint: 'It was carried out; disposition list --json gives the certificate again.',
      cause: error,
    });
  }
}

function publicClass(each: RetentionClass) {
  return { ...each, setAt: isoTime(each.setAt) };
}

function classLine({ name, query, keepDays }: RetentionClass): string {
  return printableLine(`${name}: kept for ${keepDays} days after the end, query ${JSON.stringify(query)}`);
}

function planText({ sha256, plan }: Disposition): string {
  const lines = [
    ...plan.classes.map(
      ({ name, keepDays, matched, expired }) =>
        `${name}: ${matched} found, ${expired} kept for ${keepDays} days and over`,
    ),
    `Kept longer by another class: ${plan.keptByAnother}`,
    `Under a legal hold: ${plan.held}`,
    `Would be destroyed: ${sizeOf(plan)}`,
    'Nothing was destroyed. Another person confirms this plan by its hash:',
    `  transcript-archive disposition run ${sha256} --confirmed-by NAME --reason TEXT`,
  ];
  return lines.map(printableLine).join('\n');
}

function doneText({ certificate }: Disposition): string {
  if (certificate === null) return 'The plan has not been carried out to its end.';
  const { destroyed, held, changed, plan, confirmedBy } = certificate;
  return printableLine(
    `Destroyed ${destroyed.conversations} conversations (${destroyed.versions} versions), planned by ${plan.plannedBy}, confirmed by ${confirmedBy}. Left alone: ${held} under a hold, ${changed} changed since.`,
  );
}

function listLine({ sha256, state, plan }: Disposition): string {
  return printableLine(`${sha256} ${state}, planned ${plan.plannedAt} by ${plan.plannedBy}: ${sizeOf(plan)}`);
}

function sizeOf({ conversations, versions, messages }: DispositionPlan): string {
  return `${conversations} conversations, ${versions} versions, ${messages} messages`;
}
