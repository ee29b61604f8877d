import { toErrorValue, type ErrorValue } from '../../preload/errors.ts';
import { toArchiveError } from '../archive/store/sqlite-error.ts';

/** What anything thrown inside an engine means to the caller: SQLite's and the file system's failures by our own codes. */
export function toEngineError(thrown: unknown): ErrorValue {
  const aborted = thrown instanceof Error && thrown.name === 'AbortError';
  return toErrorValue(aborted ? thrown : toArchiveError(thrown));
}
