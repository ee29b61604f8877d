import type { CallName, Output, ParsedInput } from '../../preload/contract.ts';
import type { Reply } from '../../preload/envelope.ts';
import type { Actor } from '../archive/actor.ts';
import type { Log } from '../archive/log.ts';
import { Activity, type NotedAction } from './activity.ts';
import { PendingActions } from './pending-actions.ts';

export interface RecorderOptions {
  archiveFolder: string;
  actor: Actor;
  /** Serves pages for hours, rather than one command. */
  stays: boolean;
  log: Log;
  /** Has the writer seal what is pending. */
  collect(): Promise<Reply<unknown>>;
  writerRuns(): boolean;
}

/** Actions are sealed this long after the first of them: one signature for a burst. */
const collectAfterMs = 2000;
/** Calls whose answer has to have everything in it that was done before. */
const afterCollecting: ReadonlySet<CallName> = new Set<CallName>([
  'custody.list',
  'custody.checkpoint',
  'certificates.create',
  'export.start',
  'verify.start',
  'archive.backup',
  'archive.restore',
]);

/** Writes down who did what with this archive, without holding up what they do. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #pending: PendingActions;
  readonly #activity: Activity;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#pending = new PendingActions(options.archiveFolder, options.log);
    this.#activity = new Activity({ everySearch: !options.stays, keep: (action) => this.#keep(action) });
  }

  /** A page is about to show the archive. */
  opened(): void {
    this.#keep({ kind: 'archive-opened', subjects: [], details: {} });
  }

  /** Must be told of each call by a user that succeeded. What goes wrong here is logged and never fails the call. */
  answered(name: CallName, input: unknown, value: unknown): void {
    try {
      // The router has parsed both by the entry of `name`, which is what makes these casts true.
      this.#activity.answered(name, input as ParsedInput<CallName>, value as Output<CallName>);
    } catch (error) {
      this.#options.log('error', 'custody-note-failed', { call: name, message: String(error) });
    }
  }

  /** Has what was done before sealed before a call that is about it, where this host can. */
  async before(name: CallName, input: unknown): Promise<void> {
    if (!afterCollecting.has(name)) return;
    if (name === 'verify.start' && (input as ParsedInput<'verify.start'>).path !== undefined) return;
    await this.#collect();
  }

  /** Leaves nothing unwritten. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#activity.close();
    clearTimeout(this.#timer);
    await this.#pending.settled();
    // Starting the writer only for this would take the archive from whoever else is about to use it.
    if (this.#options.writerRuns()) await this.#collect();
  }

  #keep(action: NotedAction): void {
    const { actor, stays } = this.#options;
    this.#pending.add({ ...action, time: Date.now(), actor });
    if (!stays) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#collect();
    }, collectAfterMs).unref();
  }

  async #collect(): Promise<void> {
    if (!(await this.#pending.any())) return;
    const reply = await this.#options.collect();
    // Locked: another host is the writer, and takes what lies there when it next looks.
    if (!reply.ok && reply.error.code !== 'archive-locked') {
      this.#options.log('warn', 'custody-notes-not-sealed', { code: reply.error.code });
    }
  }
}
