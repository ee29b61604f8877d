import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Question } from './questions.ts';

/** What a peer says of itself once it has taken in the texts. */
export interface PeerBuilt {
  version: string;
  seconds: number;
  bytes: number;
}

export interface PeerAnswer {
  total: number;
  /** Milliseconds; null where the peer has no such thing. */
  totalMs: number | null;
  newestMs: number | null;
  bestMs: number | null;
}

export interface Peer {
  name: string;
  /** More texts than this do not fit into the memory of a usual machine. */
  largest?: number;
  build(texts: string, folder: string): Promise<PeerBuilt>;
  /** Null: the peer cannot express it. */
  ask(question: Question, runs: number): Promise<PeerAnswer | null>;
  memoryMb(): number | null;
  close(): Promise<void>;
}

/** The median of the milliseconds that some runs of `work` take. */
export function medianMs(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return times.toSorted((one, other) => one - other)[Math.floor(runs / 2)] ?? 0;
}

/** A module that answers `build` and `ask` messages in a process of its own, so that its memory is its own. */
export function forkedPeer(name: string, module: string, options: { largest?: number; heapMb?: number } = {}): Peer {
  let child: ChildProcess | undefined;
  const call = async (message: unknown): Promise<unknown> => {
    if (child === undefined) throw new Error(`${name} was not built`);
    const over = new AbortController();
    const ended = once(child, 'exit', { signal: over.signal }).then(() => {
      throw new Error(`${name} ended in the middle of its work`);
    });
    const answered = once(child, 'message', { signal: over.signal });
    child.send(message as object);
    try {
      const [answer] = (await Promise.race([answered, ended])) as [unknown];
      return answer;
    } finally {
      ended.catch(() => undefined);
      over.abort();
    }
  };
  let memory: number | null = null;
  return {
    name,
    ...(options.largest === undefined ? {} : { largest: options.largest }),
    async build(texts, folder) {
      child = fork(new URL(module, import.meta.url), {
        execArgv: options.heapMb === undefined ? [] : [`--max-old-space-size=${options.heapMb}`],
      });
      return (await call({ build: { texts, folder } })) as PeerBuilt;
    },
    async ask(question, runs) {
      const { answer, memoryMb } = (await call({ ask: { question, runs } })) as {
        answer: PeerAnswer | null;
        memoryMb: number;
      };
      memory = memoryMb;
      return answer;
    },
    memoryMb: () => memory,
    async close() {
      if (child === undefined) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

/** The other side of `forkedPeer`. */
export function servePeer(handlers: {
  build(texts: string, folder: string): Promise<PeerBuilt>;
  ask(question: Question, runs: number): PeerAnswer | null;
}): void {
  process.on(
    'message',
    (message: { build?: { texts: string; folder: string }; ask?: { question: Question; runs: number } }) => {
      if (message.build !== undefined) {
        void handlers.build(message.build.texts, message.build.folder).then((built) => process.send?.(built));
      } else if (message.ask !== undefined) {
        const answer = handlers.ask(message.ask.question, message.ask.runs);
        process.send?.({ answer, memoryMb: process.memoryUsage().rss / 1_048_576 });
      }
    },
  );
}
