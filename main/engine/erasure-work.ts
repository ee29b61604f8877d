import type { Actor } from '../archive/actor.ts';
import type { Clock } from '../archive/clock.ts';
import { settleErasures } from '../archive/disposal/erasures.ts';
import { scrubRemains } from '../archive/disposal/scrub.ts';
import { extendStandingHolds } from '../archive/review/standing-holds.ts';
import type { Log } from '../archive/log.ts';
import type { ArchiveWriter } from '../archive/store/database.ts';
import type { LongWork } from '../archive/store/long-work.ts';
import type { ChangeTeller } from './change-teller.ts';
import { toEngineError } from './failure.ts';

interface ErasureWorkOptions {
  archive: ArchiveWriter;
  clock: Clock;
  log: Log;
  changes: ChangeTeller;
  actor: Actor;
}

/** Applies the erasure policy, and removes what is left of destroyed content from the files, one after the other. */
export class ErasureWork {
  readonly #options: ErasureWorkOptions;
  readonly #closing = new AbortController();
  #scrubbing: Promise<void> = Promise.resolve();

  constructor(options: ErasureWorkOptions) {
    this.#options = options;
  }

  /**
   * What came in may be for a standing hold, or have been erased at the source; what was held may have been released.
   * Holds come first: nothing is purged that a standing hold would have kept, also not after a crash in between.
   */
  async settle(work: LongWork = {}): Promise<void> {
    const { archive, clock, log, changes, actor } = this.#options;
    if (this.#closing.signal.aborted) return;
    try {
      const newlyHeld = extendStandingHolds(archive.db, { now: clock.now(), actor });
      const { purged, held, asked, kept } = settleErasures(archive, { now: clock.now(), actor }, log);
      if (newlyHeld + purged + held + asked + kept > 0) changes.changed();
    } catch (error) {
      // What is due stays due, and whoever brought records in must not hear that they are not there.
      log('error', 'erasures-not-settled', { code: toEngineError(error).code });
    }
    await this.scrub(work);
  }

  /** Comes back when nothing is left to remove, or it has to be tried again later: the list of erasures says so. */
  async scrub({ signal, onProgress }: LongWork = {}): Promise<void> {
    const { archive, clock, log, actor } = this.#options;
    const closing = this.#closing.signal;
    const work = {
      signal: signal === undefined ? closing : AbortSignal.any([signal, closing]),
      ...(onProgress === undefined ? {} : { onProgress }),
      now: () => clock.now(),
      actor,
    };
    this.#scrubbing = this.#scrubbing.then(async () => {
      try {
        if (!(await scrubRemains(archive, work))) log('warn', 'remains-in-use');
      } catch (error) {
        log('warn', 'remains-not-removed', { code: toEngineError(error).code });
      }
    });
    await this.#scrubbing;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#scrubbing;
  }
}
