import { ArchiveError } from '../../../preload/errors.ts';

/**
 * What is wrong with a query, where, and what was expected there.
 * @param position of the offending character, in UTF-16 units from 0; people are told it from 1.
 * @param expected completes "Expected …", e.g. `a closing quote (")`.
 */
export function queryError(message: string, position: number, expected: string): ArchiveError {
  return new ArchiveError('invalid-input', `${message} at character ${position + 1} of the query.`, {
    hint: `Expected ${expected}.`,
    details: { position, expected },
  });
}
