import type { ArchiveEvent } from '../../preload/contract.ts';
import type { Log } from '../archive/log.ts';

export type EventListener = (event: ArchiveEvent) => void;

/** Tells events to everyone who subscribed; one listener's fault is not another's. */
export class EventHub {
  readonly #listeners = new Set<EventListener>();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  emit(event: ArchiveEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#log('error', 'event-listener-failed', { type: event.type, message: String(error) });
      }
    }
  }

  /** Returns the function that unsubscribes. */
  subscribe(listener: EventListener): () => void {
    // Wrapped, so that the same function subscribed twice is two subscriptions.
    const own: EventListener = (event) => listener(event);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }
}
