import type { CallsOf } from '../../preload/contract.ts';
import { listActions } from '../archive/review/actions.ts';
import { caseMembers, listCases } from '../archive/review/cases.ts';
import { holdMembers, listHolds } from '../archive/review/holds.ts';
import { reviewMarks } from '../archive/review/marks-of.ts';
import { listNotes } from '../archive/review/notes.ts';
import { listQueues, queuePage, showQueue } from '../archive/review/queues.ts';
import { reportFile } from '../archive/review/report-file.ts';
import { reviewReport } from '../archive/review/report.ts';
import { listSavedSearches, savedSearchNews } from '../archive/review/saved-searches.ts';
import { listTags } from '../archive/review/tags.ts';
import type { ReaderContext } from './reader.ts';
import type { Handlers } from './service.ts';

type ReviewCalls = Extract<
  CallsOf<'read' | 'count'>,
  `${'holds' | 'review' | 'tags' | 'notes' | 'cases' | 'savedSearches' | 'queues'}.${string}`
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
    'queues.list': () => listQueues(db),
    'queues.get': ({ name }) => showQueue(db, name),
    'queues.page': (input) => queuePage(db, input),
    'review.report': (input) => reviewReport(db, input, clock.now()),
    'review.reportFile': (input) => reportFile(db, input, clock.now()),
    'savedSearches.list': () => listSavedSearches(db),
    'savedSearches.news': () => savedSearchNews(db, clock.now()),
  } satisfies Pick<Handlers<'read' | 'count'>, ReviewCalls>;
}
