import type { Database } from 'better-sqlite3';
import { archiveReach, spillMinutes } from '../store/rid.ts';
import type { Moment } from './dates.ts';
import { planQuery } from './plan.ts';
import { parseQuery } from './query.ts';
import { matchingPlaces } from './rids.ts';

/**
 * Row ids of all conversations that match, in order of their start, read bit by bit: memory stays flat however
 * many there are. For one state of the archive throughout, call it inside a transaction.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function* matchingRids(
  db: Database,
  query: string,
  options: Moment & { sort: 'newest' | 'oldest' },
): Generator<number> {
  const plan = planQuery(parseQuery(query), options, spillMinutes(db), archiveReach(db));
  for (const { rid } of matchingPlaces(db, plan, options.sort)) yield rid;
}
