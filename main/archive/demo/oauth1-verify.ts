import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../../../preload/model.ts';
import { Refusal } from './exchange.ts';
import type { DemoRequest } from './exchange.ts';

type OAuth1Credentials = Extract<Credentials, { type: 'oauth1' }>;
type Parameter = readonly [name: string, value: string];

/** RFC 3986: only unreserved characters stay, so `! ' ( ) *` are encoded too. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The parameters of an `Authorization: OAuth …` header; null when the header is malformed. */
export function parseOAuthHeader(header: string): Map<string, string> | null {
  const match = /^OAuth\s+(.*)$/isu.exec(header.trim());
  if (match?.[1] === undefined) return null;
  const parameters = new Map<string, string>();
  for (const part of match[1].split(',')) {
    const pair = /^\s*([^=\s]+)="([^"]*)"\s*$/u.exec(part);
    if (pair?.[1] === undefined || pair[2] === undefined) return null;
    const name = decode(pair[1]);
    const value = decode(pair[2]);
    if (name === null || value === null || parameters.has(name)) return null;
    parameters.set(name, value);
  }
  return parameters;
}

/** Query parameters as they are decoded for signing: `+` stays a plus sign's percent form or a blank (RFC 5849 3.4.1.3.1). */
function queryParameters(rawQuery: string): Parameter[] {
  return rawQuery
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const name = equals < 0 ? part : part.slice(0, equals);
      const value = equals < 0 ? '' : part.slice(equals + 1);
      return [decode(name.replaceAll('+', ' ')) ?? name, decode(value.replaceAll('+', ' ')) ?? value] as const;
    });
}

/** RFC 5849 3.4.1: method, address without query, and all parameters but the signature and the realm, sorted. */
export function signatureBase(
  method: string,
  url: URL,
  rawQuery: string,
  oauthParameters: ReadonlyMap<string, string>,
): string {
  const signed = [...oauthParameters].filter(([name]) => name !== 'oauth_signature' && name !== 'realm');
  const encoded = [...queryParameters(rawQuery), ...signed].map(
    ([name, value]) => [percentEncode(name), percentEncode(value)] as const,
  );
  encoded.sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB));
  const address = `${url.protocol}//${url.host.toLowerCase()}${url.pathname}`;
  const parameters = encoded.map(([name, value]) => `${name}=${value}`).join('&');
  return `${method.toUpperCase()}&${percentEncode(address)}&${percentEncode(parameters)}`;
}

/** HMAC-SHA1 in base64. */
export function signBase(base: string, consumerSecret: string, tokenSecret: string): string {
  const key = `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`;
  return createHmac('sha1', key).update(base).digest('base64');
}

/** Seconds that the client's clock may be off. The real tolerance is unknown; five minutes is usual. */
const timestampToleranceS = 300;

/** Checks OAuth 1.0a requests and remembers the nonces it has seen. */
export function createOAuth1Verifier(credentials: OAuth1Credentials): {
  verify(request: DemoRequest, header: string, now: number): void;
} {
  const seenNonces = new Map<string, number>();
  return {
    verify(request, header, now) {
      const parameters = parseOAuthHeader(header);
      if (parameters === null) throw new Refusal(401, 'The OAuth header is malformed.');
      const expected = { oauth_consumer_key: credentials.consumerKey, oauth_token: credentials.token };
      for (const [name, value] of Object.entries(expected)) {
        if (parameters.get(name) !== value) throw new Refusal(401, `${name} is not known here.`);
      }
      if (parameters.get('oauth_signature_method') !== 'HMAC-SHA1') {
        throw new Refusal(401, 'Only the signature method HMAC-SHA1 is accepted.');
      }
      if ((parameters.get('oauth_version') ?? '1.0') !== '1.0') throw new Refusal(401, 'oauth_version must be 1.0.');
      const timestamp = parameters.get('oauth_timestamp') ?? '';
      if (!/^\d{1,12}$/u.test(timestamp) || Math.abs(Number(timestamp) - now / 1000) > timestampToleranceS) {
        throw new Refusal(401, 'oauth_timestamp is too far from the time here.');
      }
      const nonce = parameters.get('oauth_nonce') ?? '';
      if (nonce === '') throw new Refusal(401, 'oauth_nonce is missing.');
      const base = signatureBase(request.method, request.url, request.rawQuery, parameters);
      const signature = signBase(base, credentials.consumerSecret, credentials.tokenSecret);
      if (!sameText(signature, parameters.get('oauth_signature') ?? '')) {
        throw new Refusal(401, 'The signature does not match.');
      }
      const nonceKey = `${timestamp} ${nonce}`;
      if (seenNonces.has(nonceKey)) throw new Refusal(401, 'This nonce was used before.');
      seenNonces.set(nonceKey, now);
      forgetOldNonces(seenNonces, now);
    },
  };
}

/** A nonce older than the timestamp tolerance would be refused for its timestamp anyway. */
function forgetOldNonces(seenNonces: Map<string, number>, now: number): void {
  if (seenNonces.size < 10_000) return;
  for (const [key, seenAt] of seenNonces) {
    if (Math.abs(now - seenAt) > 2 * timestampToleranceS * 1000) seenNonces.delete(key);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
