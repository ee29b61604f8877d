import { QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ArchiveEvent, Input, Output } from '../../preload/contract.ts';
import type { Job } from '../../preload/model.ts';
import { useClient } from './client.ts';
import { reviewQueries } from './review.ts';

/** Answers come from a local database: they are fresh until an event says otherwise, and retrying is the host's job. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** Calls without input, whose answer is shown in several places. */
type PlainCall =
  | 'app.info'
  | 'settings.get'
  | 'accounts.list'
  | 'status.get'
  | 'jobs.list'
  | 'tags.list'
  | 'cases.list'
  | 'holds.list'
  | 'savedSearches.list'
  | 'savedSearches.news';

function usePlain<N extends PlainCall>(name: N) {
  const client = useClient();
  return useQuery<Output<N>>({
    queryKey: [name],
    queryFn: ({ signal }) => client.call(name, {} as Input<N>, signal),
  });
}

export const useAppInfo = () => usePlain('app.info');
export const useSettings = () => usePlain('settings.get');
export const useAccounts = () => usePlain('accounts.list');
export const useStatus = () => usePlain('status.get');
export const useJobs = () => usePlain('jobs.list');
export const useTags = () => usePlain('tags.list');
export const useCases = () => usePlain('cases.list');
export const useHolds = () => usePlain('holds.list');
export const useSavedSearches = () => usePlain('savedSearches.list');
export const useSavedSearchNews = () => usePlain('savedSearches.news');

/** One job by id, kept current by events; undefined until the host has told of it. */
export function useJob(jobId: string | null): Job | undefined {
  const jobs = useJobs();
  return jobId === null ? undefined : jobs.data?.find((job) => job.id === jobId);
}

export function useSaveSettings() {
  const client = useClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (patch: Input<'settings.set'>) => client.call('settings.set', patch),
    onMutate: (patch) => {
      // Appearance must follow the click at once; the answer then confirms or takes it back.
      const before = queries.getQueryData<Output<'settings.get'>>(['settings.get']);
      if (before !== undefined) {
        const changes = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
        queries.setQueryData(['settings.get'], { ...before, ...changes });
      }
      return { before };
    },
    onSuccess: (settings) => queries.setQueryData(['settings.get'], settings),
    onError: (_error, _patch, context) => queries.setQueryData(['settings.get'], context?.before),
  });
}

export function useStartSync() {
  const client = useClient();
  return useMutation({ mutationFn: (input: Input<'sync.start'>) => client.call('sync.start', input) });
}

export function useCancelJob() {
  const client = useClient();
  return useMutation({ mutationFn: (jobId: string) => client.call('jobs.cancel', { jobId }) });
}

const staleAfterChange = new Set([
  'search.page',
  'search.facets',
  'search.histogram',
  'dashboard.figures',
  'conversations.get',
  'status.get',
  'sync.log',
  'coverage.statement',
  'custody.list',
  'custody.checkpoint',
  'erasure.list',
  ...reviewQueries,
]);

/** Puts the host's events into the cache. A sync changes the archive many times a second: refetch at most once a second. */
export function useArchiveEvents(): void {
  const client = useClient();
  const queries = useQueryClient();
  useEffect(() => {
    let pending: ReturnType<typeof setTimeout> | undefined;
    const refreshSoon = () => {
      pending ??= setTimeout(() => {
        pending = undefined;
        void queries.invalidateQueries({ predicate: (query) => staleAfterChange.has(String(query.queryKey[0])) });
      }, 1000);
    };
    const onEvent = (event: ArchiveEvent) => {
      if (event.type === 'job') {
        queries.setQueryData<Job[]>(['jobs.list'], (jobs) => withJob(jobs ?? [], event.job));
        if (event.job.state !== 'running') refreshSoon();
      } else if (event.type === 'archive-changed') refreshSoon();
      else if (event.type === 'accounts-changed') {
        void queries.invalidateQueries({ queryKey: ['accounts.list'] });
        void queries.invalidateQueries({ queryKey: ['status.get'] });
        void queries.invalidateQueries({ queryKey: ['erasure.policies'] });
      } else void queries.invalidateQueries();
    };
    const unsubscribe = client.subscribe(onEvent);
    return () => {
      unsubscribe();
      clearTimeout(pending);
    };
  }, [client, queries]);
}

function withJob(jobs: readonly Job[], changed: Job): Job[] {
  return [...jobs.filter((job) => job.id !== changed.id), changed].toSorted((a, b) => b.startedAt - a.startedAt);
}
