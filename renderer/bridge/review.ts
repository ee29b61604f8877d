import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReviewMarks } from '../../preload/model.ts';
import { useClient } from './client.ts';
import type { Client } from './client.ts';

/** Calls whose answers a reviewer's action changes. */
export const reviewQueries: ReadonlySet<string> = new Set([
  'review.of',
  'notes.list',
  'tags.list',
  'cases.list',
  'cases.members',
  'queues.list',
  'queues.get',
  'review.report',
  'holds.list',
  'savedSearches.list',
  'savedSearches.news',
  'search.count',
]);

/** Fetches anew what reviewers' actions change; the event that does the same comes a second later. */
export function useRefreshReview(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ predicate: (query) => reviewQueries.has(String(query.queryKey[0])) });
}

function marksQuery(client: Client, ids: readonly string[]) {
  return {
    queryKey: ['review.of', ...ids],
    queryFn: ({ signal }: { signal: AbortSignal }) => client.call('review.of', { ids: [...ids] }, signal),
    enabled: ids.length > 0,
    gcTime: 60_000,
  };
}

/** What reviewers put on one conversation. */
export function useMarks(id: string): ReviewMarks | undefined {
  const client = useClient();
  return useQuery(marksQuery(client, [id])).data?.[0];
}

/** What reviewers put on the conversations of some pages of a list; a page at a time, so that scrolling asks seldom. */
export function useMarksOfPages(pages: readonly (readonly string[])[]): ReadonlyMap<string, ReviewMarks> {
  const client = useClient();
  const answers = useQueries({ queries: pages.map((ids) => marksQuery(client, ids)) });
  return new Map(answers.flatMap((answer) => answer.data ?? []).map((marks) => [marks.id, marks]));
}

/** Reviewers' notes on one conversation, oldest first. */
export function useNotes(id: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['notes.list', id],
    queryFn: ({ signal }) => client.call('notes.list', { id }, signal),
  });
}
