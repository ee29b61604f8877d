import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Credentials } from '../../../preload/model.ts';
import { Refusal, jsonResponse } from './exchange.ts';
import type { DemoRequest, DemoResponse } from './exchange.ts';

type OAuth2Credentials = Extract<Credentials, { type: 'oauth2' }>;

const lifetimeS = 3600;
const demoScopes = ['data.services.enghist', 'demo.messaging.interactions'] as const;

export interface TokenService {
  /** `POST /sentinel/api/v2/account/{id}/app/token`. */
  issue(request: DemoRequest, options: { now: number; expiredSecret: boolean; withExpiresIn: boolean }): DemoResponse;
  /** `GET /sentinel/well-known/jwks`. */
  keySet(): DemoResponse;
  /** Throws 401 unless the bearer is ours, unchanged and current. */
  verify(bearer: string, now: number): void;
  /** All tokens issued so far stop working (a re-authentication must help). */
  revokeAll(): void;
}

let keys: { privateKey: KeyObject; publicKey: KeyObject } | undefined;

/** Made once a process: it takes 50 ms, and property tests start thousands of services. */
function serviceKeys() {
  keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return keys;
}

/** The Sentinel of one account: signs and checks RS256 application tokens. Its key lives as long as the process. */
export function createTokenService(accountId: string, credentials: OAuth2Credentials): TokenService {
  const { privateKey, publicKey } = serviceKeys();
  const keyId = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
  let generation = 0;
  let serial = 0;
  return {
    issue(request, options) {
      checkTokenRequest(request);
      const form = new URLSearchParams(request.body);
      if (form.get('grant_type') !== 'client_credentials') {
        throw oauthRefusal(400, 'unsupported_grant_type', 'grant_type must be client_credentials');
      }
      const known =
        form.get('client_id') === credentials.clientId && form.get('client_secret') === credentials.clientSecret;
      if (!known) throw oauthRefusal(401, 'invalid_client', 'Client authentication failed');
      if (options.expiredSecret) throw oauthRefusal(401, 'invalid_client', 'The client secret has expired');
      const issuedAt = Math.floor(options.now / 1000);
      serial += 1;
      const token = signToken(privateKey, keyId, {
        aud: accountId,
        azp: credentials.clientId,
        scope: demoScopes.join(' '),
        iss: 'Sentinel',
        iat: issuedAt,
        exp: issuedAt + lifetimeS,
        jti: `${generation}.${serial}`,
      });
      return jsonResponse(
        200,
        JSON.stringify({
          access_token: token,
          token_type: 'Bearer',
          ...(options.withExpiresIn ? { expires_in: lifetimeS } : {}),
        }),
        { 'cache-control': 'no-store' },
      );
    },
    keySet() {
      const key = publicKey.export({ format: 'jwk' });
      return jsonResponse(200, JSON.stringify({ keys: [{ ...key, kid: keyId, use: 'sig', alg: 'RS256' }] }));
    },
    verify(bearer, now) {
      const claims = readToken(publicKey, bearer);
      if (claims === null || claims.aud !== accountId) throw new Refusal(401, 'The bearer token is not valid here.');
      if (claims.exp * 1000 <= now) throw new Refusal(401, 'The bearer token has expired.');
      if (Number(claims.jti.split('.')[0]) !== generation) throw new Refusal(401, 'The bearer token was revoked.');
    },
    revokeAll() {
      generation += 1;
    },
  };
}

/** The secret belongs into the form body, nowhere else: addresses are written to logs. */
function checkTokenRequest(request: DemoRequest): void {
  if (/client_secret|client_id/u.test(request.rawQuery)) {
    throw oauthRefusal(400, 'invalid_request', 'Credentials must not be in the query');
  }
  const contentType = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/x-www-form-urlencoded') {
    throw oauthRefusal(400, 'invalid_request', 'Content-Type must be application/x-www-form-urlencoded');
  }
  if (request.headers['authorization'] !== undefined) {
    throw oauthRefusal(400, 'invalid_request', 'Client authentication belongs into the form body');
  }
}

function oauthRefusal(status: number, error: string, description: string): Refusal {
  return new Refusal(status, description, { body: { error, error_description: description } });
}

interface Claims {
  aud: string;
  exp: number;
  jti: string;
}

function signToken(key: KeyObject, keyId: string, claims: Record<string, unknown>): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${encode({ kid: keyId, typ: 'JWT', alg: 'RS256' })}.${encode(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}

function readToken(key: KeyObject, token: string): Claims | null {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return null;
  const genuine = verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'));
  return genuine ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims) : null;
}
