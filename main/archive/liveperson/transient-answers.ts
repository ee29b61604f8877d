/** Answers that may be better next time. */
import { ArchiveError } from '../../../preload/errors.ts';
import { answerError, type StatusContext } from './errors.ts';
import { parseRetryAfter, Transient } from './retry.ts';
import type { Answer } from './transport.ts';

/** The time at the service, from its `Date` header; null without one. */
export function serviceTime(answer: Answer): number | null {
  const time = Date.parse(answer.headers['date'] ?? '');
  return Number.isNaN(time) ? null : time;
}

/** 429. @param leastSeconds to wait where `Retry-After` does not say. */
export function throttledAnswer(answer: Answer, what: string, leastSeconds: number, now: number): Transient {
  const error = new ArchiveError('source-rate-limited', `LivePerson takes no more requests for ${what} right now.`, {
    hint: 'The next sync goes on from here. A longer interval between requests avoids this.',
    retryable: true,
    details: { status: answer.status },
  });
  const retryAfterMs = parseRetryAfter(answer.headers['retry-after'], serviceTime(answer) ?? now);
  return new Transient(error, { retryAfterMs, leastSeconds });
}

/** 5xx and 408. */
export function unavailableAnswer(answer: Answer, context: StatusContext): Transient {
  const message = `LivePerson has trouble with ${context.what} (status ${String(answer.status)}).`;
  return new Transient(
    answerError('source-unavailable', message, answer, context, 'The next sync goes on from here.', true),
  );
}

/** An answer that is no page: cut short, not JSON, without its records. */
export function malformedAnswer(message: string, cause?: unknown): Transient {
  return new Transient(
    new ArchiveError('source-changed', message, {
      hint: 'If it happens again, LivePerson changed its format: look for an update of the app.',
      retryable: true,
      cause,
    }),
  );
}
