import type { z } from 'zod';
import { contract, isCallName, type CallDefinition, type CallName, type HostKind } from '../../preload/contract.ts';
import { fail, succeed, type Reply } from '../../preload/envelope.ts';
import { ArchiveError, toErrorValue } from '../../preload/errors.ts';
import type { Log } from '../archive/log.ts';

export interface CallOptions {
  /** Chosen by the caller; lets it cancel. Two calls under way cannot share one. */
  callId?: string | undefined;
  /** Set only for questions of our own engines: they alone may make internal calls. */
  internal?: boolean;
}

export interface RouterOptions {
  kind: HostKind;
  checkOutputs: boolean;
  log: Log;
  /** Throws for what a user of this host may not do. */
  permit?(name: CallName, input: unknown): void;
  /** Does the work of a call whose input is already parsed. May throw. */
  perform(name: CallName, input: unknown, signal: AbortSignal): Promise<Reply<unknown>>;
  /** Hears of each call that a user made and that succeeded. */
  answered?(name: CallName, input: unknown, value: unknown): void;
}

/** The one gate for every call of every host: name, permission, input, time limit, answer. Never rejects. */
export class Router {
  readonly #options: RouterOptions;
  /** Calls that can be cancelled by id; all calls under way. */
  readonly #byId = new Map<string, AbortController>();
  readonly #running = new Set<AbortController>();

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  async call(name: unknown, input: unknown, options: CallOptions = {}): Promise<Reply<unknown>> {
    const { callId } = options;
    if (callId !== undefined && this.#byId.has(callId)) {
      return fail(toErrorValue(new ArchiveError('conflict', 'A call with this id is already under way.')));
    }
    const controller = new AbortController();
    this.#running.add(controller);
    if (callId !== undefined) this.#byId.set(callId, controller);
    try {
      return await this.#call(name, input, options.internal === true, controller);
    } catch (error) {
      const value = toErrorValue(error);
      if (value.code === 'internal') {
        this.#options.log('error', 'call-failed', { call: String(name).slice(0, 100), message: value.message });
      }
      return fail(value);
    } finally {
      this.#running.delete(controller);
      if (callId !== undefined) this.#byId.delete(callId);
    }
  }

  cancel(callId: string): void {
    this.#byId.get(callId)?.abort(cancelled());
  }

  cancelAll(): void {
    for (const controller of this.#running) controller.abort(cancelled());
  }

  async #call(name: unknown, input: unknown, internal: boolean, controller: AbortController): Promise<Reply<unknown>> {
    if (!isCallName(name)) throw new ArchiveError('invalid-input', 'There is no such call.');
    const definition: CallDefinition = contract[name];
    if (definition.internal === true && !internal) {
      throw new ArchiveError('unauthorised-caller', `"${name}" is for the app's own engines only.`);
    }
    if (definition.hosts?.includes(this.#options.kind) === false) {
      throw new ArchiveError('unsupported-here', `"${name}" is not available here.`, { details: { call: name } });
    }
    const parsed = definition.input.safeParse(input);
    if (!parsed.success) throw invalidInput(name, parsed.error);
    if (!internal) this.#options.permit?.(name, parsed.data);

    const timer = setTimeout(
      () =>
        controller.abort(
          new ArchiveError('timed-out', `"${name}" took too long and was stopped.`, { retryable: true }),
        ),
      definition.timeoutMs,
    );
    const started = performance.now();
    try {
      const reply = await this.#options.perform(name, parsed.data, controller.signal);
      this.#logSlow(name, performance.now() - started);
      if (!reply.ok) return reply;
      const checked = this.#checkOutput(name, definition, reply.value);
      if (!internal) this.#options.answered?.(name, parsed.data, reply.value);
      return checked;
    } finally {
      clearTimeout(timer);
    }
  }

  #checkOutput(name: CallName, definition: CallDefinition, value: unknown): Reply<unknown> {
    if (!this.#options.checkOutputs) return succeed(value);
    const parsed = definition.output.safeParse(value);
    if (parsed.success) return succeed(parsed.data);
    throw new ArchiveError(
      'internal',
      `The answer to "${name}" breaks the contract: ${firstIssue(parsed.error).problem}`,
    );
  }

  #logSlow(name: CallName, elapsedMs: number): void {
    if (elapsedMs > 1000) this.#options.log('info', 'slow-call', { call: name, elapsedMs: Math.round(elapsedMs) });
  }
}

function cancelled(): ArchiveError {
  return new ArchiveError('cancelled', 'The call was cancelled.', { retryable: true });
}

function invalidInput(name: CallName, error: z.core.$ZodError): ArchiveError {
  const { path, problem } = firstIssue(error);
  return new ArchiveError('invalid-input', `The input of "${name}" is not valid: ${problem}`, {
    details: { call: name, path },
  });
}

/** zod's messages name types and limits, never the offending value, so they may cross. */
function firstIssue(error: z.core.$ZodError): { path: string; problem: string } {
  const issue = error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  const message = issue?.message ?? 'unknown problem';
  return { path, problem: path === '' ? message : `${path}: ${message}` };
}
