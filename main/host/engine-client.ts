import type { Ready, StartEngine } from '../../preload/engine-protocol.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { Log, LogFields, LogLevel } from '../archive/log.ts';
import { EngineConnection, type ConnectionEvents } from './engine-connection.ts';
import type { EngineProcess } from './engine-process.ts';

export interface EngineClientOptions extends Pick<ConnectionEvents, 'onEvent' | 'answer'> {
  /** For logs and `engine-restarted`: `writer`, `read`, `count`, `work` or `demo`. */
  name: string;
  fork(): EngineProcess;
  startMessage: StartEngine;
  log: Log;
  /** Runs before each start. What it throws is told to the caller. */
  prepare?(): Promise<void>;
  /**
   * Asked when a start was refused: resolves true if something was done about the reason and a second try makes
   * sense. What it throws is told to the caller instead of the reason.
   */
  remedy?(reason: ArchiveError): Promise<boolean>;
  /** A start succeeded. */
  onReady?(ready: Ready): void;
  /** The process ended without being told to. */
  onCrash(): void;
  /** First pause before a restart after a crash; doubles to `maximumBackOffMs` until one start holds. */
  backOffMs?: number;
}

const maximumBackOffMs = 10_000;
/** A process that lived this long is thought healthy: the next crash starts the ladder anew. */
const healthyAfterMs = 30_000;

/**
 * Keeps one engine process available: starts it at the first call, again after a crash (with back-off), and
 * tells a start that failed (locked archive, newer format…) to whoever is calling.
 */
export class EngineClient {
  readonly #options: EngineClientOptions;
  #current: EngineConnection | undefined;
  #starting: Promise<EngineConnection> | undefined;
  #crashes = 0;
  #startedAt = 0;
  #closed = false;

  constructor(options: EngineClientOptions) {
    this.#options = options;
  }

  /** The connection that lives now, if one does. */
  get current(): EngineConnection | undefined {
    return this.#current;
  }

  /** @throws ArchiveError when the engine cannot start; the next call tries again. */
  connect(): Promise<EngineConnection> {
    if (this.#current !== undefined) return Promise.resolve(this.#current);
    this.#starting ??= this.#start().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  /** Ends the process at once without counting it as a crash. Open calls get `engine-restarted`. */
  kill(): void {
    const connection = this.#current;
    this.#current = undefined;
    void connection?.kill();
  }

  /** Ends the process in order and waits until it is gone; the next call starts another. */
  async release(options: { force?: boolean } = {}): Promise<void> {
    await this.#starting?.catch(() => undefined);
    const connection = this.#current;
    this.#current = undefined;
    await (options.force === true ? connection?.kill() : connection?.stop());
  }

  /** Like `release`, and for good. `force` gives the process no time to finish. */
  async stop(options: { force?: boolean } = {}): Promise<void> {
    this.#closed = true;
    await this.release(options);
  }

  async #start(): Promise<EngineConnection> {
    if (this.#crashes > 0) await pause(this.#backOff());
    await this.#options.prepare?.();
    try {
      return await this.#fork();
    } catch (error) {
      if (error instanceof ArchiveError && (await this.#options.remedy?.(error)) === true) return this.#fork();
      throw error;
    }
  }

  async #fork(): Promise<EngineConnection> {
    const { name, log, startMessage } = this.#options;
    if (this.#closed) throw new ArchiveError('cancelled', 'The app is closing.');
    const connection: EngineConnection = new EngineConnection(this.#options.fork(), {
      onEvent: (event) => this.#options.onEvent(event),
      answer: (question) => this.#options.answer(question),
      onLogLine: (line) => relayLogLine(log, name, line),
      onExit: (code) => this.#exited(connection, code),
    });
    try {
      this.#options.onReady?.(await connection.start(startMessage));
    } catch (error) {
      await connection.kill();
      throw error;
    }
    this.#current = connection;
    this.#startedAt = Date.now();
    log('debug', 'engine-started', { engine: name, pid: connection.pid ?? null });
    return connection;
  }

  #exited(connection: EngineConnection, code: number | null): void {
    if (this.#current !== connection) return; // told to stop, killed on purpose, or never started
    this.#current = undefined;
    if (Date.now() - this.#startedAt > healthyAfterMs) this.#crashes = 0;
    this.#crashes++;
    this.#options.log('error', 'engine-crashed', { engine: this.#options.name, code, crashes: this.#crashes });
    if (!this.#closed) this.#options.onCrash();
  }

  #backOff(): number {
    return Math.min((this.#options.backOffMs ?? 250) * 2 ** (this.#crashes - 1), maximumBackOffMs);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const levels: readonly string[] = ['debug', 'info', 'warn', 'error'] satisfies LogLevel[];

/** Engines log JSON lines on stderr; anything else is a crash's last words and is kept as such. */
function relayLogLine(log: Log, engine: string, line: string): void {
  try {
    const { event, level, time: _time, ...fields } = JSON.parse(line) as Record<string, LogFields[string]>;
    if (typeof event === 'string' && typeof level === 'string' && levels.includes(level)) {
      log(level as LogLevel, event, { engine, ...fields });
      return;
    }
  } catch {
    // Not JSON: falls through.
  }
  if (line.trim() !== '') log('warn', 'engine-said', { engine, line: line.slice(0, 2000) });
}
