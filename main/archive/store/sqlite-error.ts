import Database from 'better-sqlite3';
import type { ErrorCode } from '../../../preload/errors.ts';
import { ArchiveError } from '../../../preload/errors.ts';

interface Meaning {
  /** Start of SQLite's extended result code. */
  prefix: string;
  code: ErrorCode;
  message: string;
  hint: string;
  retryable: boolean;
}

/** The first prefix that fits decides, so the special ones stand before the general ones. */
const meanings: readonly Meaning[] = [
  {
    prefix: 'SQLITE_FULL',
    code: 'disk-full',
    message: 'The disk is full. What was archived before is safe.',
    hint: 'Free some space on the drive of the archive, then start again.',
    retryable: true,
  },
  {
    prefix: 'SQLITE_CORRUPT',
    code: 'archive-corrupt',
    message: 'The archive file is damaged.',
    hint: 'Keep a copy of it, then restore the latest backup.',
    retryable: false,
  },
  {
    prefix: 'SQLITE_NOTADB',
    code: 'archive-corrupt',
    message: 'The archive file is not a readable archive: it is damaged, encrypted, or a file of something else.',
    hint: 'Keep a copy of it, then restore the latest backup.',
    retryable: false,
  },
  {
    prefix: 'SQLITE_READONLY_DBMOVED',
    code: 'path-unavailable',
    message: 'The archive file was moved or deleted while it was open.',
    hint: 'Put it back, then start the app again.',
    retryable: false,
  },
  {
    prefix: 'SQLITE_READONLY',
    code: 'archive-read-only',
    message: 'The archive can be read but not written to.',
    hint: 'Check the permissions of the archive folder and its files.',
    retryable: false,
  },
  {
    prefix: 'SQLITE_CANTOPEN',
    code: 'path-unavailable',
    message: 'The archive file cannot be opened.',
    hint: 'Check that the archive folder exists, that its drive is connected and that you may write there.',
    retryable: true,
  },
  {
    prefix: 'SQLITE_PERM',
    code: 'path-unavailable',
    message: 'The system refused access to the archive file.',
    hint: 'Check the permissions of the archive folder and its files.',
    retryable: false,
  },
  {
    prefix: 'SQLITE_BUSY',
    code: 'archive-locked',
    message: 'The archive is in use by another program.',
    hint: 'Close other programs that have it open, then try again.',
    retryable: true,
  },
  {
    prefix: 'SQLITE_LOCKED',
    code: 'archive-locked',
    message: 'The archive is in use by another program.',
    hint: 'Close other programs that have it open, then try again.',
    retryable: true,
  },
  {
    prefix: 'SQLITE_IOERR',
    code: 'path-unavailable',
    message: 'Reading from or writing to the drive of the archive failed.',
    hint: 'Check that the drive is connected and healthy. What was archived before is kept.',
    retryable: true,
  },
];

/** Codes that Node's own file functions throw. */
const systemMeanings: Readonly<Record<string, [ErrorCode, string, string]>> = {
  ENOSPC: ['disk-full', 'The disk is full.', 'Free some space on the drive, then start again.'],
  EDQUOT: ['disk-full', 'Your storage quota is used up.', 'Free some space, then start again.'],
  EROFS: ['archive-read-only', 'The drive can only be read.', 'Choose a folder on a drive that can be written to.'],
  EACCES: ['path-unavailable', 'The system refused access.', 'Choose a folder that you may write to.'],
  EPERM: ['path-unavailable', 'The system refused access.', 'Choose a folder that you may write to.'],
  ENOENT: ['path-unavailable', 'The file or folder does not exist.', 'Check the path and that its drive is connected.'],
  ENOTDIR: ['path-unavailable', 'A part of the path is a file, not a folder.', 'Check the path.'],
  EISDIR: ['path-unavailable', 'The path is a folder, not a file.', 'Check the path.'],
  EIO: ['path-unavailable', 'The drive reported an error.', 'Check that the drive is connected and healthy.'],
};

/**
 * What a failure of SQLite or of the file system means to a person. ArchiveErrors pass unchanged; what is
 * neither stays what it is, wrapped as `internal`.
 */
export function toArchiveError(error: unknown): ArchiveError {
  if (error instanceof ArchiveError) return error;
  if (error instanceof Database.SqliteError) {
    const meaning = meanings.find(({ prefix }) => error.code.startsWith(prefix));
    if (meaning !== undefined) {
      return new ArchiveError(meaning.code, meaning.message, {
        hint: meaning.hint,
        retryable: meaning.retryable,
        details: { sqlite: error.code },
        cause: error,
      });
    }
  }
  const systemCode = error instanceof Error && 'code' in error ? String(error.code) : '';
  const system = systemMeanings[systemCode];
  if (system !== undefined) {
    const [code, message, hint] = system;
    return new ArchiveError(code, message, { hint, details: { system: systemCode }, cause: error });
  }
  const text = error instanceof Error ? error.message : String(error);
  return new ArchiveError('internal', `Something went wrong inside the archive: ${text}`, { cause: error });
}
