import { ArchiveError } from '../../../preload/errors.ts';
import type { Clock } from '../clock.ts';
import type { Domains } from './domain.ts';
import { answerError, finalStatusError, isWebPage, webPageError } from './errors.ts';
import { Transient } from './retry.ts';
import { malformedAnswer, throttledAnswer, unavailableAnswer } from './transient-answers.ts';
import type { Answer, Send } from './transport.ts';
import { asObject, numberOf, textOf } from './values.ts';

export interface OAuth2Keys {
  clientId: string;
  clientSecret: string;
}

/** An app token in memory. Never stored, never logged. */
interface Token {
  value: string;
  expiresAt: number;
}

export interface TokenSource {
  /** A token with at least five minutes to live; asks for one only when needed, and only once at a time. */
  token(signal: AbortSignal): Promise<string>;
  /** Forget this token: it was refused. */
  drop(value: string): void;
}

const renewBeforeMs = 300_000;
const defaultLifetimeSeconds = 3600;
/** LivePerson asks to wait five seconds when there are too many sign-ins. */
const leastSecondsAfterThrottle = 5;
const what = 'the sign-in';

/** Claims of a JSON Web Token. We are a client: its signature is the service's business. */
function claimsOf(token: string): { issuedAt: number | null; expiresAt: number | null } {
  try {
    const payload = asObject(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')));
    return { issuedAt: numberOf(payload['iat']), expiresAt: numberOf(payload['exp']) };
  } catch {
    return { issuedAt: null, expiresAt: null };
  }
}

/** When a token ends by our clock. A clock that is far off must not make every token look expired. */
export function tokenExpiry(token: string, expiresIn: number | null, now: number): number {
  const { issuedAt, expiresAt } = claimsOf(token);
  if (expiresAt !== null) {
    const byClaim = expiresAt * 1000;
    if (byClaim - now >= renewBeforeMs || issuedAt === null) return byClaim;
    return now + Math.max(0, expiresAt - issuedAt) * 1000;
  }
  return now + (expiresIn ?? defaultLifetimeSeconds) * 1000;
}

function checkTokenStatus(answer: Answer, keys: OAuth2Keys, now: number): void {
  const context = { what, secrets: [keys.clientSecret, keys.clientId] };
  const { status } = answer;
  if (status === 429) throw throttledAnswer(answer, what, leastSecondsAfterThrottle, now);
  if (status === 408 || status >= 500) throw unavailableAnswer(answer, context);
  if (status === 400 || status === 401) {
    throw answerError(
      'source-unauthorised',
      'LivePerson does not accept the client id and secret.',
      answer,
      context,
      'Copy them again from the application’s page in the Management Console, and check that it is enabled.',
    );
  }
  if (status !== 200) throw finalStatusError(answer, context);
  if (isWebPage(answer)) throw new Transient(webPageError(answer, 'a token'));
}

function readToken(answer: Answer, now: number): Token {
  let parsed: unknown;
  try {
    parsed = JSON.parse(
      Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength).toString('utf8'),
    );
  } catch (error) {
    throw malformedAnswer('The sign-in’s answer is cut short or not JSON.', error);
  }
  const object = asObject(parsed);
  const value = textOf(object['access_token']);
  // A line break in a token would end the header it goes into.
  if (value === null || !/^[\x21-\x7e]+$/u.test(value)) throw malformedAnswer('The sign-in’s answer holds no token.');
  return { value, expiresAt: tokenExpiry(value, numberOf(object['expires_in']), now) };
}

function formBody(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}

interface TokenOptions {
  accountId: string;
  keys: () => Promise<OAuth2Keys>;
  domains: Domains;
  clock: Clock;
  send: Send;
  maxBytes: number;
}

/** Client credentials grant, token API version 2: the secret in the form body, never in the address. */
export function createTokenSource({ accountId, keys, domains, clock, send, maxBytes }: TokenOptions): TokenSource {
  let current: Token | null = null;
  let pending: Promise<Token> | null = null;

  async function request(signal: AbortSignal): Promise<Token> {
    const { clientId, clientSecret } = await keys();
    const origin = await domains.resolve('sentinel', signal);
    const answer = await send({
      method: 'POST',
      url: `${origin}/sentinel/api/v2/account/${encodeURIComponent(accountId)}/app/token`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: formBody({ client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }),
      maxBytes,
      signal,
    }).catch((error: unknown) => {
      if (error instanceof Transient) domains.suspect('sentinel');
      throw error;
    });
    if (answer.status === 404 && domains.suspect('sentinel')) {
      throw new Transient(
        new ArchiveError('source-changed', 'LivePerson does not know the address of the sign-in.', { retryable: true }),
      );
    }
    checkTokenStatus(answer, { clientId, clientSecret }, clock.now());
    return readToken(answer, clock.now());
  }

  return {
    async token(signal) {
      if (current !== null && current.expiresAt - clock.now() >= renewBeforeMs) return current.value;
      pending ??= request(signal).finally(() => {
        pending = null;
      });
      current = await pending;
      return current.value;
    },
    drop(value) {
      if (current?.value === value) current = null;
    },
  };
}
