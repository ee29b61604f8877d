/**
 * Every way in which a call can fail, as a closed list. Errors cross process borders as values
 * (see envelope.ts), are shown to people by code, and decide the command line's exit code.
 */
export const errorCodes = [
  'invalid-input',
  'unsupported-here',
  'unauthorised-caller',
  'not-found',
  'content-destroyed',
  'conflict',
  'cancelled',
  'timed-out',
  'archive-locked',
  'archive-corrupt',
  'archive-too-new',
  'archive-read-only',
  'disk-full',
  'path-unavailable',
  'source-unauthorised',
  'source-forbidden',
  'source-rate-limited',
  'source-unavailable',
  'source-changed',
  'network-offline',
  'network-tls',
  'network-proxy',
  'secret-unavailable',
  'secret-unprotected',
  'engine-restarted',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Primitives only: never tokens, URL queries or transcript text. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** What crosses a process border instead of an exception. */
export interface ErrorValue {
  code: ErrorCode;
  /** One plain sentence: what happened. */
  message: string;
  /** One plain sentence: what to do about it. */
  hint?: string | undefined;
  retryable: boolean;
  details?: ErrorDetails | undefined;
}

export interface ArchiveErrorOptions {
  hint?: string;
  retryable?: boolean;
  details?: ErrorDetails;
  cause?: unknown;
}

/** The one exception type that our code throws on purpose. */
export class ArchiveError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly details: ErrorDetails | undefined;

  constructor(code: ErrorCode, message: string, options: ArchiveErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ArchiveError';
    this.code = code;
    this.hint = options.hint;
    this.retryable = options.retryable ?? false;
    this.details = options.details;
  }

  static fromValue(value: ErrorValue): ArchiveError {
    return new ArchiveError(value.code, value.message, {
      retryable: value.retryable,
      ...(value.hint === undefined ? {} : { hint: value.hint }),
      ...(value.details === undefined ? {} : { details: value.details }),
    });
  }
}

/**
 * Turns anything thrown into a value that is safe to send on. Unknown errors become `internal`;
 * their message is kept for the log's reader, their stack is not.
 */
export function toErrorValue(thrown: unknown): ErrorValue {
  if (thrown instanceof ArchiveError) {
    return {
      code: thrown.code,
      message: thrown.message,
      hint: thrown.hint,
      retryable: thrown.retryable,
      details: thrown.details,
    };
  }
  if (thrown instanceof Error && thrown.name === 'AbortError') {
    return { code: 'cancelled', message: 'The work was cancelled.', retryable: true };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal', message: `Something went wrong inside the app: ${message}`, retryable: false };
}
