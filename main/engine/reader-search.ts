import { dashboardFigures } from '../archive/dashboard/figures.ts';
import { searchCount } from '../archive/search/count.ts';
import { searchFacets } from '../archive/search/facets.ts';
import { searchHistogram } from '../archive/search/histogram.ts';
import { searchPage } from '../archive/search/page.ts';
import type { ReaderContext } from './reader.ts';
import type { Handlers } from './service.ts';

/** Searching. Each runs to its end in one go; stopping one means killing the reader. */
export function searchHandlers({ archive, clock }: ReaderContext) {
  const { db } = archive;
  return {
    'search.page': (input) => searchPage(db, input, clock.now()),
    'search.count': (input) => searchCount(db, input, clock.now()),
    'search.facets': (input) => searchFacets(db, input, clock.now()),
    'search.histogram': (input) => searchHistogram(db, input, clock.now()),
    'dashboard.figures': (input) => dashboardFigures(db, input, clock.now()),
  } satisfies Pick<
    Handlers<'read' | 'count'>,
    'search.page' | 'search.count' | 'search.facets' | 'search.histogram' | 'dashboard.figures'
  >;
}
