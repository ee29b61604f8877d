import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import type { CustodyEntry } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { readDate } from '../dates.ts';
import { logEntries, type LogFilter } from '../log-entries.ts';
import { csvOf, ndjsonOf } from '../log-table.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { readCount } from './account.ts';

interface LogOptions {
  kind?: string;
  subject?: string;
  user?: string;
  from?: string;
  to?: string;
  versions?: true;
  format?: string;
  limit?: string;
}

export function addLogCommand(program: Command, run: Run): void {
  program
    .command('log')
    .description('who did what: the custody log, newest first')
    .option('--kind <kinds>', 'only these kinds, with commas')
    .option('--subject <id>', 'only what concerns this conversation, account or case')
    .option('--user <name>', 'only what this user of the operating system did')
    .option('--from <date>', 'only from this day or time on')
    .option('--to <date>', 'only until this day or time, included')
    .option('--format <format>', 'ndjson or csv, to keep or to send on')
    .option('--versions', 'also each version of each record')
    .option('--limit <n>', 'how many entries; all of them if absent')
    .action(
      run(async ({ session, output }, options: LogOptions) => {
        const format = readFormat(options.format, output.json);
        const limit = options.limit === undefined ? Number.POSITIVE_INFINITY : readCount('--limit', options.limit);
        const entries = await logEntries(session, filterOf(options), limit);
        if (format !== null) {
          process.stdout.write(format(entries));
          return;
        }
        const state = await session.call('custody.checkpoint', {});
        const publicEntries = entries.map((entry) => ({ ...entry, time: isoTime(entry.time) }));
        output.result({ size: state.size, checkpoint: state.checkpoint?.note ?? null, entries: publicEntries }, () =>
          entries.length === 0 ? 'Nothing has been recorded yet.' : entries.map(entryLine).join('\n'),
        );
      }),
    );
}

function filterOf(options: LogOptions): LogFilter {
  // One moment for all pages, for dates like -30d.
  const now = Date.now();
  return {
    versions: options.versions === true,
    ...(options.kind === undefined ? {} : { kinds: options.kind.split(',') }),
    ...(options.subject === undefined ? {} : { subject: options.subject }),
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.from === undefined ? {} : { from: readDate('--from', options.from, now) }),
    ...(options.to === undefined ? {} : { to: readDate('--to', options.to, now, true) }),
  };
}

function readFormat(name: string | undefined, json: boolean): ((entries: readonly CustodyEntry[]) => string) | null {
  if (name === undefined) return null;
  if (json) throw new ArchiveError('invalid-input', '--json and --format exclude each other.');
  if (name === 'ndjson') return ndjsonOf;
  if (name === 'csv') return csvOf;
  throw new ArchiveError('invalid-input', `--format is not known: ${name}`, { hint: 'Write ndjson or csv.' });
}

function entryLine(entry: CustodyEntry): string {
  const who = [entry.user, entry.host].filter((part) => part !== null).join('@');
  const details = Object.entries(entry.details)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  return printableLine(
    `${isoTime(entry.time) ?? ''} #${entry.position} ${entry.kind} ${who} ${entry.subjects.join(' ')} ${details}`,
  );
}
