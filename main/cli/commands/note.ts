import type { Command } from 'commander';
import type { Note } from '../../../preload/model.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { withIsoTimes } from '../times.ts';
import { readCount } from './account.ts';

export function addNoteCommands(program: Command, run: Run): void {
  const note = program
    .command('note')
    .description("reviewers' notes; search finds them by note:WORD and has:annotation");

  note
    .command('add <id> <text>')
    .description('note something on a conversation')
    .option('--message <n>', 'on this message of it, counted from 0')
    .action(
      run(async ({ session, output }, id: string, text: string, { message }: { message?: string }) => {
        const added = await session.call('notes.add', {
          id,
          text,
          ...(message === undefined ? {} : { message: readCount('--message', message) }),
        });
        output.result(withIsoTimes(added), () => noteLine(added));
      }),
    );

  note
    .command('list [id]')
    .description('the notes of a conversation, or the newest of all')
    .option('--limit <n>', 'how many', '100')
    .option('--offset <n>', 'how many to skip', '0')
    .action(
      run(async ({ session, output }, id: string | undefined, options: { limit: string; offset: string }) => {
        const { notes, total } = await session.call('notes.list', {
          ...(id === undefined ? {} : { id }),
          limit: readCount('--limit', options.limit),
          offset: readCount('--offset', options.offset),
        });
        output.result({ notes: withIsoTimes(notes), total }, () =>
          [...notes.map(noteLine), `${total} notes`].join('\n'),
        );
      }),
    );

  note
    .command('edit <note> <text>')
    .description('change a note by its number; the former text stays in the custody log')
    .action(
      run(async ({ session, output }, key: string, text: string) => {
        const edited = await session.call('notes.edit', { note: readCount('NOTE', key), text });
        output.result(withIsoTimes(edited), () => noteLine(edited));
      }),
    );

  note
    .command('remove <note>')
    .description('remove a note by its number; its texts stay in the custody log')
    .action(
      run(async ({ session, output }, key: string) => {
        await session.call('notes.remove', { note: readCount('NOTE', key) });
        output.result({ removed: Number(key) }, () => `Removed note ${key}.`);
      }),
    );
}

function noteLine({ note, id, message, author, createdAt, text }: Note): string {
  const where = message === null ? id : `${id} message ${message.index}`;
  return printableLine(`${note}: ${isoTime(createdAt)} ${author} on ${where}: ${text}`);
}
