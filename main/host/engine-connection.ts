import type { ArchiveEvent, CallName } from '../../preload/contract.ts';
import type { HostQuestion, Ready, StartEngine } from '../../preload/engine-protocol.ts';
import { fail, type Reply } from '../../preload/envelope.ts';
import { ArchiveError, toErrorValue } from '../../preload/errors.ts';
import type { EngineProcess } from './engine-process.ts';

export interface ConnectionEvents {
  onEvent(event: ArchiveEvent): void;
  /** Answers what the engine asks; a rejection travels back as an error value. */
  answer(question: HostQuestion): Promise<unknown>;
  onLogLine(line: string): void;
  /** The process is gone, whatever the reason; every open call was already answered `engine-restarted`. */
  onExit(code: number | null): void;
}

const stopGraceMs = 10_000;

/** One living engine process: pairs requests with replies and answers its questions. */
export class EngineConnection {
  readonly #process: EngineProcess;
  readonly #events: ConnectionEvents;
  readonly #open = new Map<number, (reply: Reply<unknown>) => void>();
  readonly #exited: Promise<void>;
  #lastId = 0;
  #gone = false;
  #onStarted: ((outcome: Ready | ArchiveError) => void) | undefined;

  constructor(process: EngineProcess, events: ConnectionEvents) {
    this.#process = process;
    this.#events = events;
    process.onLogLine((line) => events.onLogLine(line));
    process.onMessage((message) => {
      switch (message.kind) {
        case 'ready':
          this.#onStarted?.(message);
          break;
        case 'start-failed':
          this.#onStarted?.(ArchiveError.fromValue(message.error));
          break;
        case 'reply':
          this.#settle(message.id, message.reply);
          break;
        case 'event':
          events.onEvent(message.event);
          break;
        case 'ask':
          void this.#answer(message.id, message.question);
          break;
      }
    });
    this.#exited = new Promise((resolve) => {
      process.onExit((code) => {
        this.#gone = true;
        this.#onStarted?.(new ArchiveError('engine-restarted', `The engine could not start (exit code ${code}).`));
        for (const resolve of this.#open.values()) resolve(fail(restarted));
        this.#open.clear();
        events.onExit(code);
        resolve();
      });
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Sends the first message and waits for the engine's word. @throws ArchiveError why it could not start */
  async start(message: StartEngine): Promise<Ready> {
    const outcome = await new Promise<Ready | ArchiveError>((resolve) => {
      this.#onStarted = resolve;
      this.#process.send(message);
    });
    this.#onStarted = undefined;
    if (outcome instanceof ArchiveError) throw outcome;
    return outcome;
  }

  /** One call; never rejects. `onId` learns the number under which it can be cancelled. */
  request(name: CallName, input: unknown, onId?: (id: number) => void): Promise<Reply<unknown>> {
    if (this.#gone) return Promise.resolve(fail(restarted));
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#open.set(id, resolve);
      onId?.(id);
      this.#process.send({ kind: 'call', id, name, input });
    });
  }

  cancel(id: number): void {
    if (this.#open.has(id)) this.#process.send({ kind: 'cancel', id });
  }

  cancelJob(jobId: string): void {
    this.#process.send({ kind: 'cancel-job', jobId });
  }

  /** Ends the process at once; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#process.kill();
    await this.#exited;
  }

  /** Lets the engine commit and close; ends it by force if that takes too long. */
  async stop(): Promise<void> {
    if (this.#gone) return;
    const force = setTimeout(() => this.#process.kill(), stopGraceMs);
    this.#process.send({ kind: 'stop' });
    await this.#exited;
    clearTimeout(force);
  }

  #settle(id: number, reply: Reply<unknown>): void {
    const resolve = this.#open.get(id);
    this.#open.delete(id);
    resolve?.(reply);
  }

  async #answer(id: number, question: HostQuestion): Promise<void> {
    let reply: Reply<unknown>;
    try {
      reply = { ok: true, value: await this.#events.answer(question) };
    } catch (error) {
      reply = fail(toErrorValue(error));
    }
    this.#process.send({ kind: 'answer', id, reply });
  }
}

const restarted = toErrorValue(
  new ArchiveError('engine-restarted', 'The engine that worked on this stopped and was started again.', {
    hint: 'Try again; what was committed is kept.',
    retryable: true,
  }),
);
