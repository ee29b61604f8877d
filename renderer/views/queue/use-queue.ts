import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Decision, Queue } from '../../../preload/model.ts';
import { useClient } from '../../bridge/client.ts';

interface Place {
  position: number;
  id: string;
  decision: Decision | null;
}

export interface QueueWalk {
  /** Where the reviewer is; null past the end of the list. */
  place: Place | null;
  loading: boolean;
  error: Error | null;
  retry: () => void;
  go: (position: number) => void;
  /** To the next one that nobody has decided about, from the beginning again after the end; false when there is none. */
  toNextOpen: () => Promise<boolean>;
}

/** Walks through a review list, and remembers the place for the next time. */
export function useQueue(queue: Queue): QueueWalk {
  const client = useClient();
  const queries = useQueryClient();
  const [at, setAt] = useState(Math.min(queue.position, Math.max(0, queue.progress.total - 1)));
  const pageQuery = (position: number) => ({
    queryKey: ['queues.page', queue.name, position],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      client.call('queues.page', { name: queue.name, from: position, limit: 1 }, signal),
    gcTime: 10_000,
  });
  const page = useQuery(pageQuery(at));
  const move = useMutation({
    mutationFn: (position: number) => client.call('queues.move', { name: queue.name, position }),
  });
  const { mutate: remember } = move;
  useEffect(() => remember(at), [at, remember]);
  const go = (position: number) => {
    const next = Math.min(queue.progress.total - 1, Math.max(0, position));
    void queries.invalidateQueries({ queryKey: ['queues.page', queue.name] });
    setAt(next);
  };
  const openFrom = async (from: number) => {
    const found = await client.call('queues.page', { name: queue.name, from, open: true, limit: 1 });
    return found[0]?.position;
  };
  return {
    place: page.data?.[0] ?? null,
    loading: page.isPending,
    error: page.error,
    retry: () => void page.refetch(),
    go,
    toNextOpen: async () => {
      const next = (await openFrom(at + 1)) ?? (await openFrom(0));
      if (next !== undefined) go(next);
      return next !== undefined;
    },
  };
}
