import { ArchiveError, type ErrorCode, type ErrorDetails } from '../../../preload/errors.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** A failure that may pass by itself. Anything else that an attempt throws is final. */
export class Transient extends Error {
  /** What to throw when patience ends. */
  readonly error: ArchiveError;
  /** Set for "too many requests". */
  readonly throttle: Throttle | null;

  constructor(error: ArchiveError, throttle: Throttle | null = null) {
    super(error.message);
    this.name = 'Transient';
    this.error = error;
    this.throttle = throttle;
  }

  static of(code: ErrorCode, message: string, hint: string, details: ErrorDetails): Transient {
    return new Transient(new ArchiveError(code, message, { hint, details, retryable: true }));
  }
}

export interface Throttle {
  /** What `Retry-After` asks for; null without one. */
  retryAfterMs: number | null;
  /** Least wait in seconds where none was asked for: 1, or 5 for a sign-in. */
  leastSeconds: number;
}

export interface RetryOptions {
  clock: Clock;
  signal: AbortSignal;
  log: Log;
  /** Unit of the ladder: 5000 waits 5, 10, 15 s. 0 waits for nothing but a `Retry-After`. */
  retryBaseMs: number;
  /** 0 to 1. */
  random: () => number;
  /** Told about the first "too many requests" in a row, so that the pace can be lowered. */
  onThrottled: () => void;
}

/** LivePerson recommends three more tries, after one, two and three units. */
const ladder = [1, 2, 3] as const;
const mostThrottled = 8;
const longestThrottleSeconds = 300;
/** Whoever asks for more patience than this gets it from the next sync, not from a sleeping one. */
const longestRetryAfterMs = 15 * 60_000;

/** The ladder's unit is five seconds by default; the waits for "too many requests" are scaled with it. */
function throttleWait(throttle: Throttle, consecutive: number, { retryBaseMs, random }: RetryOptions): number {
  const second = retryBaseMs / 5;
  const ceiling = Math.min(longestThrottleSeconds, 2 ** consecutive) * second;
  return Math.max(throttle.leastSeconds * second, throttle.retryAfterMs ?? 0, random() * ceiling);
}

function throttledError(error: ArchiveError, retryAfterMs: number | null): ArchiveError {
  if (retryAfterMs === null) return error;
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new ArchiveError(error.code, error.message, {
    hint: `LivePerson asks to wait ${String(seconds)} seconds.`,
    retryable: true,
    details: { ...error.details, retryAfterSeconds: seconds },
  });
}

/**
 * Tries until it works, a failure is final, or patience ends. Every request of this app only reads, so each may be
 * repeated. "Too many requests" has a budget of its own: it says nothing about the request.
 */
export async function withRetries<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, signal, log } = options;
  let failures = 0;
  let throttled = 0;
  for (;;) {
    try {
      return await attempt();
    } catch (failure) {
      if (!(failure instanceof Transient)) throw failure;
      let wait: number;
      if (failure.throttle === null) {
        throttled = 0;
        const step = ladder[failures];
        if (step === undefined) throw failure.error;
        failures += 1;
        wait = step * options.retryBaseMs;
      } else {
        throttled += 1;
        if (throttled === 1) options.onThrottled();
        const { retryAfterMs } = failure.throttle;
        if (throttled > mostThrottled || (retryAfterMs ?? 0) > longestRetryAfterMs) {
          throw throttledError(failure.error, retryAfterMs);
        }
        wait = throttleWait(failure.throttle, throttled, options);
      }
      log('warn', 'request-retry', { code: failure.error.code, waitMs: Math.round(wait), failures, throttled });
      if (wait > 0) await clock.sleep(wait, signal);
    }
  }
}

/** `Retry-After` in either form, as milliseconds from now; null when absent or unreadable. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/u.test(text)) return Number(text) * 1000;
  if (!/^[A-Za-z]{3,9},? /u.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : Math.max(0, time - now);
}
