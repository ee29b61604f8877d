import { ArchiveError, type ErrorCode } from '../../../preload/errors.ts';

export function isArchiveError(error: unknown, code: ErrorCode): error is ArchiveError {
  return error instanceof ArchiveError && error.code === code;
}
