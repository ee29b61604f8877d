import type { ArchiveEvent } from '../../preload/contract.ts';
import type { HostAnswers, HostQuestion } from '../../preload/engine-protocol.ts';
import type { Reply } from '../../preload/envelope.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { EnginePort } from './port.ts';

/** How an engine speaks to its host: events out, questions out and answers in. */
export class HostLink {
  readonly #port: EnginePort;
  readonly #open = new Map<number, (reply: Reply<unknown>) => void>();
  #lastId = 0;

  constructor(port: EnginePort) {
    this.#port = port;
  }

  emit(event: ArchiveEvent): void {
    this.#port.send({ kind: 'event', event });
  }

  /** @throws ArchiveError what the host answered instead */
  async ask<Q extends HostQuestion>(question: Q): Promise<HostAnswers[Q['what']]> {
    const id = ++this.#lastId;
    const reply = await new Promise<Reply<unknown>>((resolve) => {
      this.#open.set(id, resolve);
      this.#port.send({ kind: 'ask', id, question });
    });
    if (!reply.ok) throw ArchiveError.fromValue(reply.error);
    return reply.value as HostAnswers[Q['what']];
  }

  receiveAnswer(id: number, reply: Reply<unknown>): void {
    const resolve = this.#open.get(id);
    this.#open.delete(id);
    resolve?.(reply);
  }
}
