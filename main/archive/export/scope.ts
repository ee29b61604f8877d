import type { Database } from 'better-sqlite3';
import type { ExportRequest } from '../../../preload/model.ts';
import { searchCount } from '../search/count.ts';
import { matchingRids } from '../search/matching.ts';
import { findConversation } from '../store/transcripts.ts';

/** Which conversations an export holds. */
export interface Scope {
  total: number;
  /** In words, for people. */
  understoodAs: string;
  rids(): Iterable<number>;
}

/**
 * What a query finds, or the conversations that were chosen one by one.
 * @throws ArchiveError invalid-input when the query does not parse; not-found, conflict for ids
 */
export function openScope(
  db: Database,
  request: Pick<ExportRequest, 'query' | 'ids' | 'timeZone' | 'sort'>,
  now: number,
): Scope {
  if (request.ids !== undefined) return chosen(db, request.ids, request.sort);
  const { query, timeZone, sort } = request;
  const { total, understoodAs } = searchCount(db, { query, timeZone }, now);
  return { total, understoodAs, rids: () => matchingRids(db, query, { sort, timeZone, now }) };
}

function chosen(db: Database, ids: readonly string[], sort: 'newest' | 'oldest'): Scope {
  // Row ids are in the order of time.
  const rids = [...new Set(ids.map((id) => findConversation(db, id).rid))].sort((one, other) => one - other);
  if (sort === 'newest') rids.reverse();
  return { total: rids.length, understoodAs: `${rids.length} chosen conversations`, rids: () => rids };
}
