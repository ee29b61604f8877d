import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDemoService } from '../../../main/archive/demo/service.ts';
import type { DemoService } from '../../../main/archive/demo/service.ts';
import { askToken, bearer, chatPath, day, post, request, tokenForm } from './ask.ts';
import { chat, worldOf } from './small-world.ts';

let now = Date.UTC(2026, 5, 1, 12);
let service: DemoService;
beforeEach(() => {
  now = Date.UTC(2026, 5, 1, 12);
  service = createDemoService({ now: () => now, world: worldOf(chat('1', now - day)) });
});
const errorOf = (body: string) => (JSON.parse(body) as { error: string }).error;
const chatBody = { start: { from: Date.UTC(2026, 4, 25), to: Date.UTC(2026, 5, 2) } };

describe('the Domain API', () => {
  const ask = (target: string) => service.handle(request('GET', target));
  const single = '/api/account/70000001/service/msgHist/baseURI.json?version=1.0';

  it('answers for one service in either form', () => {
    const entry = { service: 'msgHist', account: '70000001', baseURI: 'demo-account.test' };
    expect(JSON.parse(ask(single).body)).toEqual(entry);
    service.faults.set({ domainShape: 'list' });
    expect(JSON.parse(ask(single).body)).toEqual({ baseURIs: [entry] });
  });

  it('lists all services, with or without .json', () => {
    for (const name of ['baseURI.json', 'baseURI']) {
      const list = JSON.parse(ask(`/api/account/70000001/service/${name}?version=1.0`).body) as {
        baseURIs: { service: string }[];
      };
      expect(list.baseURIs.map((one) => one.service)).toEqual(['sentinel', 'engHistDomain', 'msgHist']);
    }
  });

  it('refuses an unknown account, an unknown or misspelt service, a missing version and another method', () => {
    expect(ask(single.replace('70000001', '70000002')).status).toBe(401);
    expect(ask(single.replace('msgHist', 'msghist')).status).toBe(400);
    expect(ask(single.replace('?version=1.0', '')).status).toBe(400);
    expect(service.handle(request('POST', single)).status).toBe(405);
  });
});

describe('the token endpoint', () => {
  it('issues an hour-long signed token that its own key set confirms', () => {
    const answer = JSON.parse(askToken(service).body) as { access_token: string; token_type: string };
    expect(Object.keys(answer)).toEqual(['access_token', 'token_type']);
    const [header, payload, signature] = answer.access_token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      iat: number;
      exp: number;
      aud: string;
    };
    expect(claims.exp - claims.iat).toBe(3600);
    expect(claims.aud).toBe('70000001');
    const { keys } = JSON.parse(service.handle(request('GET', '/sentinel/well-known/jwks')).body) as {
      keys: JsonWebKey[];
    };
    const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('names the lifetime only when told to', () => {
    service.faults.set({ tokenWithExpiresIn: true });
    expect(JSON.parse(askToken(service).body)).toMatchObject({ expires_in: 3600 });
  });

  it('refuses JSON, a secret in the query, HTTP Basic and another grant with 400', () => {
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ client_id: 'x' }) };
    expect(askToken(service, json).status).toBe(400);
    expect(askToken(service, {}, '?client_secret=x').status).toBe(400);
    const basic = { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Basic eDp5' };
    expect(askToken(service, { headers: basic }).status).toBe(400);
    expect(errorOf(askToken(service, { body: tokenForm({ grant_type: 'password' }) }).body)).toBe(
      'unsupported_grant_type',
    );
  });

  it('refuses a wrong and an expired secret as invalid_client', () => {
    const wrong = askToken(service, { body: tokenForm({ client_secret: 'no' }) });
    expect([wrong.status, errorOf(wrong.body)]).toEqual([401, 'invalid_client']);
    service.faults.set({ expiredSecret: true });
    expect(askToken(service).status).toBe(401);
  });
});

describe('a bearer', () => {
  const ask = (authorization: string) =>
    post(service, chatPath, chatBody, { headers: { authorization, 'content-type': 'application/json' } }).status;

  it('works for an hour and not a second longer', () => {
    const token = bearer(service);
    now += 3_599_000;
    expect(ask(token)).toBe(200);
    now += 1_000;
    expect(ask(token)).toBe(401);
  });

  it('is refused when changed, forged or revoked, and a new one helps', () => {
    const token = bearer(service);
    expect(ask(`${token}x`)).toBe(401);
    expect(ask('Bearer a.b.c')).toBe(401);
    service.revokeTokens();
    expect(ask(token)).toBe(401);
    expect(ask(bearer(service))).toBe(200);
  });

  it('opens no other account', () => {
    expect(post(service, chatPath.replace('70000001', '70000002'), chatBody).status).toBe(401);
  });
});

it('unknown paths are 404 and wrong methods 405 with the right one named', () => {
  expect(post(service, `${chatPath}/x`, chatBody).status).toBe(404);
  expect(post(service, chatPath.replace('interactions', 'interaction'), chatBody).status).toBe(404);
  const wrong = service.handle(request('GET', chatPath));
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'POST']);
});
