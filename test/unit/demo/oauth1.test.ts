import { createHmac, randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import OAuth from 'oauth-1.0a';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseOAuthHeader, signBase, signatureBase } from '../../../main/archive/demo/oauth1-verify.ts';
import { createDemoService, demoCredentials, startDemoService } from '../../../main/archive/demo/service.ts';
import type { DemoService, RunningDemo } from '../../../main/archive/demo/service.ts';
import { chatPath, origin, pageOf, request } from './ask.ts';
import { chat, worldOf } from './small-world.ts';

const now = Date.UTC(2026, 5, 1, 12);
const { oauth1 } = demoCredentials;
const query = '?offset=0&limit=100&sort=start%3Aasc%2CengagementId%3Aasc&source=Test';
const body = JSON.stringify({ start: { from: now - 86_400_000, to: now } });

/** An implementation that shares no code with the service: the npm package oauth-1.0a. */
function sign(target: string, changes: { secret?: string; timestamp?: number; nonce?: string } = {}): string {
  const oauth = new OAuth({
    consumer: { key: oauth1.consumerKey, secret: changes.secret ?? oauth1.consumerSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });
  oauth.getTimeStamp = () => changes.timestamp ?? now / 1000;
  oauth.getNonce = () => changes.nonce ?? randomUUID();
  const data = oauth.authorize(
    { url: `${origin}${target}`, method: 'POST' },
    { key: oauth1.token, secret: oauth1.tokenSecret },
  );
  return oauth.toHeader(data).Authorization;
}

describe('OAuth 1.0a base string and signature', () => {
  const header = (host: string) =>
    ({
      url: new URL(`https://${host}/interaction_history/api/account/12345678/interactions/search`),
      parameters: new Map([
        ['oauth_consumer_key', 'appkey0123456789abcdef'],
        ['oauth_token', 'token9876'],
        ['oauth_signature_method', 'HMAC-SHA1'],
        ['oauth_timestamp', '1767225600'],
        ['oauth_nonce', '7d8f3e4a-1c2b-4a5d-9e6f-001122334455'],
        ['oauth_version', '1.0'],
        ['realm', 'not part of it'],
      ]),
    }) as const;
  const secrets = ['appsecret/with+chars', 'tok&secret=1'] as const;

  it('equals vector A of the contract, letter for letter', () => {
    const { url, parameters } = header('chat.history.example.test');
    const rawQuery = 'offset=100&limit=100&sort=start%3Aasc%2CengagementId%3Aasc&source=BX_Archive_Sync';
    const base = signatureBase('POST', url, rawQuery, parameters);
    expect(base).toBe(
      'POST&https%3A%2F%2Fchat.history.example.test%2Finteraction_history%2Fapi%2Faccount%2F12345678%2Finteractions%2Fsearch&limit%3D100%26oauth_consumer_key%3Dappkey0123456789abcdef%26oauth_nonce%3D7d8f3e4a-1c2b-4a5d-9e6f-001122334455%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1767225600%26oauth_token%3Dtoken9876%26oauth_version%3D1.0%26offset%3D100%26sort%3Dstart%253Aasc%252CengagementId%253Aasc%26source%3DBX_Archive_Sync',
    );
    expect(signBase(base, ...secrets)).toBe('Uvv5tnqsKecqSjWZet6fBcHfrFk=');
  });

  it('equals vector B, with a port and an unencoded sort', () => {
    const { url, parameters } = header('chat.history.example.test:8443');
    const rawQuery = 'offset=100&limit=100&sort=start:asc,engagementId:asc&source=BX_Archive_Sync';
    expect(signBase(signatureBase('POST', url, rawQuery, parameters), ...secrets)).toBe('VJ9cUnl8lRcsnYeMlwZcqoO0Kzs=');
  });

  it('refuses malformed headers', () => {
    expect(parseOAuthHeader('OAuth oauth_token=bare')).toBeNull();
    expect(parseOAuthHeader('OAuth a="1", a="2"')).toBeNull();
    expect(parseOAuthHeader('OAuth a="%zz"')).toBeNull();
    expect(parseOAuthHeader('Bearer x')).toBeNull();
  });
});

describe('OAuth 1.0a at the service', () => {
  let service: DemoService;
  beforeEach(() => {
    service = createDemoService({ now: () => now, world: worldOf(chat('1', now - 7_200_000)) });
  });
  const ask = (authorization: string, target = `${chatPath}${query}`) =>
    service.handle(request('POST', target, { headers: { authorization, 'content-type': 'application/json' }, body }))
      .status;

  it('accepts what an independent library signs', () => {
    expect(ask(sign(`${chatPath}${query}`))).toBe(200);
  });

  it('refuses a changed query, another secret and a missing query parameter', () => {
    expect(ask(sign(`${chatPath}${query}`), `${chatPath}${query.replace('limit=100', 'limit=50')}`)).toBe(401);
    expect(ask(sign(`${chatPath}${query}`, { secret: 'wrong' }))).toBe(401);
    expect(ask(sign(chatPath))).toBe(401);
  });

  it('refuses a nonce that was used before, and takes the same request with a new one', () => {
    const header = sign(`${chatPath}${query}`, { nonce: 'once' });
    expect(ask(header)).toBe(200);
    expect(ask(header)).toBe(401);
    expect(ask(sign(`${chatPath}${query}`, { nonce: 'twice' }))).toBe(200);
  });

  it('refuses a time stamp more than five minutes off, in either direction', () => {
    for (const offset of [-301, 301]) {
      expect(ask(sign(`${chatPath}${query}`, { timestamp: now / 1000 + offset }))).toBe(401);
    }
    expect(ask(sign(`${chatPath}${query}`, { timestamp: now / 1000 - 299 }))).toBe(200);
  });

  it('tolerates a signed body hash and an unsigned realm', () => {
    const parameters = new Map([
      ['oauth_consumer_key', oauth1.consumerKey],
      ['oauth_token', oauth1.token],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', String(now / 1000)],
      ['oauth_nonce', 'with-hash'],
      ['oauth_version', '1.0'],
      ['oauth_body_hash', '2jmj7l5rSw0yVb/vlWAYkK/YBwk='],
    ]);
    const base = signatureBase('POST', new URL(`${origin}${chatPath}`), query.slice(1), parameters);
    parameters.set('oauth_signature', signBase(base, oauth1.consumerSecret, oauth1.tokenSecret));
    parameters.set('realm', 'any');
    const header = [...parameters].map(([name, value]) => `${name}="${encodeURIComponent(value)}"`).join(', ');
    expect(ask(`OAuth ${header}`)).toBe(200);
  });
});

/** Debian's Python with requests-oauthlib, the pair that most public clients of these APIs use. */
const python = '/usr/bin/python3';
const hasOauthlib =
  existsSync(python) &&
  (await promisify(execFile)(python, ['-c', 'import requests_oauthlib']).then(
    () => true,
    () => false,
  ));

describe('a client as the Singer taps are', () => {
  let running: RunningDemo | undefined;
  afterEach(async () => {
    await running?.close();
  });

  it.skipIf(!hasOauthlib)(
    'pages through chats with requests-oauthlib (skipped where Debian’s python3-requests-oauthlib is missing)',
    async () => {
      const started = Date.now() - 7_200_000;
      const records = Array.from({ length: 230 }, (_, index) =>
        chat(`c${String(index).padStart(3, '0')}`, started + index),
      );
      running = await startDemoService({ port: 0, world: worldOf(...records) });
      const program = `
import json, math, sys, requests, requests_oauthlib
origin, key, secret, token, token_secret = sys.argv[1:6]
auth = lambda: requests_oauthlib.OAuth1(key, secret, token, token_secret)
def make(url, method, params=None, body=None):
    r = requests.request(method, url, headers={'Content-Type': 'application/json'}, auth=auth(), params=params, json=body)
    assert r.status_code == 200, (r.status_code, r.text)
    return r.json()
domain = make(origin + '/api/account/70000001/service/engHistDomain/baseURI.json', 'GET', {'version': '1.0'})['baseURI']
ids, page, more = [], 1, True
while more:
    result = make('http://' + domain + '${chatPath}', 'POST', {'offset': 100 * (page - 1), 'limit': 100, 'sort': 'start:asc'},
        {'start': {'from': '${String(started - 1)}', 'to': '${String(started + 1000)}'}})
    ids += [r['info']['engagementId'] for r in result['interactionHistoryRecords']]
    more = page < math.ceil(result['_metadata']['count'] / 100)
    page += 1
print(json.dumps(ids))
`;
      const { consumerKey, consumerSecret, token, tokenSecret } = running.address.oauth1;
      const environment = { ...process.env, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' };
      const { stdout } = await promisify(execFile)(
        python,
        ['-c', program, running.address.origin, consumerKey, consumerSecret, token, tokenSecret],
        { env: environment },
      );
      expect(JSON.parse(stdout)).toEqual(records.map((record) => record.remoteId));
    },
  );
});

it('a request without credentials gets nothing', () => {
  const service = createDemoService({ now: () => now, world: worldOf(chat('1', now - 7_200_000)) });
  const response = service.handle(
    request('POST', `${chatPath}${query}`, { headers: { 'content-type': 'application/json' }, body }),
  );
  expect(response.status).toBe(401);
  expect(pageOf(response).rows).toEqual([]);
});
