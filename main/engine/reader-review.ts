import type { CallsOf } from '../../preload/contract.ts';
import { listActions } from '../archive/review/actions.ts';
import { caseMembers, listCases } from '../archive/review/cases.ts';
import { holdMembers, listHolds } from '../archive/review/holds.ts';
import { reviewMarks } from '../archive/review/marks-of.ts';
import { listNotes } from '../archive/review/notes.ts';
import { listSavedSearches, savedSearchNews } from '../archive/review/saved-searches.ts';
import { listTags } from '../archive/review/tags.ts';
import type { ReaderContext } from './reader.ts';
import type { Handlers } from './service.ts';

type ReviewCalls = Extract<
  CallsOf<'read' | 'count'>,
  `${'holds' | 'review' | 'tags' | 'notes' | 'cases' | 'savedSearches'}.${string}`
>;

/** Reading what people put on conversations. */
export function reviewReadHandlers({ archive, clock }: ReaderContext) {
  const { db } = archive;
  return {
    'holds.list': () => listHolds(db),
    'holds.members': (input) => holdMembers(db, input),
    'review.of': ({ ids }) => reviewMarks(db, ids),
    'review.actions': ({ limit }) => listActions(db, limit),
    'tags.list': () => listTags(db),
    'notes.list': (input) => listNotes(db, input),
    'cases.list': () => listCases(db),
    'cases.members': (input) => caseMembers(db, input),
    'savedSearches.list': () => listSavedSearches(db),
    'savedSearches.news': () => savedSearchNews(db, clock.now()),
  } satisfies Pick<Handlers<'read' | 'count'>, ReviewCalls>;
}
