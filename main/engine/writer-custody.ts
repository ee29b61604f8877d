import { custodyState } from '../archive/evidence/custody-list.ts';
import { backUpKey, restoreKey, rotateKey } from '../archive/evidence/key-life.ts';
import type { Handlers } from './service.ts';
import type { WriterContext } from './writer.ts';

/** The life of the signing key. */
export function custodyHandlers({ archive, clock, actor }: WriterContext) {
  const doing = () => ({ now: clock.now(), actor });
  return {
    'custody.backUpKey': (input) => backUpKey(archive, input, doing()),
    'custody.restoreKey': (input) => restoreKey(archive, input, doing()),
    'custody.rotateKey'({ reason }) {
      rotateKey(archive, reason, doing());
      return custodyState(archive.db);
    },
  } satisfies Pick<Handlers<'write'>, 'custody.backUpKey' | 'custody.restoreKey' | 'custody.rotateKey'>;
}
