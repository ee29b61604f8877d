import { randomUUID } from 'node:crypto';
import type { ArchiveError } from '../../../preload/errors.ts';
import type { Credentials } from '../../../preload/model.ts';
import type { Clock } from '../clock.ts';
import type { Domains } from './domain.ts';
import { answerError } from './errors.ts';
import { oauth1Header } from './oauth1.ts';
import { createTokenSource } from './oauth2.ts';
import { serviceTime } from './transient-answers.ts';
import type { Answer, Send } from './transport.ts';

/** Authorises single requests. */
export interface SignIn {
  /** A fresh `Authorization` header for this request. */
  header(method: string, url: string, signal: AbortSignal): Promise<string>;
  /** The last header was refused with 401. True when a new one is worth a try. */
  renew(): boolean;
  /** What a final 401 means. */
  refused(answer: Answer, what: string): ArchiveError;
}

interface SignInOptions {
  accountId: string;
  credentials: () => Promise<Credentials>;
  domains: Domains;
  clock: Clock;
  send: Send;
  maxBytes: number;
}

const toleratedSkewMs = 60_000;
export const oauth1EndWarning =
  'OAuth 1.0a is at its end: LivePerson announced 31 May 2026 as the last day. Use OAuth 2.0 client credentials.';

/** A wrong clock is the usual reason for signatures that were right yesterday. */
function clockHint(answer: Answer, now: number): string | null {
  const theirs = serviceTime(answer);
  if (theirs === null || Math.abs(theirs - now) <= toleratedSkewMs) return null;
  const minutes = Math.max(1, Math.round(Math.abs(theirs - now) / 60_000));
  return `This computer’s clock is ${String(minutes)} min ${now > theirs ? 'fast' : 'slow'}: set it right and try again.`;
}

/** Signs requests with whichever credentials the account has. They are asked for when needed and kept in memory only. */
export function createSignIn(options: SignInOptions): SignIn {
  const { accountId, clock } = options;
  let kept: Promise<Credentials> | null = null;
  let lastToken: string | null = null;
  const credentials = (): Promise<Credentials> => {
    kept ??= options.credentials().catch((error: unknown) => {
      kept = null;
      throw error;
    });
    return kept;
  };
  let type: Credentials['type'] = 'oauth2';
  let secrets: string[] = [];
  const tokens = createTokenSource({
    ...options,
    keys: async () => {
      const keys = await credentials();
      if (keys.type !== 'oauth2') throw new Error('A token was asked for with keys of another kind.');
      return keys;
    },
  });

  return {
    async header(method, url, signal) {
      const keys = await credentials();
      type = keys.type;
      secrets = Object.entries(keys).flatMap(([name, value]) => (name === 'type' ? [] : [value]));
      if (keys.type === 'oauth1') {
        return oauth1Header(method, url, keys, { timestamp: Math.floor(clock.now() / 1000), nonce: randomUUID() });
      }
      lastToken = await tokens.token(signal);
      return `Bearer ${lastToken}`;
    },
    renew() {
      if (type !== 'oauth2' || lastToken === null) return false;
      tokens.drop(lastToken);
      return true;
    },
    refused(answer, what) {
      // Keys may be corrected while the app runs: ask for them anew next time.
      kept = null;
      if (lastToken !== null) tokens.drop(lastToken);
      const skew = clockHint(answer, clock.now());
      const context = { what, secrets: lastToken === null ? secrets : [...secrets, lastToken] };
      if (type === 'oauth1') {
        const message = `LivePerson does not accept the OAuth 1.0a keys of account ${accountId} for ${what}.`;
        const hint = skew ?? `${oauth1EndWarning} If the keys are older than that, check all four values.`;
        return answerError('source-unauthorised', message, answer, context, hint);
      }
      const message = `LivePerson does not accept the sign-in of account ${accountId} for ${what}.`;
      const hint = skew ?? 'Check that the application is installed for this account and may use this API.';
      return answerError('source-unauthorised', message, answer, context, hint);
    },
  };
}
