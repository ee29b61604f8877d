import type { Output } from '../../preload/contract.ts';
import type { Reply } from '../../preload/envelope.ts';
import type { Log } from '../archive/log.ts';
import type { PowerPort } from './ports.ts';

export interface SchedulerOptions {
  call: (name: unknown, input: unknown) => Promise<Reply<unknown>>;
  log: Log;
}

/** The page is to be painted before the first sync asks for the disk. */
const firstCheckMs = 10_000;
/** Timers do not run while a computer sleeps and clocks are set: asking often is cheaper than being clever. */
const checkMs = 60_000;

/**
 * Asks the writer once a minute whether a sync is due. The schedule and its history lie in the archive, so that a
 * restart, or another host before this one, changes nothing about when the next one comes.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #startedAt = Date.now();
  #power: PowerPort | undefined;
  #resumedAt: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  start(power?: PowerPort): void {
    if (this.#timer !== undefined) return;
    this.#power = power;
    power?.onResume(() => {
      this.#resumedAt = Date.now();
    });
    this.#checkIn(firstCheckMs);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #checkIn(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.#check().finally(() => this.#checkIn(checkMs)), ms);
    // A host that has nothing else to do may end.
    this.#timer.unref();
  }

  async #check(): Promise<void> {
    const reply = await this.#options.call('sync.startDue', {
      appStartedAt: this.#startedAt,
      resumedAt: this.#resumedAt,
      metered: this.#power?.metered() ?? null,
      onBattery: this.#power?.onBattery() ?? null,
    });
    if (reply.ok) {
      const { jobId } = reply.value as Output<'sync.startDue'>;
      if (jobId !== null) this.#options.log('info', 'scheduled-sync-started', { jobId });
    } else if (reply.error.code !== 'archive-locked') {
      // Locked: another host is the writer and keeps the schedule.
      this.#options.log('warn', 'schedule-check-failed', { code: reply.error.code });
    }
  }
}
