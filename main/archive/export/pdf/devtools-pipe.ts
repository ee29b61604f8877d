import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  sessionId: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
});

interface Waiting {
  resolve: (result: Record<string, unknown>) => void;
  reject: (error: Error) => void;
}

/**
 * Chromium's DevTools protocol over two pipes (`--remote-debugging-pipe`): JSON texts, each ended by a NUL. No port
 * is opened that other programs could reach, and Chromium ends by itself when its end of the pipes is closed, which
 * the system does for us even if this process is killed.
 */
export class DevToolsPipe {
  readonly #to: Writable;
  readonly #answers = new Map<number, Waiting>();
  readonly #events = new Map<string, Waiting[]>();
  #pieces: string[] = [];
  #lastId = 0;
  #ended: Error | null = null;

  constructor(to: Writable, from: Readable) {
    this.#to = to;
    from.setEncoding('utf8');
    from.on('data', (chunk: string) => this.#take(chunk));
    for (const stream of [to, from]) stream.on('error', (error) => this.end(error));
    from.on('close', () => this.end(new Error('Chromium closed the connection.')));
  }

  /** Sends a command and waits for its answer. */
  send(method: string, params: Record<string, unknown> = {}, sessionId?: string): Promise<Record<string, unknown>> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = this.#wait((waiting) => this.#answers.set(id, waiting));
    if (this.#ended === null) this.#to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return answer;
  }

  /** The next event of a name. Ask before the command that leads to it. */
  next(event: string): Promise<Record<string, unknown>> {
    return this.#wait((waiting) => this.#events.set(event, [...(this.#events.get(event) ?? []), waiting]));
  }

  /** Fails everything that still waits. */
  end(reason: Error): void {
    this.#ended ??= reason;
    const waiting = [...this.#answers.values(), ...[...this.#events.values()].flat()];
    this.#answers.clear();
    this.#events.clear();
    for (const { reject } of waiting) reject(this.#ended);
  }

  #wait(note: (waiting: Waiting) => void): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      if (this.#ended === null) note({ resolve, reject });
      else reject(this.#ended);
    });
  }

  #take(chunk: string): void {
    const [first = '', ...more] = chunk.split('\0');
    this.#pieces.push(first);
    for (const next of more) {
      const text = this.#pieces.join('');
      this.#pieces = [next];
      try {
        this.#message(text);
      } catch (error) {
        this.end(new Error('Chromium said something that is no message.', { cause: error }));
      }
    }
  }

  #message(text: string): void {
    const { id, method, result = {}, error } = messageSchema.parse(JSON.parse(text));
    if (id !== undefined) {
      const waiting = this.#answers.get(id);
      this.#answers.delete(id);
      if (error === undefined) waiting?.resolve(result);
      else waiting?.reject(new Error(error.message));
    } else if (method !== undefined) {
      const waiting = this.#events.get(method) ?? [];
      this.#events.delete(method);
      for (const { resolve } of waiting) resolve(result);
    }
  }
}
