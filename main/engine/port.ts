import type { FromEngine, ToEngine } from '../../preload/engine-protocol.ts';

/** The engine's line to the host that forked it. */
export interface EnginePort {
  send(message: FromEngine): void;
  onMessage(listener: (message: ToEngine) => void): void;
  /** The host is gone: nobody will ever ask again. */
  onDisconnect(listener: () => void): void;
}

/** What Electron's utilityProcess puts on `process`; typed here, because engines must not import electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
}

/** Finds out who forked us. @throws Error when nobody did */
export function openPort(): EnginePort {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort !== undefined && parentPort !== null) return overParentPort(parentPort);
  if (process.send !== undefined) return overChildProcess(process.send.bind(process));
  throw new Error('The engine only runs as a child of a host: start the app or the command line instead.');
}

function overParentPort(parentPort: ParentPort): EnginePort {
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process port, not a window
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as ToEngine)),
    onDisconnect: (listener) => parentPort.on('close', listener),
  };
}

function overChildProcess(send: (message: unknown, callback: () => void) => boolean): EnginePort {
  return {
    send(message) {
      // A closed channel is told by 'disconnect'; an error event about it would only end us with the wrong words.
      if (process.connected) send(message, () => undefined);
    },
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToEngine)),
    onDisconnect: (listener) => void process.on('disconnect', listener),
  };
}
