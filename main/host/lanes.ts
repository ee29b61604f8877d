import type { CallName } from '../../preload/contract.ts';
import { fail, type Reply } from '../../preload/envelope.ts';
import { toErrorValue } from '../../preload/errors.ts';
import type { EngineClient } from './engine-client.ts';
import type { EngineConnection } from './engine-connection.ts';

/** Takes the calls of one lane to its engine process. Never rejects. */
export interface EngineLane {
  call(name: CallName, input: unknown, signal: AbortSignal): Promise<Reply<unknown>>;
}

/**
 * For the writer and for jobs: every call is handed over at once and the engine orders them. An aborted call asks
 * the engine to stop at its next safe point and waits for no answer.
 */
export class OrderedLane implements EngineLane {
  readonly #client: EngineClient;

  constructor(client: EngineClient) {
    this.#client = client;
  }

  async call(name: CallName, input: unknown, signal: AbortSignal): Promise<Reply<unknown>> {
    let connection: EngineConnection;
    try {
      connection = await this.#client.connect();
    } catch (error) {
      return fail(toErrorValue(error));
    }
    if (signal.aborted) return fail(toErrorValue(signal.reason));
    let requestId: number | undefined;
    const answer = connection.request(name, input, (id) => (requestId = id));
    return raceWithAbort(answer, signal, () => {
      if (requestId !== undefined) connection.cancel(requestId);
    });
  }
}

interface Waiting {
  name: CallName;
  input: unknown;
  signal: AbortSignal;
  /** Times that a reader died while working on it. */
  deaths: number;
  resolve(reply: Reply<unknown>): void;
}

/** A read that is nearly done when it is cancelled costs less than a new process. */
const killGraceMs = 75;
/** A call that twice took its reader down with it is not tried a third time. */
const maximumDeaths = 2;

/**
 * For reads. One call is with the reader at a time, the others wait here: cancelling a waiting call costs nothing,
 * and when the running one has to be stopped by killing the reader (SQLite runs to its end otherwise), the others
 * go to the next reader as if nothing had happened. They can: reads change nothing.
 */
export class PureLane implements EngineLane {
  readonly #client: EngineClient;
  readonly #queue: Waiting[] = [];
  #busy = false;

  constructor(client: EngineClient) {
    this.#client = client;
  }

  call(name: CallName, input: unknown, signal: AbortSignal): Promise<Reply<unknown>> {
    if (signal.aborted) return Promise.resolve(fail(toErrorValue(signal.reason)));
    const { promise, resolve } = Promise.withResolvers<Reply<unknown>>();
    const waiting: Waiting = { name, input, signal, deaths: 0, resolve };
    this.#queue.push(waiting);
    void this.#work();
    return raceWithAbort(promise, signal, () => {
      const at = this.#queue.indexOf(waiting);
      if (at >= 0) this.#queue.splice(at, 1);
    });
  }

  async #work(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      await this.#serve(next);
    }
    this.#busy = false;
  }

  async #serve(waiting: Waiting): Promise<void> {
    let connection: EngineConnection;
    try {
      connection = await this.#client.connect();
    } catch (error) {
      waiting.resolve(fail(toErrorValue(error)));
      return;
    }
    if (waiting.signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => {
        if (this.#client.current === connection) this.#client.kill();
      }, killGraceMs);
    };
    waiting.signal.addEventListener('abort', onAbort, { once: true });
    const reply = await connection.request(waiting.name, waiting.input);
    waiting.signal.removeEventListener('abort', onAbort);
    clearTimeout(timer);
    const died = !reply.ok && reply.error.code === 'engine-restarted';
    if (died && !waiting.signal.aborted && ++waiting.deaths < maximumDeaths) this.#queue.unshift(waiting);
    else waiting.resolve(reply);
  }
}

/** The answer, or the reason of the abort if that comes first. */
function raceWithAbort(
  answer: Promise<Reply<unknown>>,
  signal: AbortSignal,
  onAbort: () => void,
): Promise<Reply<unknown>> {
  const { promise: aborted, resolve } = Promise.withResolvers<Reply<unknown>>();
  const abort = () => {
    onAbort();
    resolve(fail(toErrorValue(signal.reason)));
  };
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([answer, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
