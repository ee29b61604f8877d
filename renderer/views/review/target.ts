import type { ReviewScope } from '../../../preload/model.ts';

/** What the next action is about: the conversation that is read, those selected, or all that a search finds. */
export interface ReviewTarget {
  scope: Exclude<ReviewScope, { kind: 'queue' }>;
  count: number;
  /** Named, where they are few enough to know the marks of each. */
  ids: readonly string[];
}

const mostKnown = 200;

export function targetOf(ids: readonly string[]): ReviewTarget | null {
  if (ids.length === 0) return null;
  return { scope: { kind: 'ids', ids: [...ids] }, count: ids.length, ids: ids.length <= mostKnown ? ids : [] };
}

export function targetOfQuery(query: string, timeZone: string, count: number): ReviewTarget | null {
  return count === 0 ? null : { scope: { kind: 'query', query, timeZone }, count, ids: [] };
}
