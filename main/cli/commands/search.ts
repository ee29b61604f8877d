import type { Command } from 'commander';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Facet } from '../../../preload/model.ts';
import { publicSearch } from '../../../preload/public-json.ts';
import { printableLine } from '../printable.ts';
import type { Run } from '../run.ts';
import { hitsOf, hitText, readSort } from '../hits.ts';
import { certify } from './certificate.ts';
import { readAsKnownOn } from '../dates.ts';
import { readCount } from './account.ts';

interface SearchOptions {
  sort: string;
  limit: string;
  offset: string;
  facets?: true;
  countOnly?: true;
  explain?: true;
  timeZone: string;
  asKnownOn?: string;
  certificate?: string;
  fullScan?: true;
}

export function addSearchCommand(program: Command, run: Run): void {
  program
    .command('search [query...]')
    .description('find conversations; an empty query matches everything')
    .option('--sort <order>', 'newest, oldest or relevance', 'newest')
    .option('--limit <n>', 'how many to print', '20')
    .option('--offset <n>', 'how many to skip', '0')
    .option('--facets', 'count the values of each field')
    .option('--count-only', 'only the exact total')
    .option('--explain', 'only say how the query is understood')
    .option('--time-zone <zone>', 'zone of the dates in the query', 'UTC')
    .option('--certificate <file>', 'put the search on record: a file that can be checked later')
    .option('--full-scan', 'with --certificate: confirm the hits on every stored text, without the index')
    .option('--as-known-on <date>', 'what would have been found at the end of that day, UTC')
    .action(
      run(async ({ session, output }, words: string[], options: SearchOptions) => {
        const query = words.join(' ').trim();
        const { timeZone } = options;
        const sort = readSort(options.sort);
        const limit = readCount('--limit', options.limit);
        const offset = readCount('--offset', options.offset);
        if (options.certificate !== undefined) {
          await certify({ session, output }, { query, timeZone }, options.certificate, options.fullScan === true);
          return;
        }
        const known = readAsKnownOn(options.asKnownOn);
        if (options.facets === true && options.asKnownOn !== undefined) {
          throw new ArchiveError('invalid-input', 'Facets of a past date are not counted.', {
            hint: 'Leave out --facets or --as-known-on.',
          });
        }
        const counted = await session.call('search.count', { query, timeZone, ...known });
        const { total, understoodAs, suggestions = [], index } = counted;
        if (options.explain === true) {
          output.result({ query, understoodAs, total, suggestions }, () => printableLine(understoodAs));
          return;
        }
        const page =
          options.countOnly === true
            ? { hits: [], elapsedMs: 0 }
            : await hitsOf(session, { query, timeZone, sort, limit, offset, ...known });
        const facets = options.facets === true ? await session.call('search.facets', { query, timeZone }) : null;
        const found = {
          query,
          total,
          hits: page.hits,
          ...(facets === null ? {} : { facets: facets.facets }),
          elapsedMs: counted.elapsedMs + page.elapsedMs + (facets?.elapsedMs ?? 0),
        };
        if (index !== undefined) output.note('The index is not complete: these results may be too few. Run optimize.');
        for (const { term, suggestion } of suggestions) output.note(`No hit for ${term}. Did you mean ${suggestion}?`);
        output.result(
          { ...publicSearch(found), understoodAs, suggestions, ...(index === undefined ? {} : { index }) },
          () => {
            if (options.countOnly === true) return String(total);
            return [
              ...page.hits.map(hitText),
              ...(facets === null ? [] : facets.facets.map(facetText)),
              `${total} conversations`,
            ].join('\n');
          },
        );
      }),
    );
}

function facetText(facet: Facet): string {
  const values = facet.values.map((value) => `${value.label} ${value.total}`).join(', ');
  return printableLine(`${facet.field}: ${values}`);
}
