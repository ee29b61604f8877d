import { runDisposition } from '../archive/disposal/disposition.ts';
import { planDisposition } from '../archive/disposal/disposition-plan.ts';
import { removeRetentionClass, setRetentionClass } from '../archive/disposal/retention.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

/** How long conversations are kept, and what is destroyed when that is over. */
export function dispositionHandlers({ archive, clock, changes, actor, erasures }: WriterContext) {
  const doing = () => ({ now: clock.now(), actor });
  return {
    'retention.set': (input) => setRetentionClass(archive, input, doing()),
    'retention.remove'(input) {
      removeRetentionClass(archive, input, doing());
      return {};
    },
    'disposition.plan': ({ by }) => planDisposition(archive, by, doing()),
    async 'disposition.run'(input, signal) {
      try {
        return await runDisposition(archive, input, { signal, doing, onProgress: () => changes.changed() });
      } finally {
        await erasures.scrub({ signal });
      }
    },
  } satisfies Pick<Handlers<'write'>, 'retention.set' | 'retention.remove' | 'disposition.plan' | 'disposition.run'>;
}
