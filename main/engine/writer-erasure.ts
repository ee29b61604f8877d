import { setErasurePolicy } from '../archive/disposal/erasure-policy.ts';
import { decideErasure } from '../archive/disposal/erasures.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

/** What becomes of former versions of what the source erased. */
export function erasureHandlers({ archive, clock, changes, actor, erasures, host }: WriterContext) {
  const doing = () => ({ now: clock.now(), actor });
  return {
    'erasure.setPolicy'(input) {
      const policies = setErasurePolicy(archive, input, doing());
      host.emit({ type: 'accounts-changed' });
      return policies;
    },

    async 'erasure.decide'(input, signal) {
      const erasure = decideErasure(archive, input, doing());
      changes.changed();
      await erasures.scrub({ signal });
      return erasure;
    },
  } satisfies Pick<Handlers<'write'>, 'erasure.setPolicy' | 'erasure.decide'>;
}
