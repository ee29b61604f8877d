import type { CallName, ArchiveEvent, HostKind, Input, Output } from './contract.ts';
import type { Reply } from './envelope.ts';

/**
 * What a page finds at `window.archive`, whoever hosts it. Three functions and a name: nothing of Electron,
 * nothing of HTTP. Everything is a plain value, because Electron's context bridge copies values only.
 */
export interface Bridge {
  readonly host: HostKind;
  /** `callId` is chosen by the caller (a UUID) and lets it cancel. Never rejects. */
  call<N extends CallName>(name: N, input: Input<N>, callId: string): Promise<Reply<Output<N>>>;
  /** Cancels a call that is under way; its promise resolves with `cancelled`. */
  cancel(callId: string): void;
  /** Returns the function that unsubscribes. */
  subscribe(listener: (event: ArchiveEvent) => void): () => void;
}
