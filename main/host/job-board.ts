import type { Job } from '../../preload/model.ts';
import { toErrorValue, ArchiveError } from '../../preload/errors.ts';
import type { EngineLaneName } from './archive-engines.ts';

/** Ended jobs that are still listed; the oldest go first. */
const endedJobsKept = 50;

/** All jobs of this host's engines since it started: `jobs.list` is the truth behind the `job` events. */
export class JobBoard {
  readonly #jobs = new Map<string, { job: Job; engine: EngineLaneName }>();

  /** Takes in what an engine said about a job. */
  note(job: Job, engine: EngineLaneName): void {
    this.#jobs.set(job.id, { job, engine });
    const ended = [...this.#jobs.values()].filter((entry) => entry.job.state !== 'running');
    for (const entry of ended.slice(0, Math.max(0, ended.length - endedJobsKept))) this.#jobs.delete(entry.job.id);
  }

  /** Newest first. */
  list(): Job[] {
    return [...this.#jobs.values()].map((entry) => entry.job).toSorted((a, b) => b.startedAt - a.startedAt);
  }

  find(jobId: string): { job: Job; engine: EngineLaneName } | undefined {
    return this.#jobs.get(jobId);
  }

  runningOn(engine: EngineLaneName): Job[] {
    return [...this.#jobs.values()]
      .filter((entry) => entry.engine === engine && entry.job.state === 'running')
      .map((entry) => entry.job);
  }

  /** Jobs die with their engine. Returns them as they are now, for the `job` events. */
  endAllOn(engine: EngineLaneName, state: 'failed' | 'cancelled'): Job[] {
    return this.runningOn(engine).map((job) => {
      const ended: Job = { ...job, state, endedAt: Date.now(), ...(state === 'failed' ? { error: engineDied() } : {}) };
      this.note(ended, engine);
      return ended;
    });
  }
}

function engineDied() {
  return toErrorValue(
    new ArchiveError('engine-restarted', 'The engine that did this work stopped unexpectedly.', {
      hint: 'Start it again: what was committed is kept, and the work goes on from there.',
      retryable: true,
    }),
  );
}
