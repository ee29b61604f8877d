import { setImmediate } from 'node:timers/promises';
import type { ReviewAction } from '../../preload/model.ts';
import {
  startUndo,
  batchSize,
  continueAction,
  continueUndo,
  getAction,
  startAction,
  stopAction,
  stopInterrupted,
} from '../archive/review/actions.ts';
import { createCase, setCaseClosed, updateCase } from '../archive/review/cases.ts';
import { createHold, releaseHold } from '../archive/review/holds.ts';
import { createQueue, moveInQueue, removeQueue } from '../archive/review/queues.ts';
import { addNote, editNote, removeNote } from '../archive/review/notes.ts';
import { removeSavedSearch, renameSavedSearch, saveSearch, seeSavedSearch } from '../archive/review/saved-searches.ts';
import { createTag, removeTag, updateTag } from '../archive/review/tags.ts';
import type { CallsOf } from '../../preload/contract.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

type ReviewCalls = Extract<
  CallsOf<'write'>,
  `${'holds' | 'review' | 'tags' | 'notes' | 'cases' | 'savedSearches' | 'queues'}.${string}`
>;

/** What people put on conversations. */
export function reviewHandlers({ archive, clock, changes, actor, jobs, erasures }: WriterContext) {
  const { db } = archive;
  stopInterrupted(db);
  const doing = () => ({ now: clock.now(), actor });
  const changed = <T>(value: T): T => {
    changes.changed();
    return value;
  };

  return {
    'holds.create': (input) => changed(createHold(archive, input, doing())),
    async 'holds.release'(input) {
      const hold = changed(releaseHold(archive, input, doing()));
      await erasures.settle();
      return hold;
    },

    'review.apply'({ change, scope }) {
      const action = startAction(db, change, scope, doing());
      return carryOut(action, action.matched, `Marking conversations`, continueAction);
    },
    'review.undo'({ action: key }) {
      const action = startUndo(db, key, doing());
      return carryOut(action, action.changed, 'Taking back', continueUndo);
    },

    'tags.create': (input) => changed(createTag(db, input, doing())),
    'tags.update': (input) => changed(updateTag(db, input, doing())),
    'tags.remove'({ name }) {
      removeTag(db, name, doing());
      return changed({});
    },

    'notes.add': (input) => changed(addNote(db, input, doing())),
    'notes.edit': (input) => changed(editNote(db, input, doing())),
    'notes.remove'({ note }) {
      removeNote(db, note, doing());
      return changed({});
    },

    'cases.create': (input) => changed(createCase(db, input, doing())),
    'cases.update': (input) => changed(updateCase(db, input, doing())),
    'cases.close': (input) => changed(setCaseClosed(db, input, true, doing())),
    'cases.reopen': (input) => changed(setCaseClosed(db, input, false, doing())),

    'queues.create': (input) => changed(createQueue(archive, input, doing())),
    'queues.move'(input) {
      moveInQueue(db, input);
      return {};
    },
    'queues.remove'({ name }) {
      removeQueue(db, name, doing());
      return changed({});
    },

    'savedSearches.save': (input) => changed(saveSearch(db, input, doing())),
    'savedSearches.rename': (input) => changed(renameSavedSearch(db, input, doing())),
    'savedSearches.seen': ({ name }) => seeSavedSearch(db, name, doing()),
    'savedSearches.remove'({ name }) {
      removeSavedSearch(db, name, doing());
      return changed({});
    },
  } satisfies Pick<Handlers<'write'>, ReviewCalls>;

  /** At once where that is quick, otherwise as a job, batch by batch, with other writes in between. */
  function carryOut(
    { action: key }: ReviewAction,
    total: number,
    phase: string,
    next: typeof continueAction,
  ): { action: ReviewAction; jobId: string | null } {
    if (total <= batchSize) {
      try {
        next(db, key, doing());
      } catch (error) {
        stopAction(db, key);
        throw error;
      }
      return { action: changed(getAction(db, key)), jobId: null };
    }
    const jobId = jobs.start({
      kind: 'review',
      unit: 'conversations',
      phase,
      async run(signal, onProgress) {
        try {
          for (let left = total; left > 0;) {
            signal.throwIfAborted();
            left = next(db, key, doing());
            onProgress({ phase, done: total - left, total, unit: 'conversations' });
            changes.changed();
            await setImmediate();
          }
        } finally {
          stopAction(db, key);
        }
        return getAction(db, key);
      },
    });
    return { action: getAction(db, key), jobId };
  }
}
