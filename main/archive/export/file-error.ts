import { ArchiveError } from '../../../preload/errors.ts';

/** Whether there was no room, on the drive or in what the user may use of it. */
export function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes((error as NodeJS.ErrnoException | null)?.code ?? '');
}

/** What the file system said, as an error that a person can act on. Anything else is passed on as it is. */
export function toFileError(error: unknown, path: string): unknown {
  if (isDiskFull(error)) {
    return new ArchiveError('disk-full', `The disk is full: ${path} was not written.`, {
      hint: 'Free some space or choose another drive. Nothing is left under the target name.',
      retryable: true,
      cause: error,
    });
  }
  const code = (error as NodeJS.ErrnoException | null)?.code;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ArchiveError('path-unavailable', `The app may not write to ${path}.`, {
        hint: 'Choose a folder that you may write to.',
        cause: error,
      });
    case 'ENOENT':
    case 'ENOTDIR':
      return new ArchiveError('path-unavailable', `The folder of ${path} does not exist.`, {
        hint: 'Create the folder first, or choose another.',
        cause: error,
      });
    case 'ENAMETOOLONG':
    case 'EINVAL':
      return new ArchiveError('path-unavailable', `${path} is not a name that this drive accepts.`, {
        hint: 'Choose a shorter name of ordinary characters.',
        cause: error,
      });
    default:
      return error;
  }
}

/** The same, for errors while reading what somebody gave us. */
export function toReadError(error: unknown, path: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new ArchiveError('path-unavailable', `${path} does not exist.`, { hint: 'Check the path.', cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new ArchiveError('path-unavailable', `The app may not read ${path}.`, {
      hint: 'Check who may read the file.',
      cause: error,
    });
  }
  return error;
}
