import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import { archiveReach, spillMinutes } from '../store/rid.ts';
import { toArchiveError } from '../store/sqlite-error.ts';
import type { Moment } from './dates.ts';
import { planQuery, type Plan } from './plan.ts';
import { parseQuery } from './query.ts';

/**
 * Plans a query and answers it on one state of the archive, however many statements that takes.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function answering<T>(db: Database, query: string, moment: Moment, answer: (plan: Plan) => T): T {
  const parsed = parseQuery(query);
  const work = () => answer(planQuery(parsed, moment, spillMinutes(db), archiveReach(db)));
  try {
    return db.inTransaction ? work() : db.transaction(work).deferred();
  } catch (error) {
    throw error instanceof ArchiveError ? error : toArchiveError(error);
  }
}
