import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useClient } from '../../bridge/client.ts';
import type { Client } from '../../bridge/client.ts';

function conversationQuery(client: Client, id: string, query: string, version: number | null, ahead = false) {
  return {
    queryKey: ['conversations.get', id, query, version],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      client.call(
        'conversations.get',
        {
          id,
          ...(query === '' ? {} : { query }),
          ...(version === null ? {} : { version }),
          ...(ahead ? { ahead } : {}),
        },
        signal,
      ),
    // Long transcripts are heavy: those left behind go soon, so that memory stays flat over a day of reading.
    gcTime: 30_000,
  };
}

export function useConversation(id: string, query: string, version: number | null) {
  const client = useClient();
  const conversation = useQuery(conversationQuery(client, id, query, version));
  const has = conversation.data !== undefined;
  useEffect(() => {
    // It may have come from the cache: who read what is written down all the same.
    if (has) void client.call('conversations.shown', { id }).catch(() => undefined);
  }, [client, id, has]);
  return conversation;
}

/** Fetches the neighbours of the conversation being read, so that stepping through results is instant. */
export function usePrefetchConversations(ids: readonly string[], query: string): void {
  const client = useClient();
  const queries = useQueryClient();
  const key = ids.join('\n');
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const id of key.split('\n'))
        if (id !== '') void queries.prefetchQuery(conversationQuery(client, id, query, null, true));
    }, 80);
    return () => clearTimeout(timer);
  }, [key, query, client, queries]);
}
