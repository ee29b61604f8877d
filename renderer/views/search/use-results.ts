import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Output } from '../../../preload/contract.ts';
import type { Hit, Sort } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';
import type { Client } from '../../bridge/client.ts';
import { pageOf, pagesOf, sliceOf } from './paging.ts';

type Page = Output<'search.page'> & { query: string; sort: Sort };

export interface Results {
  /** The query whose hits are shown; lags behind the typed one until its first page is there. */
  query: string;
  sort: Sort;
  /** Rows that the list can scroll to. */
  length: number;
  rowAt: (index: number) => Hit | undefined;
  indexOf: (id: string) => number;
  /** The ids of some pages, as far as they are there. */
  idsOfPages: (pages: readonly number[]) => string[][];
  /** The ids of a range of rows, both included; fetches the pages that are not there yet. */
  idsBetween: (first: number, last: number) => Promise<string[]>;
  /** Nothing has ever been shown yet. */
  loading: boolean;
  /** The shown rows belong to an older query. */
  stale: boolean;
  error: Error | null;
  retry: () => void;
}

function pageQuery(client: Client, queries: QueryClient, query: string, sort: Sort, timeZone: string, page: number) {
  return {
    queryKey: ['search.page', query, sort, timeZone, page],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Page> => {
      // The page before knows the cursor; after a jump there is none and the engine skips by offset.
      const before = queries.getQueryData<Page>(['search.page', query, sort, timeZone, page - 1]);
      const cursor = before?.nextCursor ?? undefined;
      const { offset, limit } = sliceOf(page);
      const from = cursor === undefined ? { offset } : { cursor };
      return {
        ...(await client.call('search.page', { query, sort, timeZone, limit, ...from }, signal)),
        query,
        sort,
      };
    },
  };
}

/**
 * The results of a search as a list of any length: the first page is fetched at once and replaces the rows shown when
 * it arrives, further pages as the list scrolls to them. `total` comes from the count, which may be later.
 */
export function useResults(
  query: string,
  sort: Sort,
  timeZone: string,
  total: number | undefined,
  pages: readonly number[],
): Results {
  const client = useClient();
  const queries = useQueryClient();
  const first = useQuery({
    ...pageQuery(client, queries, query, sort, timeZone, 0),
    placeholderData: keepPreviousData,
  });
  // While a query is half typed and doesn't parse, the rows of the last one that did stay.
  const [kept, setKept] = useState<Page | undefined>(first.data);
  if (first.data !== undefined && first.data !== kept) setKept(first.data);
  const shown = first.data ?? kept;

  const wanted = shown === undefined ? [] : [...new Set([0, ...pages])];
  const loaded = useQueries({
    queries: wanted.map((page) => pageQuery(client, queries, shown?.query ?? '', shown?.sort ?? sort, timeZone, page)),
  });
  const byPage = new Map<number, Page>();
  wanted.forEach((page, position) => {
    const data = loaded[position]?.data;
    if (data !== undefined) byPage.set(page, data);
  });
  if (shown !== undefined) byPage.set(0, shown);

  // A query that fails leaves rows that are not stale but those of the last one that worked.
  const stale = first.isPlaceholderData;
  // A page that lies beyond the last hit reaches nothing.
  const reached = Math.max(
    0,
    ...[...byPage].map(([page, { hits }]) => (hits.length === 0 ? 0 : sliceOf(page).offset + hits.length)),
  );
  const more = [...byPage.values()].some((page) => page.nextCursor !== null);
  return {
    query: shown?.query ?? query,
    sort: shown?.sort ?? sort,
    length:
      !stale && first.data !== undefined && total !== undefined
        ? Math.max(total, reached)
        : reached + (more ? sliceOf(1).limit : 0),
    rowAt: (index) => {
      const page = pageOf(index);
      return byPage.get(page)?.hits[index - sliceOf(page).offset];
    },
    indexOf: (id) => {
      for (const [page, { hits }] of byPage) {
        const position = hits.findIndex((hit) => hit.id === id);
        if (position >= 0) return sliceOf(page).offset + position;
      }
      return -1;
    },
    idsOfPages: (numbers) => numbers.flatMap((page) => [byPage.get(page)?.hits.map((hit) => hit.id) ?? []]),
    idsBetween: async (from, to) => {
      const ids: string[] = [];
      for (const page of pagesOf(from, to)) {
        const hits =
          byPage.get(page)?.hits ??
          (
            await queries.fetchQuery(
              pageQuery(client, queries, shown?.query ?? query, shown?.sort ?? sort, timeZone, page),
            )
          ).hits;
        const { offset } = sliceOf(page);
        ids.push(...hits.slice(Math.max(0, from - offset), to - offset + 1).map((hit) => hit.id));
      }
      return ids;
    },
    loading: shown === undefined && first.error === null,
    stale,
    error: first.error,
    retry: () => void first.refetch(),
  };
}

/** The exact number of conversations a query finds, and the query in words. */
export function useCount(query: string, timeZone: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['search.count', query, timeZone],
    queryFn: ({ signal }) => client.call('search.count', { query, timeZone }, signal),
    placeholderData: keepPreviousData,
  });
}

export function useFacets(query: string, timeZone: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['search.facets', query, timeZone],
    queryFn: ({ signal }) => client.call('search.facets', { query, timeZone, values: 12 }, signal),
    placeholderData: keepPreviousData,
  });
}
