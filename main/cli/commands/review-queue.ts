import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Queue } from '../../../preload/model.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { withIsoTimes } from '../times.ts';
import { readCount } from './account.ts';
import { idsIn } from './hold.ts';

interface CreateOptions {
  query?: string;
  case?: string;
  ids?: string;
  order: string;
  timeZone: string;
}

interface ShowOptions {
  from: string;
  limit: string;
  open?: true;
}

/** Lists of conversations to decide about, each with a place to go on from. */
export function addQueueCommands(review: Command, run: Run): void {
  const queue = review.command('queue').description('lists of conversations to decide about');

  queue
    .command('create <name>')
    .description('fix a list: what a query finds now, a case, or the ids of a file')
    .option('--query <query>', 'what it finds now')
    .option('--case <name>', 'what is in the case now')
    .option('--ids <file>', 'a file with one conversation id a line')
    .option('--order <order>', 'oldest or newest', 'oldest')
    .option('--time-zone <zone>', "the time zone of the query's dates", 'UTC')
    .action(
      run(async ({ session, output }, name: string, options: CreateOptions) => {
        const created = await session.call('queues.create', {
          name,
          scope: scopeOf(options),
          order: readOrder(options.order),
        });
        output.result(withIsoTimes(created), () => queueLine(created));
      }),
    );

  queue
    .command('list')
    .description('all review queues, with how far each has come')
    .action(
      run(async ({ session, output }) => {
        const queues = await session.call('queues.list', {});
        output.result(withIsoTimes(queues), () =>
          queues.length === 0 ? 'There are no review queues.' : queues.map(queueLine).join('\n'),
        );
      }),
    );

  queue
    .command('show <name>')
    .description('conversations of a queue from a place on, with what was decided')
    .option('--from <n>', 'the first place, from 0', '0')
    .option('--limit <n>', 'how many', '50')
    .option('--open', 'only those that nobody has decided about')
    .action(
      run(async ({ session, output }, name: string, options: ShowOptions) => {
        const items = await session.call('queues.page', {
          name,
          from: readCount('--from', options.from),
          limit: readCount('--limit', options.limit),
          open: options.open === true,
        });
        output.result(withIsoTimes(items), () =>
          items
            .map(({ position, id, decision }) => {
              const outcome = decision === null ? 'open' : `${decision.outcome} by ${decision.by}`;
              return printableLine(`${position}: ${id} ${outcome}`);
            })
            .join('\n'),
        );
      }),
    );

  queue
    .command('remove <name>')
    .description('forget the list; decisions stay')
    .action(
      run(async ({ session, output }, name: string) => {
        await session.call('queues.remove', { name });
        output.result({ removed: name }, () => printableLine(`Removed the review queue ${name}.`));
      }),
    );
}

/** A queue in one line. */
export function queueLine({ name, progress }: Queue): string {
  const { total, reviewed, outcomes } = progress;
  const parts = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  return printableLine(`${name}: ${reviewed} of ${total} reviewed (${parts.join(', ')})`);
}

function scopeOf({ query, case: ofCase, ids, timeZone }: CreateOptions) {
  if ([query, ofCase, ids].filter((each) => each !== undefined).length !== 1) {
    throw new ArchiveError('invalid-input', 'A review queue needs one of --query, --case and --ids.', {
      hint: 'Write --query "refund from:2026-03".',
    });
  }
  if (query !== undefined) return { kind: 'query', query, timeZone } as const;
  if (ofCase !== undefined) return { kind: 'case', case: ofCase } as const;
  return { kind: 'ids', ids: idsIn(ids ?? '') } as const;
}

function readOrder(text: string): 'oldest' | 'newest' {
  if (text === 'oldest' || text === 'newest') return text;
  throw new ArchiveError('invalid-input', `Unknown order: ${text}`, { hint: 'Use oldest or newest.' });
}
