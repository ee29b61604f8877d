/** What an HTTP status means to the person who runs the archive. */
import { ArchiveError, type ErrorCode, type ErrorDetails } from '../../../preload/errors.ts';
import type { Answer } from './transport.ts';
import { asObject, textOf } from './values.ts';

const longestBody = 4096;
const longestDetail = 500;

/** Takes out whatever could be a secret: queries, tokens, credentials that the caller names. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let result = text;
  for (const secret of secrets) if (secret.length >= 4) result = result.replaceAll(secret, '[hidden]');
  return result
    .replace(/\b(?:Bearer|Basic)\s+[^\s"']{4,}/giu, '[hidden]')
    .replace(/\beyJ[\w-]+(?:\.[\w-]*)*/gu, '[hidden]')
    .replace(
      /\b(?:client_?secret|access_?token|oauth_\w+|password|bearer)\b["']?\s*[=:]\s*(?:"[^"]*"|'[^']*'|[^\s"'&,}]+)/giu,
      '[hidden]',
    )
    .replace(/\?[^\s"'<>]*=[^\s"'<>]*/gu, '?…');
}

/**
 * The service's own words about an error, at most a few hundred characters of its first 4 KB, without secrets.
 * Shown and logged, never acted upon: bodies of errors are not documented.
 */
export function errorDetail(body: Uint8Array, secrets: readonly string[] = []): string | null {
  const text = Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, longestBody)).toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  const nested = asObject(asObject(parsed)['error']);
  const object = { ...nested, ...asObject(parsed) };
  for (const key of ['debugMessage', 'message', 'error_description', 'error', 'internalCode']) {
    const detail = textOf(object[key]);
    if (detail !== null) {
      // eslint-disable-next-line no-control-regex
      const line = redact(detail, secrets).replace(/[\u0000-\u001f\u007f]+/gu, ' ');
      return line.slice(0, longestDetail);
    }
  }
  return null;
}

export interface StatusContext {
  /** What was asked, in words, e.g. `the chat history`. */
  what: string;
  secrets: readonly string[];
}

/** An error about one answer, with the status and the service's words in its details. */
export function answerError(
  code: ErrorCode,
  message: string,
  answer: Answer,
  context: StatusContext,
  hint: string,
  retryable = false,
): ArchiveError {
  const detail = errorDetail(answer.body, context.secrets);
  const details: ErrorDetails = { status: answer.status, ...(detail === null ? {} : { detail }) };
  const words = detail === null ? message : `${message} LivePerson says: “${detail}”`;
  return new ArchiveError(code, words, { hint, retryable, details });
}

function isLivePerson(location: string | undefined): boolean {
  try {
    return /(?:^|\.)liveperson\.net$/u.test(new URL(location ?? '').hostname);
  } catch {
    return false;
  }
}

/** True for a web page where data was asked: a sign-in page of a network, or an error page of something between. */
export function isWebPage(answer: Answer): boolean {
  if (answer.headers['content-type']?.toLowerCase().includes('text/html') === true) return true;
  const start = Buffer.from(answer.body.buffer, answer.body.byteOffset, Math.min(64, answer.body.byteLength));
  return /^\s*<(?:!doctype|html|head|body)/iu.test(start.toString('latin1'));
}

export function webPageError(answer: Answer, what: string): ArchiveError {
  return new ArchiveError('network-offline', `A web page came back instead of ${what}.`, {
    hint: 'Something between this computer and LivePerson answered: sign in to the network, or check the proxy.',
    retryable: true,
    details: { status: answer.status },
  });
}

/** Statuses that are not worth repeating. 401, 404, 408, 429 and 5xx are decided by the caller. */
export function finalStatusError(answer: Answer, context: StatusContext): ArchiveError {
  const { status } = answer;
  const refuse = (code: ErrorCode, message: string, hint: string) => answerError(code, message, answer, context, hint);
  if (status >= 300 && status < 400) {
    return isLivePerson(answer.headers['location'])
      ? refuse('source-changed', `LivePerson moved ${context.what} elsewhere.`, 'Look for an update of the app.')
      : refuse(
          'network-offline',
          `Something on the way redirected the request for ${context.what}.`,
          'Sign in to the network (hotel, guest or company page), then sync again.',
        );
  }
  if (status === 400) {
    return refuse(
      'source-changed',
      `LivePerson did not accept the request for ${context.what}.`,
      'If it happens again, look for an update of the app.',
    );
  }
  if (status === 403) {
    return refuse(
      'source-forbidden',
      `LivePerson refuses access to ${context.what}.`,
      'The application or key lacks the permission for this API, the account lacks the product, or this network’s address is not on the account’s list.',
    );
  }
  if (status === 404) {
    return refuse(
      'source-changed',
      `LivePerson does not know the address of ${context.what}.`,
      'Check the account number; if it is right, look for an update of the app.',
    );
  }
  if (status === 407) {
    return refuse('network-proxy', 'The proxy asks for a sign-in.', 'Check the proxy settings of this computer.');
  }
  if (status === 451) {
    return refuse(
      'source-forbidden',
      'The account or user is blocked by LivePerson.',
      'Ask LivePerson support to lift the block.',
    );
  }
  return refuse(
    'source-changed',
    `LivePerson answered ${context.what} with status ${String(status)}, which the app does not know.`,
    'If it happens again, look for an update of the app.',
  );
}
