import { describe, expect, it } from 'vitest';
import { createDomains } from '../../../main/archive/liveperson/domain.ts';
import { oauth1Header, signatureBase } from '../../../main/archive/liveperson/oauth1.ts';
import { createTokenSource, tokenExpiry } from '../../../main/archive/liveperson/oauth2.ts';
import type { Answer, Exchange } from '../../../main/archive/liveperson/transport.ts';
import { testClock } from './loopback.ts';

const keys = {
  consumerKey: 'appkey0123456789abcdef',
  consumerSecret: 'appsecret/with+chars',
  token: 'token9876',
  tokenSecret: 'tok&secret=1',
};
const moment = { timestamp: 1_767_225_600, nonce: '7d8f3e4a-1c2b-4a5d-9e6f-001122334455' };
const path = '/interaction_history/api/account/12345678/interactions/search';
const vectorA = `https://chat.history.example.test${path}?offset=100&limit=100&sort=start%3Aasc%2CengagementId%3Aasc&source=BX_Archive_Sync`;
const vectorB = `https://chat.history.example.test:8443${path}?offset=100&limit=100&sort=start:asc,engagementId:asc&source=BX_Archive_Sync`;

describe('OAuth 1.0a', () => {
  it('signs the text of test vector A', () => {
    expect(signatureBase('POST', vectorA, keys, moment)).toBe(
      'POST&https%3A%2F%2Fchat.history.example.test%2Finteraction_history%2Fapi%2Faccount%2F12345678%2Finteractions%2Fsearch&limit%3D100%26oauth_consumer_key%3Dappkey0123456789abcdef%26oauth_nonce%3D7d8f3e4a-1c2b-4a5d-9e6f-001122334455%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1767225600%26oauth_token%3Dtoken9876%26oauth_version%3D1.0%26offset%3D100%26sort%3Dstart%253Aasc%252CengagementId%253Aasc%26source%3DBX_Archive_Sync',
    );
  });

  it('makes the signature of test vector A', () => {
    const header = oauth1Header('POST', vectorA, keys, moment);
    expect(header).toContain('oauth_signature="Uvv5tnqsKecqSjWZet6fBcHfrFk%3D"');
    expect(header).toMatch(/^OAuth oauth_/u);
    expect(header).not.toMatch(/realm|\n|secret/u);
  });

  it('keeps another port and an unencoded sort, as in test vector B', () => {
    const header = oauth1Header('POST', vectorB, keys, moment);
    expect(header).toContain('oauth_signature="VJ9cUnl8lRcsnYeMlwZcqoO0Kzs%3D"');
  });

  it('encodes what browsers leave alone', () => {
    const base = signatureBase('POST', 'https://a.test/p?source=%21%27%28%29%2A', keys, moment);
    expect(base).toContain('source%3D%2521%2527%2528%2529%252A');
  });
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(claims: Record<string, unknown>): string {
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
}

describe('the life of a token', () => {
  const now = Date.UTC(2026, 5, 1);
  const seconds = now / 1000;

  it('ends with its claim', () => {
    expect(tokenExpiry(jwt({ iat: seconds, exp: seconds + 1800 }), 60, now)).toBe(now + 1_800_000);
  });

  it('is its length where our clock is far ahead', () => {
    expect(tokenExpiry(jwt({ iat: seconds - 90_000, exp: seconds - 86_400 }), null, now)).toBe(now + 3_600_000);
  });

  it('is what the answer says for a token that is no JWT, else an hour', () => {
    expect(tokenExpiry('opaque', 120, now)).toBe(now + 120_000);
    expect(tokenExpiry('opaque', null, now)).toBe(now + 3_600_000);
    expect(tokenExpiry('a.%%%.c', null, now)).toBe(now + 3_600_000);
  });

  const source = () => {
    const clock = testClock(now);
    const sent: Exchange[] = [];
    const send = (exchange: Exchange): Promise<Answer> => {
      sent.push(exchange);
      const body = exchange.url.includes('baseURI')
        ? { baseURIs: [{ service: 'sentinel', baseURI: 'va.sentinel.liveperson.net' }] }
        : { access_token: jwt({ n: sent.length, iat: clock.now() / 1000, exp: clock.now() / 1000 + 3600 }) };
      return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) });
    };
    const domains = createDomains({ accountId: '1', domainApi: null, clock, send, maxBytes: 1000 });
    const tokens = createTokenSource({
      accountId: '1',
      keys: () => Promise.resolve({ clientId: 'c', clientSecret: 's' }),
      domains,
      clock,
      send,
      maxBytes: 1000,
    });
    return { clock, tokens, asked: () => sent.filter(({ method }) => method === 'POST').length };
  };
  const { signal } = new AbortController();

  it('is renewed when less than five minutes are left, and not before', async () => {
    const { clock, tokens, asked } = source();
    const first = await tokens.token(signal);
    clock.time += 3_300_000;
    expect(await tokens.token(signal)).toBe(first);
    clock.time += 1;
    expect(await tokens.token(signal)).not.toBe(first);
    expect(asked()).toBe(2);
  });

  it('begins once, however many ask at a time', async () => {
    const { tokens, asked } = source();
    const all = await Promise.all([tokens.token(signal), tokens.token(signal), tokens.token(signal)]);
    expect(new Set(all).size).toBe(1);
    expect(asked()).toBe(1);
  });

  it('ends when the token is dropped, unless another took its place', async () => {
    const { tokens, asked } = source();
    const first = await tokens.token(signal);
    tokens.drop(first);
    const second = await tokens.token(signal);
    tokens.drop(first);
    expect(await tokens.token(signal)).toBe(second);
    expect(asked()).toBe(2);
  });
});
