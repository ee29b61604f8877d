import { randomUUID } from 'node:crypto';
import { ArchiveError } from '../../preload/errors.ts';
import type { Job, JobKind } from '../../preload/model.ts';
import type { Clock } from '../archive/clock.ts';
import type { Log } from '../archive/log.ts';
import { toEngineError } from './failure.ts';

type JobOf<K extends JobKind> = Extract<Job, { kind: K }>;
type ResultOf<K extends JobKind> = JobOf<K> extends { result?: infer R } ? NonNullable<R> : void;

export interface JobProgress {
  phase: string;
  done: number;
  total: number | null;
  unit: Job['unit'];
}

export interface JobPlan<K extends JobKind> {
  kind: K;
  unit: Job['unit'];
  /** Plain words for the first moment, e.g. `Signing in`. */
  phase: string;
  run(signal: AbortSignal, onProgress: (progress: JobProgress) => void): Promise<ResultOf<K>>;
}

/** At most five events a second and job. */
const eventIntervalMs = 200;

/** Runs long work beside the calls: tells its progress, cancels it by signal, tells its end exactly once. */
export class JobRunner {
  readonly #tell: (job: Job) => void;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #running = new Map<string, { controller: AbortController; ended: Promise<void> }>();

  constructor(options: { tell: (job: Job) => void; clock: Clock; log: Log }) {
    this.#tell = options.tell;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Starts a job and gives its id; the first event is sent before this returns. */
  start<K extends JobKind>(plan: JobPlan<K>): string {
    const id = randomUUID();
    const controller = new AbortController();
    const report = new JobReport(this.#tell, {
      id,
      kind: plan.kind,
      phase: plan.phase,
      done: 0,
      total: null,
      unit: plan.unit,
      startedAt: this.#clock.now(),
      endedAt: null,
      state: 'running',
    });
    const ended = this.#run(plan, controller.signal, report).finally(() => this.#running.delete(id));
    this.#running.set(id, { controller, ended });
    return id;
  }

  isRunning(id: string): boolean {
    return this.#running.has(id);
  }

  cancel(id: string): void {
    this.#running
      .get(id)
      ?.controller.abort(new ArchiveError('cancelled', 'The work was cancelled.', { retryable: true }));
  }

  /** Cancels everything and waits until each job came to its safe point. */
  async stop(): Promise<void> {
    const ends = [...this.#running].map(([id, job]) => {
      this.cancel(id);
      return job.ended;
    });
    await Promise.all(ends);
  }

  async #run<K extends JobKind>(plan: JobPlan<K>, signal: AbortSignal, report: JobReport): Promise<void> {
    try {
      // The caller learns the id before the work begins, and may cancel it in between.
      await Promise.resolve();
      signal.throwIfAborted();
      const result = await plan.run(signal, (progress) => report.update(progress));
      report.end({ state: 'done', endedAt: this.#clock.now(), ...(result === undefined ? {} : { result }) });
    } catch (thrown) {
      const error = toEngineError(thrown);
      const state = signal.aborted && error.code === 'cancelled' ? 'cancelled' : 'failed';
      this.#log(state === 'failed' ? 'warn' : 'info', 'job-ended', { kind: plan.kind, state, code: error.code });
      report.end({ state, endedAt: this.#clock.now(), error });
    }
  }
}

/** Tells a job's state, thinned out; the last word is always told. */
class JobReport {
  #job: Job;
  readonly #tell: (job: Job) => void;
  #lastToldAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (job: Job) => void, job: Job) {
    this.#tell = tell;
    this.#job = job;
    this.#tellNow();
  }

  update(progress: JobProgress): void {
    if (this.#job.state !== 'running') return;
    this.#job = { ...this.#job, ...progress };
    const wait = this.#lastToldAt + eventIntervalMs - performance.now();
    // The timer alone would never fire while SQLite keeps the process busy; the check alone would hold back the newest.
    if (wait <= 0) this.#tellNow();
    else this.#timer ??= setTimeout(() => this.#tellNow(), wait);
  }

  end(last: Partial<Job>): void {
    this.#job = { ...this.#job, ...last } as Job;
    this.#tellNow();
  }

  #tellNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastToldAt = performance.now();
    this.#tell(this.#job);
  }
}
