import { createContext, useContext } from 'react';
import type { Bridge } from '../../preload/bridge.ts';
import type { CallName, Input, Output } from '../../preload/contract.ts';
import { ArchiveError, toErrorValue } from '../../preload/errors.ts';
import type { ErrorValue } from '../../preload/errors.ts';

/** The bridge as the page likes it: calls that throw `ArchiveError` and stop when their signal says so. */
export interface Client {
  readonly host: Bridge['host'];
  call<N extends CallName>(name: N, input: Input<N>, signal?: AbortSignal): Promise<Output<N>>;
  subscribe: Bridge['subscribe'];
}

export function createClient(bridge: Bridge): Client {
  return {
    host: bridge.host,
    subscribe: (listener) => bridge.subscribe(listener),
    async call(name, input, signal) {
      const callId = crypto.randomUUID();
      const cancel = () => bridge.cancel(callId);
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        const reply = await bridge.call(name, input, callId);
        if (reply.ok) return reply.value;
        throw ArchiveError.fromValue(reply.error);
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
  };
}

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === null) throw new Error('No ClientContext around this component');
  return client;
}

/** Whatever was thrown, as the value that `ErrorNotice` can show. */
export function asErrorValue(thrown: unknown): ErrorValue {
  return toErrorValue(thrown);
}
