import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import { publicSearch } from '../../../preload/public-json.ts';
import { hitsOf, hitText, readSort } from '../hits.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { withIsoTimes } from '../times.ts';
import { readCount } from './account.ts';

export function addSavedCommands(program: Command, run: Run): void {
  const saved = program.command('saved').description('searches kept by name, with how many hits are new');

  saved
    .command('add <name>')
    .description('keep a search')
    .requiredOption('--query <query>', 'what it searches for')
    .option('--sort <order>', 'newest, oldest or relevance', 'newest')
    .option('--time-zone <zone>', 'zone of the dates in the query', 'UTC')
    .option('--replace', 'change the one of this name')
    .action(
      run(
        async (
          { session, output },
          name: string,
          options: { query: string; sort: string; timeZone: string; replace?: true },
        ) => {
          const { query, timeZone, replace = false } = options;
          const sort = readSort(options.sort);
          const added = await session.call('savedSearches.save', { name, query, sort, timeZone, replace });
          output.result(withIsoTimes(added), () => printableLine(`${added.name}: ${added.query}`));
        },
      ),
    );

  saved
    .command('list')
    .description('all saved searches, with how many hits came in or changed since each was last run')
    .action(
      run(async ({ session, output }) => {
        const searches = await session.call('savedSearches.list', {});
        const news = await session.call('savedSearches.news', {});
        const newHits = new Map(news.map(({ name, newHits: total }) => [name, total]));
        const list = searches.map((search) => ({ ...search, newHits: newHits.get(search.name) ?? 0 }));
        output.result(withIsoTimes(list), () =>
          list.length === 0
            ? 'There are no saved searches.'
            : list.map((each) => printableLine(`${each.name}: ${each.query} (${each.newHits} new)`)).join('\n'),
        );
      }),
    );

  saved
    .command('run <name>')
    .description('search again; its hits count as seen then')
    .option('--limit <n>', 'how many to print', '20')
    .action(
      run(async ({ session, output }, name: string, options: { limit: string }) => {
        const limit = readCount('--limit', options.limit);
        // The answer holds the search itself: one call finds it by a name as people type it, and marks it seen.
        const { query, sort, timeZone } = await session.call('savedSearches.seen', { name });
        const counted = await session.call('search.count', { query, timeZone });
        const page = await hitsOf(session, { query, timeZone, sort, limit, offset: 0 });
        const { total } = counted;
        const found = { query, total, hits: page.hits, elapsedMs: counted.elapsedMs + page.elapsedMs };
        output.result(publicSearch(found), () => [...page.hits.map(hitText), `${total} conversations`].join('\n'));
      }),
    );

  saved
    .command('rename <name> <newName>')
    .description('give a saved search another name')
    .action(
      run(async ({ session, output }, name: string, newName: string) => {
        if (newName.trim() === '') throw new ArchiveError('invalid-input', 'The new name is empty.');
        const renamed = await session.call('savedSearches.rename', { name, newName });
        output.result(withIsoTimes(renamed), () => printableLine(`${renamed.name}: ${renamed.query}`));
      }),
    );

  saved
    .command('remove <name>')
    .description('forget a saved search')
    .action(
      run(async ({ session, output }, name: string) => {
        await session.call('savedSearches.remove', { name });
        output.result({ removed: name }, () => printableLine(`Removed the saved search ${name}.`));
      }),
    );
}
