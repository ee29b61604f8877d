import type { Database } from 'better-sqlite3';
import { contract } from '../preload/contract.ts';
import { searchCount } from '../main/archive/search/count.ts';
import { searchFacets } from '../main/archive/search/facets.ts';
import { searchHistogram } from '../main/archive/search/histogram.ts';
import { searchPage } from '../main/archive/search/page.ts';
import { openReader } from '../main/archive/store/database.ts';
import { queries } from './queries.ts';

export interface Figures {
  name: string;
  total: number;
  /** Milliseconds, median and 95th percentile. */
  [measure: string]: number | string;
}

const now = Date.UTC(2026, 10, 1);

/** Latency of each query inside the engine, each kind of answer in its own reader as in the app. */
export function measureArchive(folder: string, runs: number): { figures: Figures[]; memoryMb: number } {
  const pages = openReader(folder).db;
  const counts = openReader(folder).db;
  searchFacets(counts, contract['search.facets'].input.parse({ query: '' }), now);
  const figures = queries.map(({ name, query }): Figures => {
    const page = (sort: 'newest' | 'oldest' | 'relevance') => {
      searchPage(pages, contract['search.page'].input.parse({ query, sort }), now);
    };
    const began = performance.now();
    const { total } = searchCount(counts, contract['search.count'].input.parse({ query }), now);
    const countFirst = Math.round((performance.now() - began) * 100) / 100;
    const fresh = <T>(work: (db: Database) => T) => work(counts);
    return {
      name,
      total,
      'count first': countFirst,
      ...timed('newest', runs, () => page('newest')),
      ...timed('oldest', runs, () => page('oldest')),
      ...timed('best', Math.min(runs, 3), () => page('relevance')),
      ...timed('count', runs, () =>
        fresh((db) => searchCount(db, contract['search.count'].input.parse({ query: vary(query) }), now)),
      ),
      ...timed('facets', Math.min(runs, 5), () =>
        fresh((db) => searchFacets(db, contract['search.facets'].input.parse({ query: vary(query) }), now)),
      ),
      ...timed('histogram', Math.min(runs, 5), () =>
        fresh((db) => searchHistogram(db, contract['search.histogram'].input.parse({ query: vary(query) }), now)),
      ),
    };
  });
  return { figures, memoryMb: process.memoryUsage().rss / 1_048_576 };
}

let variants = 0;

/** The same question as never asked before: remembered lists of matches must not flatter the figures. */
function vary(query: string): string {
  variants += 1;
  return query === '' ? `-zzz${variants}` : `(${query}) -zzz${variants}`;
}

function timed(name: string, runs: number, work: () => void): Record<string, number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    work();
    times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  const at = (share: number) =>
    Math.round((times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0) * 100) / 100;
  return { [`${name} p50`]: at(0.5), [`${name} p95`]: at(0.95) };
}
