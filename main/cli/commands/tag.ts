import type { Command } from 'commander';
import { tagColors, type Tag, type TagColor } from '../../../preload/model.ts';
import { applyChange, scopeOf, withScope, type ScopeOptions } from '../apply-change.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { withIsoTimes } from '../times.ts';

interface ColorOption {
  color?: TagColor;
}

const colorHelp = tagColors.join(', ');

export function addTagCommands(program: Command, run: Run): void {
  const tag = program.command('tag').description('tags on conversations; search finds them by tag:NAME');

  withScope(tag.command('add <name> [ids...]').description('tag conversations; a new tag is made'))
    .option('--color <color>', `of a new tag: ${colorHelp}`)
    .action(
      run(async (context, name: string, ids: string[], options: ScopeOptions & ColorOption) => {
        const { color } = options;
        const change = { kind: 'tag' as const, tag: name, ...(color === undefined ? {} : { color }) };
        await applyChange(context, change, scopeOf(ids, options));
      }),
    );

  withScope(tag.command('remove <name> [ids...]').description('take a tag off conversations')).action(
    run(async (context, name: string, ids: string[], options: ScopeOptions) => {
      await applyChange(context, { kind: 'untag', tag: name }, scopeOf(ids, options));
    }),
  );

  tag
    .command('list')
    .description('all tags')
    .action(
      run(async ({ session, output }) => {
        const tags = await session.call('tags.list', {});
        output.result(withIsoTimes(tags), () =>
          tags.length === 0 ? 'There are no tags.' : tags.map(tagLine).join('\n'),
        );
      }),
    );

  tag
    .command('edit <name>')
    .description('rename a tag or change its colour')
    .option('--name <name>', 'the new name')
    .option('--color <color>', colorHelp)
    .action(
      run(async ({ session, output }, name: string, { name: newName, color }: ColorOption & { name?: string }) => {
        const edited = await session.call('tags.update', {
          name,
          ...(newName === undefined ? {} : { newName }),
          ...(color === undefined ? {} : { color }),
        });
        output.result(withIsoTimes(edited), () => tagLine(edited));
      }),
    );

  tag
    .command('delete <name>')
    .description('forget a tag that no conversation has')
    .action(
      run(async ({ session, output }, name: string) => {
        await session.call('tags.remove', { name });
        output.result({ deleted: name }, () => printableLine(`Deleted the tag ${name}.`));
      }),
    );
}

function tagLine({ name, color, total }: Tag): string {
  return printableLine(`${name}: ${total} conversations (${color})`);
}
