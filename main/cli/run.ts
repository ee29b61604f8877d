import type { Output } from './output.ts';
import type { Session } from './session.ts';

export interface CommandContext {
  session: Session;
  output: Output;
}

/** What a command does; a returned number is its exit code. */
export type CommandBody<Arguments extends unknown[]> = (
  context: CommandContext,
  ...args: Arguments
) => Promise<number | void>;

/** Wraps a command: opens the archive's host for it, prints its failure, sets the exit code, closes everything. */
export type Run = <Arguments extends unknown[]>(
  body: CommandBody<Arguments>,
) => (...args: [...Arguments, ...unknown[]]) => Promise<void>;

export interface ServerContext {
  output: Output;
  /** `--archive`, if given. */
  archive: string | undefined;
  /** Resolves on Ctrl+C. */
  interrupted: Promise<void>;
}

/** Wraps a command that goes on until Ctrl+C and opens its own host. */
export type RunServer = <Options>(
  body: (context: ServerContext, options: Options) => Promise<void>,
) => (...args: [Options, ...unknown[]]) => Promise<void>;
