import type { Database } from 'better-sqlite3';
import type { ReviewScope } from '../../../preload/model.ts';
import { matchingRids } from '../search/matching.ts';
import { findConversation } from '../store/transcripts.ts';
import { caseRids, getCase } from './cases.ts';
import { queueRids } from './queue-rows.ts';

/**
 * The conversations that something is to be done to, in order of their start.
 * @throws ArchiveError not-found for an id or a case that is not there; invalid-input for a query that does not parse
 */
export function scopeRids(db: Database, scope: ReviewScope, now: number): number[] {
  switch (scope.kind) {
    case 'ids':
      return [...new Set(scope.ids.map((id) => findConversation(db, id).rid))].sort((one, other) => one - other);
    case 'query':
      return [...matchingRids(db, scope.query, { sort: 'oldest', timeZone: scope.timeZone, now })];
    case 'case':
      return caseRids(db, getCase(db, scope.case).id);
    case 'queue':
      return queueRids(db, scope.queue).sort((one, other) => one - other);
  }
}

/** The scope as the custody log and the list of actions keep it. */
export function scopeFacts(scope: ReviewScope): Record<string, string> {
  switch (scope.kind) {
    case 'ids':
      return {};
    case 'query':
      return { query: scope.query.slice(0, 10_000), timeZone: scope.timeZone };
    case 'case':
      return { ofCase: scope.case };
    case 'queue':
      return { ofQueue: scope.queue };
  }
}
