import type { CallName, CallsOf, Lane, Output, ParsedInput } from '../../preload/contract.ts';
import type { Ready } from '../../preload/engine-protocol.ts';
import type { Clock } from '../archive/clock.ts';
import type { Log } from '../archive/log.ts';
import type { HostLink } from './host-link.ts';
import type { JobRunner } from './jobs.ts';

/** What every handler of an engine works with. */
export interface EngineContext {
  host: HostLink;
  jobs: JobRunner;
  clock: Clock;
  log: Log;
  /** Script of the thread that prepares records for the writer. */
  prepareEntry: URL;
  appVersion: string;
  hostName: string;
}

/** The handlers of some lanes, one per call: with `satisfies`, a missing or an extra one does not compile. */
export type Handlers<L extends Lane> = {
  [N in CallsOf<L>]: (input: ParsedInput<N>, signal: AbortSignal) => Output<N> | Promise<Output<N>>;
};

/** Handlers as the dispatcher sees them. Inputs were parsed by the host's router. */
export type AnyHandlers = Partial<Record<CallName, (input: never, signal: AbortSignal) => unknown>>;

/** One role at work. */
export interface EngineService {
  handlers: AnyHandlers;
  /** What the host is to know when the role is ready: where the demo listens, what a restore replaced. */
  ready?: Omit<Ready, 'kind'>;
  close(): void | Promise<void>;
}
