/**
 * What a host and its engine processes say to each other, over any port that carries structured clones
 * (utilityProcess in Electron, child_process elsewhere). One request, one reply; events flow one way.
 */
import type { ArchiveEvent, CallName } from './contract.ts';
import type { Reply } from './envelope.ts';
import type { ErrorValue } from './errors.ts';
import type { Credentials } from './model.ts';

/**
 * `writer` is alone per archive; `reader` may run any number of times; `demo` serves the simulated account; `restore`
 * puts a backup in the archive's place while it starts, and is done when it is ready; `tool` works without an archive.
 */
export type EngineRole = 'writer' | 'reader' | 'demo' | 'restore' | 'tool';

export interface StartArchiveEngine {
  kind: 'start';
  role: 'writer' | 'reader';
  archiveFolder: string;
  appVersion: string;
  /** Which host started it: told to others that find the archive locked. */
  hostName: string;
}

export interface StartDemoEngine {
  kind: 'start';
  role: 'demo';
  /** 0: any free port. */
  port: number;
}

export interface StartRestoreEngine {
  kind: 'start';
  role: 'restore';
  archiveFolder: string;
  /** The backup. */
  file: string;
}

export interface StartToolEngine {
  kind: 'start';
  role: 'tool';
}

export type StartEngine = StartArchiveEngine | StartDemoEngine | StartRestoreEngine | StartToolEngine;

/** Host → engine. The first message is `start`. */
export type ToEngine =
  | StartEngine
  | { kind: 'call'; id: number; name: CallName; input: unknown }
  /** Stop working on a call; its reply will be `cancelled`. */
  | { kind: 'cancel'; id: number }
  | { kind: 'cancel-job'; jobId: string }
  | { kind: 'answer'; id: number; reply: Reply<unknown> }
  /** Finish the current transaction, close the archive, exit. */
  | { kind: 'stop' };

/** What an engine may ask of its host. */
export type HostQuestion =
  /** `demo`: those of the simulated account, which are public and kept nowhere. */
  | { what: 'credentials'; accountId: string; demo?: boolean }
  | { what: 'keep-credentials'; accountId: string; credentials: Credentials }
  | { what: 'forget-credentials'; accountId: string }
  | { what: 'demo-origin' }
  /** A call to another engine of the same archive, e.g. a reader's custody entry for the writer. */
  | { what: 'call'; name: CallName; input: unknown };
export interface HostAnswers {
  credentials: Credentials;
  'keep-credentials': null;
  'forget-credentials': null;
  call: unknown;
  /** Origin of the simulated account's Domain API, e.g. `http://127.0.0.1:40123`. */
  'demo-origin': string;
}

/** Where the simulated account listens and how to sign in to it. Its secrets are public on purpose. */
export interface DemoAddress {
  origin: string;
  accountId: string;
  oauth2: Extract<Credentials, { type: 'oauth2' }>;
  oauth1: Extract<Credentials, { type: 'oauth1' }>;
}

/** The start succeeded. */
export interface Ready {
  kind: 'ready';
  demo?: DemoAddress;
  /** Where a restore keeps the archive that was there before; null when there was none. */
  replaced?: string | null;
  /** What the owner of the archive should know about its place, in words. */
  warnings?: readonly string[];
}

/** Engine → host. */
export type FromEngine =
  | Ready
  | { kind: 'start-failed'; error: ErrorValue }
  | { kind: 'reply'; id: number; reply: Reply<unknown> }
  | { kind: 'event'; event: ArchiveEvent }
  | { kind: 'ask'; id: number; question: HostQuestion };
