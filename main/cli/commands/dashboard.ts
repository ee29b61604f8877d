import type { Command } from 'commander';
import { z } from 'zod';
import { ArchiveError } from '../../../preload/errors.ts';
import type { DashboardSlice, Figure } from '../../../preload/model.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';

interface DashboardOptions {
  from?: string;
  to?: string;
  timeZone: string;
}

export function addDashboardCommand(program: Command, run: Run): void {
  program
    .command('dashboard [query...]')
    .description('figures of the conversations that a query finds, each with the query behind it')
    .option('--from <day>', 'from this day on, like 2026-03-04; without days, everything')
    .option('--to <day>', 'until this day, included')
    .option('--time-zone <zone>', 'zone of days and hours', 'UTC')
    .action(
      run(async ({ session, output }, words: string[], { from, to, timeZone }: DashboardOptions) => {
        const figures = await session.call('dashboard.figures', {
          query: words.join(' ').trim(),
          timeZone,
          ...(from === undefined ? {} : { from: readDay('--from', from) }),
          ...(to === undefined ? {} : { to: readDay('--to', to) }),
        });
        output.result(figures, () => [printableLine(figures.understoodAs), ...lines(figures.period)].join('\n'));
      }),
    );
}

function readDay(option: string, text: string): string {
  if (z.iso.date().safeParse(text).success) return text;
  throw new ArchiveError('invalid-input', `${option} is not a day: ${text}`, { hint: 'Write one like 2026-03-04.' });
}

function lines({ days, total, volume = [], scores = [], values = [] }: DashboardSlice): string[] {
  const sum = (marks: readonly Figure[]) => marks.reduce((all, mark) => all + mark.total, 0);
  return [
    `${total.total} conversations from ${days.from} to ${days.to}`,
    ...volume.map(({ source, buckets }) => `${source}: ${sum(buckets)}`),
    ...scores.flatMap(({ field, mean, scored }) =>
      mean === null ? [] : [`${field.toUpperCase()}: ${mean.toFixed(2)} on average, from ${scored.total}`],
    ),
    ...values.map(({ field, values: most }) =>
      printableLine(`${field}: ${most.map(({ value, mark }) => `${value} ${mark.total}`).join(', ')}`),
    ),
  ];
}
