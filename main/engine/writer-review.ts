import { createHold, releaseHold } from '../archive/review/holds.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

/** What people put on conversations. */
export function reviewHandlers({ archive, clock, changes, actor }: WriterContext) {
  const doing = () => ({ now: clock.now(), actor });
  return {
    'holds.create'(input) {
      const hold = createHold(archive, input, doing());
      changes.changed();
      return hold;
    },
    'holds.release'(input) {
      const hold = releaseHold(archive, input, doing());
      changes.changed();
      return hold;
    },
  } satisfies Pick<Handlers<'write'>, 'holds.create' | 'holds.release'>;
}
