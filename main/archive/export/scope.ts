import type { Database } from 'better-sqlite3';
import type { ExportRequest } from '../../../preload/model.ts';
import { caseRids, getCase } from '../review/cases.ts';
import { answering } from '../search/answer.ts';
import { matchesKnownOn } from '../search/as-known.ts';
import { searchCount } from '../search/count.ts';
import { explainQuery } from '../search/explain.ts';
import { matchingRids } from '../search/matching.ts';
import { parseQuery } from '../search/query.ts';
import { findConversation } from '../store/transcripts.ts';

/** Which conversations an export holds. */
export interface Scope {
  total: number;
  /** In words, for people. */
  understoodAs: string;
  /** Who answers for them, by the case that the export is of. */
  custodian?: string;
  rids(): Iterable<number>;
}

type ScopeRequest = Pick<ExportRequest, 'query' | 'ids' | 'case' | 'timeZone' | 'sort' | 'asKnownOn'>;

/**
 * What a query finds, or the conversations that were chosen one by one; of these, only those in a case where one is
 * named.
 * @throws ArchiveError invalid-input when the query does not parse; not-found, conflict for ids and the case
 */
export function openScope(db: Database, request: ScopeRequest, now: number): Scope {
  const scope = wholeScope(db, request, now);
  if (request.case === undefined) return scope;
  const { id, name, custodian } = getCase(db, request.case);
  const members = new Set(caseRids(db, id));
  const within = [...scope.rids()].filter((rid) => members.has(rid));
  return {
    total: within.length,
    understoodAs: `${scope.understoodAs}, in case “${name}”`,
    ...(custodian === '' ? {} : { custodian }),
    rids: () => within,
  };
}

function wholeScope(db: Database, request: ScopeRequest, now: number): Scope {
  if (request.ids !== undefined) return chosen(db, request.ids, request.sort);
  const { query, timeZone, sort, asKnownOn } = request;
  if (asKnownOn !== undefined) return knownScope(db, { query, timeZone, sort, asKnownOn }, now);
  const { total, understoodAs } = searchCount(db, { query, timeZone }, now);
  return { total, understoodAs, rids: () => matchingRids(db, query, { sort, timeZone, now }) };
}

function knownScope(
  db: Database,
  {
    query,
    timeZone,
    sort,
    asKnownOn,
  }: { query: string; timeZone: string; sort: 'newest' | 'oldest'; asKnownOn: number },
  now: number,
): Scope {
  const parsed = parseQuery(query);
  return answering(db, query, { timeZone, now }, (plan) => {
    const rids = matchesKnownOn(db, plan, sort, asKnownOn).places.map(({ rid }) => rid);
    const words = explainQuery({ text: query, root: parsed.root });
    const understoodAs = `${words}, as known on ${new Date(asKnownOn).toISOString()}`;
    return { total: rids.length, understoodAs, rids: () => rids };
  });
}

function chosen(db: Database, ids: readonly string[], sort: 'newest' | 'oldest'): Scope {
  // Row ids are in the order of time.
  const rids = [...new Set(ids.map((id) => findConversation(db, id).rid))].sort((one, other) => one - other);
  if (sort === 'newest') rids.reverse();
  return { total: rids.length, understoodAs: `${rids.length} chosen conversations`, rids: () => rids };
}
