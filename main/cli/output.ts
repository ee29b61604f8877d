import { toErrorValue, type ErrorValue } from '../../preload/errors.ts';
import { exitCodeOf, exitCodes } from './exit-codes.ts';
import { printable, printableLine } from './printable.ts';
import { JobFailure } from './session.ts';

export interface OutputOptions {
  json: boolean;
  debug: boolean;
}

/** Where a command writes: results to stdout, everything else to stderr. */
export class Output {
  readonly json: boolean;
  readonly #debug: boolean;

  constructor(options: OutputOptions) {
    this.json = options.json;
    this.#debug = options.debug;
  }

  /** The one JSON document of a command with `--json`; else `text` for people. */
  result(value: unknown, text: () => string): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value)}\n`);
    else process.stdout.write(`${text()}\n`);
  }

  note(text: string): void {
    process.stderr.write(`${printable(text)}\n`);
  }

  /** Prints the one line of a failure and returns the exit code that belongs to it. */
  failure(thrown: unknown): number {
    const error = toErrorValue(thrown);
    this.#printError(error);
    if (this.json) process.stdout.write(`${JSON.stringify({ error: publicError(error) })}\n`);
    if (this.#debug && thrown instanceof Error) process.stderr.write(`${printable(thrown.stack ?? '')}\n`);
    // The path of a job is one that the user named; any other is the archive's own.
    if (thrown instanceof JobFailure && error.code === 'path-unavailable') return exitCodes.wrongUsage;
    return exitCodeOf(error.code);
  }

  /** A failure that comes beside a result: the document is `value` with the error in it. */
  resultWithError(value: Record<string, unknown>, error: ErrorValue, text: () => string): number {
    this.#printError(error);
    this.result({ ...value, error: publicError(error) }, text);
    return exitCodeOf(error.code);
  }

  #printError(error: ErrorValue): void {
    const hint = error.hint === undefined ? '' : ` ${error.hint}`;
    process.stderr.write(`error ${error.code}: ${printableLine(`${error.message}${hint}`)}\n`);
  }
}

export function publicError(error: ErrorValue): { code: string; message: string; hint: string } {
  return { code: error.code, message: error.message, hint: error.hint ?? '' };
}
