import { randomUUID } from 'node:crypto';
import type { CallName, Input, Output as CallOutput } from '../../preload/contract.ts';
import { ArchiveError, type ErrorCode, type ErrorValue } from '../../preload/errors.ts';
import type { Job, JobKind } from '../../preload/model.ts';
import type { Host } from '../host/host.ts';
import { Progress } from './progress.ts';

type JobOf<K extends JobKind> = Extract<Job, { kind: K }>;
type JobCall = { [N in CallName]: CallOutput<N> extends { jobId: string } ? N : never }[CallName];

/** One command's conversation with the archive, through the same router as the windows. */
export class Session {
  readonly host: Host;
  readonly #interrupted: AbortSignal;

  constructor(host: Host, interrupted: AbortSignal) {
    this.host = host;
    this.#interrupted = interrupted;
  }

  /** Aborted by Ctrl+C. */
  get interrupted(): AbortSignal {
    return this.#interrupted;
  }

  /** @throws ArchiveError with the code that the archive answered */
  async call<N extends CallName>(name: N, input: Input<N>): Promise<CallOutput<N>> {
    if (this.#interrupted.aborted) throw interruption();
    const callId = randomUUID();
    const cancel = () => this.host.cancel(callId);
    this.#interrupted.addEventListener('abort', cancel, { once: true });
    const reply = await this.host.call(name, input, { callId });
    this.#interrupted.removeEventListener('abort', cancel);
    if (!reply.ok) throw ArchiveError.fromValue(reply.error);
    return reply.value as CallOutput<N>;
  }

  /**
   * Starts a job, shows its progress and waits for its end. Ctrl+C cancels it: what was committed stays.
   * @throws ArchiveError of the job's failure; `cancelled` when it was interrupted
   */
  async runJob<K extends JobKind, N extends JobCall>(kind: K, name: N, input: Input<N>): Promise<JobOf<K>> {
    const { job } = await this.callOrJob(kind, async () => (await this.call(name, input)) as { jobId: string });
    if (job === null) throw new ArchiveError('internal', `${name} started no job.`);
    return job;
  }

  /**
   * Makes a call that answers at once or with a job that goes on, and waits for its end in that case.
   * @throws ArchiveError as `runJob`
   */
  async callOrJob<K extends JobKind, T extends { jobId: string | null }>(
    kind: K,
    call: () => Promise<T>,
  ): Promise<{ reply: T; job: JobOf<K> | null }> {
    const progress = new Progress();
    const events = new JobEvents(this.host, progress);
    try {
      const reply = await call();
      const { jobId } = reply;
      if (jobId === null) return { reply, job: null };
      const cancel = () => void this.host.call('jobs.cancel', { jobId });
      this.#interrupted.addEventListener('abort', cancel, { once: true });
      // Interrupted while the job was being started: nobody will tell us again.
      if (this.#interrupted.aborted) cancel();
      const job = await events.ended(jobId);
      if (job.kind !== kind) throw new ArchiveError('internal', `Expected a ${kind} job and got ${job.kind}.`);
      if (job.state === 'failed' && job.error !== undefined) {
        throw new JobFailure({ ...job.error, code: job.error.code as ErrorCode });
      }
      if (job.state === 'cancelled') throw interruption(kind);
      return { reply, job: job as JobOf<K> };
    } finally {
      progress.clear();
      events.close();
    }
  }
}

/** A job's own failure, as opposed to one of the archive that it works on. */
export class JobFailure extends ArchiveError {
  constructor(value: ErrorValue) {
    super(value.code, value.message, {
      retryable: value.retryable,
      ...(value.hint === undefined ? {} : { hint: value.hint }),
    });
  }
}

function interruption(kind?: JobKind): ArchiveError {
  const left = 'What was committed stays, and the next run goes on from there.';
  return new ArchiveError('cancelled', 'Interrupted.', {
    hint: kind === 'export' ? 'Nothing was left at the target.' : left,
    retryable: true,
  });
}

/** Listens from before the job starts, so that even the quickest job's end is not missed. */
class JobEvents {
  readonly #latest = new Map<string, Job>();
  readonly #waiting = new Map<string, (job: Job) => void>();
  readonly #unsubscribe: () => void;

  constructor(host: Host, progress: Progress) {
    this.#unsubscribe = host.subscribe((event) => {
      if (event.type !== 'job') return;
      this.#latest.set(event.job.id, event.job);
      if (event.job.state === 'running') progress.update(event.job);
      else this.#waiting.get(event.job.id)?.(event.job);
    });
  }

  ended(jobId: string): Promise<Job> {
    return new Promise((resolve) => {
      const latest = this.#latest.get(jobId);
      if (latest !== undefined && latest.state !== 'running') resolve(latest);
      else this.#waiting.set(jobId, resolve);
    });
  }

  close(): void {
    this.#unsubscribe();
  }
}
