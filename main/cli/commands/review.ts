import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import { outcomes, type Outcome, type Queue, type ReviewMarks, type ReviewReport } from '../../../preload/model.ts';
import { actionLine, applyChange, finished, scopeOf, withScope, type ScopeOptions } from '../apply-change.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { withIsoTimes } from '../times.ts';
import { readCount } from './account.ts';
import { addQueueCommands, queueLine } from './review-queue.ts';

interface ReportOptions {
  queue?: string;
  case?: string;
  query?: string;
  timeZone: string;
  format?: string;
  out?: string;
}

export function addReviewCommands(program: Command, run: Run): void {
  const review = program
    .command('review')
    .description('decide about conversations, one by one or by a list; opening one decides nothing');

  withScope(program.command('star [ids...]').description('star conversations; search finds them by is:starred'))
    .option('--remove', 'take the star off')
    .action(
      run(async (context, ids: string[], options: ScopeOptions & { remove?: true }) => {
        const kind = options.remove === true ? 'unstar' : 'star';
        await applyChange(context, { kind }, scopeOf(ids, options));
      }),
    );

  withScope(review.command('mark <outcome> [ids...]').description(`decide: ${outcomes.join(', ')}`)).action(
    run(async (context, outcome: string, ids: string[], options: ScopeOptions) => {
      await applyChange(context, { kind: 'mark', outcome: readOutcome(outcome) }, scopeOf(ids, options));
    }),
  );

  withScope(review.command('unmark [ids...]').description('withdraw decisions')).action(
    run(async (context, ids: string[], options: ScopeOptions) => {
      await applyChange(context, { kind: 'unmark' }, scopeOf(ids, options));
    }),
  );

  review
    .command('show <ids...>')
    .description('what reviewers put on conversations')
    .action(
      run(async ({ session, output }, ids: string[]) => {
        const marks = await session.call('review.of', { ids });
        output.result(withIsoTimes(marks), () => marks.map(marksLine).join('\n'));
      }),
    );

  review
    .command('undo [action]')
    .description('take back your last action, or the one of this number')
    .action(
      run(async ({ session, output }, action: string | undefined) => {
        const input = action === undefined ? {} : { action: readCount('ACTION', action) };
        const undone = await finished(session, () => session.call('review.undo', input));
        output.result(withIsoTimes(undone), () => actionLine(undone));
      }),
    );

  review
    .command('actions')
    .description('what was done last, newest first')
    .option('--limit <n>', 'how many', '20')
    .action(
      run(async ({ session, output }, options: { limit: string }) => {
        const actions = await session.call('review.actions', { limit: readCount('--limit', options.limit) });
        output.result(withIsoTimes(actions), () => actions.map(actionLine).join('\n'));
      }),
    );

  addQueueCommands(review, run);

  review
    .command('sample <name>')
    .description('a review queue of conversations that are drawn at random from all that a query finds')
    .requiredOption('--query <query>', 'what to draw from')
    .requiredOption('--size <n>', 'how many to draw')
    .option('--seed <text>', 'the same seed, size and hits give the same sample again')
    .option('--time-zone <zone>', "the time zone of the query's dates", 'UTC')
    .action(
      run(
        async (
          { session, output },
          name: string,
          options: { query: string; size: string; seed?: string; timeZone: string },
        ) => {
          const { query, timeZone, seed } = options;
          const size = readCount('--size', options.size);
          const scope = { kind: 'sample' as const, query, timeZone, size, ...(seed === undefined ? {} : { seed }) };
          const queue = await session.call('queues.create', { name, scope, order: 'drawn' });
          output.result(withIsoTimes(queue), () => sampleLines(queue));
        },
      ),
    );

  review
    .command('report')
    .description('how far a review has come: totals, or with --format a file with every conversation')
    .option('--queue <name>', 'of this review queue')
    .option('--case <name>', 'of this case')
    .option('--query <query>', 'of all that it finds')
    .option('--time-zone <zone>', 'zone of the days and of the dates in the query', 'UTC')
    .option('--format <format>', 'csv, html or json')
    .option('--out <path>', 'the file to write; without it stdout')
    .action(
      run(async ({ session, output }, options: ReportOptions) => {
        const { timeZone, format, out } = options;
        const scope = reportScope(options);
        if (format === undefined) {
          const report = await session.call('review.report', { scope, timeZone });
          output.result(withIsoTimes(report), () => reportText(report));
          return;
        }
        const file = await session.call('review.reportFile', { scope, timeZone, format: readFormat(format) });
        if (out === undefined) {
          process.stdout.write(file.text);
          return;
        }
        writeNew(out, file.text);
        output.result({ path: out, mediaType: file.mediaType }, () => printableLine(`Wrote ${out}.`));
      }),
    );
}

function marksLine({ id, tags, starred, decision, cases, holds, notes }: ReviewMarks): string {
  const parts = [
    ...(decision === null ? [] : [`${decision.outcome} by ${decision.by}`]),
    ...(starred ? ['starred'] : []),
    ...tags.map(({ name }) => `tag ${name}`),
    ...cases.map(({ name }) => `case ${name}`),
    ...holds.map((name) => `hold ${name}`),
    ...(notes === 0 ? [] : [`${notes} notes`]),
  ];
  return printableLine(`${id}: ${parts.length === 0 ? 'nothing' : parts.join(', ')}`);
}

function readOutcome(text: string): Outcome {
  const outcome = outcomes.find((each) => each === text);
  if (outcome !== undefined) return outcome;
  throw new ArchiveError('invalid-input', `Unknown outcome: ${text}`, { hint: `Use ${outcomes.join(', ')}.` });
}

function readFormat(text: string): 'csv' | 'html' | 'json' {
  if (text === 'csv' || text === 'html' || text === 'json') return text;
  throw new ArchiveError('invalid-input', `Unknown format: ${text}`, { hint: 'Use csv, html or json.' });
}

function reportScope({ queue, case: ofCase, query, timeZone }: ReportOptions) {
  const named = [queue, ofCase, query].filter((each) => each !== undefined);
  if (named.length > 1) {
    throw new ArchiveError('invalid-input', 'A report is about one of --queue, --case and --query.', {
      hint: 'A query can name a case: --query "case:NAME refund".',
    });
  }
  if (queue !== undefined) return { kind: 'queue', queue } as const;
  if (ofCase !== undefined) return { kind: 'case', case: ofCase } as const;
  return { kind: 'query', query: query ?? '', timeZone } as const;
}

function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    throw new ArchiveError('path-unavailable', `${path} can't be written, or exists.`, {
      hint: 'Choose a new name in a folder that can be written.',
      cause: error,
    });
  }
}

function sampleLines(queue: Queue): string {
  const { sample } = queue;
  const drawn = sample === null ? '' : `${sample.size} of ${sample.of} conversations, seed ${sample.seed}`;
  return `${queueLine(queue)}\n${drawn}`;
}

function reportText({ scope, progress, reviewers, days }: ReviewReport): string {
  const counts = (of: Record<Outcome, number>) => outcomes.map((outcome) => `${outcome} ${of[outcome]}`).join(', ');
  return [
    scope,
    `${progress.reviewed} of ${progress.total} reviewed: ${counts(progress.outcomes)}`,
    ...reviewers.map((each) => `${each.name}: ${counts(each.outcomes)}`),
    ...days.map((each) => `${each.day}: ${counts(each.outcomes)}`),
  ]
    .map(printableLine)
    .join('\n');
}
