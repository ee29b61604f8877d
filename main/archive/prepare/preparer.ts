import { Worker } from 'node:worker_threads';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import { type Log, noLog } from '../log.ts';
import { unpackRecords } from './pack.ts';
import type { SavedBatch } from './saved-file.ts';
import { nextBatch, type Outcome, type PreparedPage, preparePage, type Task } from './tasks.ts';

/** How long an idle thread is kept: it holds some tens of megabytes. */
const idleMs = 60_000;

/**
 * All that is made for a record is garbage a moment later. Given as much room as V8 takes by itself, the thread holds a
 * hundred megabytes more to be a few percent faster (decision 25).
 */
const maxYoungGenerationSizeMb = 24;

/** Told the outcome, or null when the thread is gone. */
type Waiting = (outcome: Outcome | null) => void;

/**
 * Computes what the store needs of records, in a thread of its own where one can be had. Answers come in the order of
 * the questions. Where the thread cannot start, or dies, the work is done here instead: slower, with the same result.
 */
export class Preparer {
  readonly #entry: URL | null;
  readonly #log: Log;
  /** In the order of asking, which is the order of answers. */
  #waiting: Waiting[] = [];
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #closed = false;
  /** The thread failed once: it is not tried again. */
  #inline: boolean;

  /** @param entry the thread's script; null: work in this thread. */
  constructor(entry: URL | null, log: Log = noLog) {
    this.#entry = entry;
    this.#log = log;
    this.#inline = entry === null;
  }

  /** True while the work is done by another thread, as far as is known. */
  get threaded(): boolean {
    return !this.#inline;
  }

  /** Takes an answer apart. @throws ArchiveError source-changed like `readPage` */
  async page(source: Source, accountId: string, body: Uint8Array, receivedAt: number): Promise<PreparedPage> {
    const task = { kind: 'page', source, accountId, body, receivedAt } as const;
    const outcome = this.#inline ? null : await this.#ask({ ...task, body: alone(body) });
    if (outcome === null) return preparePage(source, accountId, body, receivedAt);
    if ('error' in outcome) throw ArchiveError.fromValue(outcome.error);
    if (!('page' in outcome)) throw new Error('The preparing thread answered another question.');
    const { packed, ...page } = outcome.page;
    return { ...page, records: unpackRecords(packed) };
  }

  /**
   * Records of a saved file from number `from` on. The file stays open until its last ones were given out.
   * @throws ArchiveError path-unavailable
   */
  async savedRecords(file: string, from: number, receivedAt: number): Promise<SavedBatch> {
    const outcome = this.#inline ? null : await this.#ask({ kind: 'file', file, from, receivedAt });
    if (outcome === null) return nextBatch(file, from, receivedAt);
    if ('error' in outcome) throw ArchiveError.fromValue(outcome.error);
    if (!('batch' in outcome)) throw new Error('The preparing thread answered another question.');
    const { packed, ...batch } = outcome.batch;
    return { ...batch, records: unpackRecords(packed) };
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#letGo();
    await worker?.terminate();
  }

  /** Null: no thread could do it. */
  #ask(task: Task): Promise<Outcome | null> {
    if (this.#closed) throw new ArchiveError('cancelled', 'The archive is being closed.', { retryable: true });
    this.#worker ??= this.#start();
    const worker = this.#worker;
    if (worker === null) return Promise.resolve(null);
    clearTimeout(this.#idle);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      // A thread that has work keeps the process alive, an idle one does not.
      worker.ref();
      worker.postMessage(task);
    });
  }

  #start(): Worker | null {
    if (this.#entry === null) return null;
    try {
      const worker = new Worker(this.#entry, { execArgv: [], resourceLimits: { maxYoungGenerationSizeMb } });
      worker.unref();
      worker.on('message', (outcome: Outcome) => {
        this.#waiting.shift()?.(outcome);
        if (this.#waiting.length === 0) this.#rest(worker);
      });
      worker.on('error', (error) => this.#fail(worker, error));
      worker.on('exit', () => this.#fail(worker, new Error('The preparing thread ended.')));
      return worker;
    } catch (error) {
      this.#fail(null, error);
      return null;
    }
  }

  #rest(worker: Worker): void {
    worker.unref();
    this.#idle = setTimeout(() => {
      this.#letGo();
      void worker.terminate();
    }, idleMs);
    this.#idle.unref();
  }

  #fail(worker: Worker | null, error: unknown): void {
    if (worker !== this.#worker) return;
    this.#inline = true;
    this.#log('warn', 'preparing-thread-failed', { error: error instanceof Error ? error.message : String(error) });
    this.#letGo();
  }

  /** Whoever still waits does the work in this thread. */
  #letGo(): void {
    clearTimeout(this.#idle);
    this.#worker = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(null);
  }
}

/** Bytes with a buffer of their own: a view takes all that it is a view of along to another thread. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
