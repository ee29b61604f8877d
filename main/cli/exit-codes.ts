import type { ErrorCode } from '../../preload/errors.ts';

/** The exit codes of the public command line; documented in docs/cli.md, never renumbered. */
export const exitCodes = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  credentialsRefused: 3,
  incomplete: 4,
  verificationFailed: 5,
  archiveUnusable: 6,
  sourceUnreachable: 7,
  interrupted: 130,
} as const;

const byErrorCode: Record<ErrorCode, number> = {
  'invalid-input': exitCodes.wrongUsage,
  'unsupported-here': exitCodes.wrongUsage,
  'not-found': exitCodes.wrongUsage,
  'content-destroyed': exitCodes.wrongUsage,
  conflict: exitCodes.wrongUsage,
  'unauthorised-caller': exitCodes.failed,
  cancelled: exitCodes.interrupted,
  'timed-out': exitCodes.failed,
  'archive-locked': exitCodes.archiveUnusable,
  'archive-corrupt': exitCodes.archiveUnusable,
  'archive-too-new': exitCodes.archiveUnusable,
  'archive-read-only': exitCodes.archiveUnusable,
  'disk-full': exitCodes.failed,
  'path-unavailable': exitCodes.archiveUnusable,
  'source-unauthorised': exitCodes.credentialsRefused,
  'source-forbidden': exitCodes.credentialsRefused,
  'secret-unavailable': exitCodes.credentialsRefused,
  'secret-unprotected': exitCodes.credentialsRefused,
  'source-rate-limited': exitCodes.sourceUnreachable,
  'source-unavailable': exitCodes.sourceUnreachable,
  'source-changed': exitCodes.sourceUnreachable,
  'network-offline': exitCodes.sourceUnreachable,
  'network-tls': exitCodes.sourceUnreachable,
  'network-proxy': exitCodes.sourceUnreachable,
  'engine-restarted': exitCodes.failed,
  internal: exitCodes.failed,
};

export function exitCodeOf(code: ErrorCode): number {
  return byErrorCode[code];
}
