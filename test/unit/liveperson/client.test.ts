import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveError } from '../../../preload/errors.ts';
import { noLog } from '../../../main/archive/log.ts';
import { createHistoryClient, type HistoryClientOptions } from '../../../main/archive/liveperson/connect.ts';
import type { SearchRequest } from '../../../main/archive/liveperson/history-client.ts';
import {
  chatPage,
  chatRecord,
  gzipped,
  json,
  type Handler,
  type Loopback,
  messagingPage,
  messagingRecord,
  startLoopback,
  type TestClock,
  testClock,
} from './loopback.ts';

let clock: TestClock;
let service: Loopback;
let accountNumber = 0;
const forever = new AbortController().signal;

beforeEach(async () => {
  clock = testClock();
  service = await startLoopback(clock);
});
afterEach(() => service.close());

function clientOf(
  options: Partial<HistoryClientOptions> = {},
  settings: Partial<HistoryClientOptions['account']> = {},
) {
  accountNumber += 1;
  return createHistoryClient({
    account: {
      accountId: `acc${String(accountNumber)}`,
      domainApi: service.origin,
      requestIntervalMs: 0,
      retryBaseMs: 5000,
      ...settings,
    },
    credentials: () => Promise.resolve({ type: 'oauth2', clientId: 'client', clientSecret: 'top secret/value' }),
    clock,
    log: noLog,
    random: () => 0.5,
    ...options,
  });
}

const chatSearch: SearchRequest = { source: 'chat', window: { from: 1000, to: 2000 }, offset: 0, limit: 100 };
const messagingSearch: SearchRequest = { ...chatSearch, source: 'messaging' };

/** Answers in turn; the last one for ever. */
function inTurn(...handlers: Handler[]): Handler {
  let turn = 0;
  return (request, response) => {
    const handler = handlers[Math.min(turn, handlers.length - 1)];
    turn += 1;
    handler?.(request, response);
  };
}

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Handler =>
  (_request, response) => {
    response.writeHead(code, headers).end(body);
  };
const page: Handler = (_request, response) => {
  json(response, chatPage([chatRecord('7')]));
};

async function failure(promise: Promise<unknown>): Promise<ArchiveError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ArchiveError) return error;
    throw error;
  }
  throw new Error('It should have failed.');
}

describe('requests', () => {
  it('asks for chats with the fixed query and the smallest body', async () => {
    service.on.history = page;
    const result = await clientOf().search({ ...chatSearch, offset: 100 }, forever);
    const [request] = service.history;
    expect(request?.headers[':url']).toMatch(
      /^\/interaction_history\/api\/account\/acc\d+\/interactions\/search\?offset=100&limit=100&sort=start%3Aasc%2CengagementId%3Aasc&source=TranscriptArchive$/u,
    );
    expect(JSON.parse(request?.body ?? '')).toEqual({ ended: true, start: { from: 1000, to: 2000 } });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'accept-encoding': 'gzip',
      authorization: 'Bearer token-1',
    });
    expect(result).toMatchObject({ count: 1, partial: false, requestedAt: clock.now(), requests: 4 });
    expect(result.records.map(({ conversation }) => conversation.remoteId)).toEqual(['7']);
  });

  it('asks for messaging conversations open and closed, with everything an archive wants', async () => {
    service.on.history = (_request, response) => {
      json(response, messagingPage([messagingRecord('a')]));
    };
    await clientOf().search({ ...messagingSearch, updatedSince: 500 }, forever);
    const [request] = service.history;
    expect(request?.headers[':url']).toContain(
      'conversations/search?offset=0&limit=100&sort=start%3Aasc&v=2&source=TranscriptArchive',
    );
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      start: { from: 1000, to: 2000 },
      status: ['OPEN', 'CLOSE'],
      latestUpdateTime: { from: 500 },
      contentToRetrieve: expect.arrayContaining([
        'messageRecords',
        'unAuthSdes',
        'previouslySubmittedAgentSurveys',
      ]) as unknown,
    });
  });

  it('sends client id and secret in the form body, never in the address', async () => {
    await clientOf().connect('chat', forever);
    const [token] = service.tokens;
    expect(token?.headers[':url']).toMatch(/^\/sentinel\/api\/v2\/account\/acc\d+\/app\/token$/u);
    expect(token?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(token?.body).toBe('client_id=client&client_secret=top%20secret%2Fvalue&grant_type=client_credentials');
  });

  it('takes the record that was asked for by id and no other', async () => {
    service.on.history = (_request, response) => {
      json(response, chatPage([chatRecord('other'), chatRecord('7')]));
    };
    const start = Date.UTC(2026, 2, 4);
    const result = await clientOf().fetchByIds('chat', [{ remoteId: '7', startedAt: start }], forever);
    expect(result.records.map(({ conversation }) => conversation.remoteId)).toEqual(['7']);
    const body = JSON.parse(service.history[0]?.body ?? '') as { start: { from: number; to: number } };
    expect(body).toMatchObject({ engagementId: '7' });
    expect(body.start.to - body.start.from).toBeLessThan(28 * 86_400_000);
    expect(body.start.from).toBeLessThan(start);
    expect(body.start.to).toBeGreaterThan(start);
  });

  it('asks one by one where the service does not take several ids', async () => {
    service.on.history = (request, response) => {
      const body = JSON.parse(request.body) as { conversationId?: string };
      if (body.conversationId === undefined || body.conversationId === 'b') json(response, { message: 'no' }, 400);
      else json(response, messagingPage([messagingRecord(body.conversationId)]));
    };
    const known = ['a', 'b', 'c'].map((remoteId) => ({ remoteId, startedAt: 0 }));
    const result = await clientOf().fetchByIds('messaging', known, forever);
    expect(result.records.map(({ conversation }) => conversation.remoteId)).toEqual(['a', 'c']);
    expect(service.history).toHaveLength(4);
  });

  it('reads an empty answer with status 204 as no records', async () => {
    service.on.history = status(204);
    expect(await clientOf().search(messagingSearch, forever)).toMatchObject({ count: 0, records: [], partial: false });
  });

  it('tells when some index partitions did not answer, without retrying', async () => {
    service.on.history = (_request, response) => {
      const metadata = { count: 1, shardsStatusResult: { partialResult: true } };
      json(response, { _metadata: metadata, interactionHistoryRecords: [chatRecord('7')] });
    };
    expect(await clientOf().search(chatSearch, forever)).toMatchObject({ partial: true, count: 1 });
    expect(service.history).toHaveLength(1);
  });

  it('understands gzip', async () => {
    service.on.history = (_request, response) => {
      gzipped(response, JSON.stringify(chatPage([chatRecord('7')])));
    };
    expect((await clientOf().search(chatSearch, forever)).records).toHaveLength(1);
  });

  it('refuses a source name that LivePerson would refuse', () => {
    expect(() => clientOf({ sourceName: 'much too long for a name' })).toThrow(/1 to 20 letters/u);
  });
});

describe('retries', () => {
  it('waits 5, 10 and 15 seconds after server errors and then gives up', async () => {
    service.on.history = status(503);
    const error = await failure(clientOf().search(chatSearch, forever));
    expect(error).toMatchObject({ code: 'source-unavailable', retryable: true });
    expect(clock.sleeps).toEqual([5000, 10_000, 15_000]);
    expect(service.history).toHaveLength(4);
  });

  it('does not wait when the unit is zero', async () => {
    service.on.history = inTurn(status(500), status(429), page);
    const result = await clientOf({}, { retryBaseMs: 0 }).search(chatSearch, forever);
    expect(result.records).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('honours Retry-After in seconds, even when the unit is zero', async () => {
    service.on.history = inTurn(status(429, { 'Retry-After': '7' }), page);
    await clientOf({}, { retryBaseMs: 0 }).search(chatSearch, forever);
    expect(clock.sleeps).toEqual([7000]);
  });

  it('honours Retry-After as a date', async () => {
    const date = new Date(clock.now() + 9000).toUTCString();
    service.on.history = inTurn(status(429, { 'Retry-After': date }), page);
    await clientOf().search(chatSearch, forever);
    expect(clock.sleeps[0]).toBe(9000);
  });

  it('doubles the wait after repeated 429 with jitter, apart from the budget for server errors', async () => {
    const limits = Array.from({ length: 5 }, () => status(429));
    service.on.history = inTurn(...limits, status(500), status(500), status(500), page);
    const result = await clientOf({ random: () => 1 }).search(chatSearch, forever);
    expect(result.records).toHaveLength(1);
    expect(clock.sleeps).toEqual([2000, 4000, 8000, 16_000, 32_000, 5000, 10_000, 15_000]);
  });

  it('gives up after eight 429 in a row', async () => {
    service.on.history = status(429);
    expect((await failure(clientOf().search(chatSearch, forever))).code).toBe('source-rate-limited');
    expect(service.history).toHaveLength(9);
  });

  it('does not sleep for an hour because of one header', async () => {
    service.on.history = status(429, { 'Retry-After': '3600' });
    const error = await failure(clientOf().search(chatSearch, forever));
    expect(error).toMatchObject({ code: 'source-rate-limited', details: { retryAfterSeconds: 3600 } });
    expect(clock.sleeps).toEqual([]);
  });

  it('keeps a slower pace for the rest of the run after a 429', async () => {
    const client = clientOf({}, { requestIntervalMs: 500 });
    service.on.history = inTurn(page, page, status(429), page);
    for (let turn = 0; turn < 4; turn += 1) await client.search(chatSearch, forever);
    const gaps = service.history.slice(1).map(({ at }, index) => at - (service.history[index]?.at ?? 0));
    expect(gaps).toEqual([500, 500, 2000, 2000]);
  });

  it('repeats what is cut short, and calls it changed when it stays so', async () => {
    service.on.history = (_request, response) => {
      json(response, '{"_metadata":{"count":1},"interactionHistoryRecords":[{"info":{"engag');
    };
    const error = await failure(clientOf().search(chatSearch, forever));
    expect(error).toMatchObject({ code: 'source-changed', retryable: true });
    expect(service.history).toHaveLength(4);
  });

  it('repeats a connection that breaks in the middle of an answer', async () => {
    service.on.history = inTurn((_request, response) => {
      response.writeHead(200, { 'Content-Length': '5000' });
      response.write('{"_metadata":');
      setTimeout(() => response.destroy(), 20);
    }, page);
    expect((await clientOf().search(chatSearch, forever)).records).toHaveLength(1);
  });

  it('repeats a compressed answer that is cut short, however politely', async () => {
    service.on.history = inTurn((_request, response) => {
      const whole = gzipSync(JSON.stringify(chatPage([chatRecord('7'), chatRecord('8')])));
      const part = whole.subarray(0, Math.floor(whole.length / 2));
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': part.length }).end(part);
    }, page);
    expect((await clientOf().search(chatSearch, forever)).records).toHaveLength(1);
    expect(service.history).toHaveLength(2);
  });

  it('takes announced records that are missing for a failure, but not beyond the end', async () => {
    service.on.history = (_request, response) => {
      json(response, { _metadata: { count: 5 } });
    };
    expect((await failure(clientOf().search(chatSearch, forever))).code).toBe('source-changed');
    expect(await clientOf().search({ ...chatSearch, offset: 5 }, forever)).toMatchObject({ count: 5, records: [] });
  });

  it('repeats a slow answer until patience ends', async () => {
    service.on.history = () => undefined;
    const error = await failure(clientOf({ limits: { responseMs: 40 } }).search(chatSearch, forever));
    expect(error).toMatchObject({ code: 'source-unavailable' });
    expect(error.message).toContain('in time');
    expect(service.history).toHaveLength(4);
  });

  it('ends an answer that trickles in for ever', async () => {
    service.on.history = (_request, response) => {
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => {
        clearInterval(drip);
      });
    };
    const client = clientOf({ limits: { responseMs: 1000, totalMs: 150 } }, { retryBaseMs: 0 });
    expect((await failure(client.search(chatSearch, forever))).code).toBe('source-unavailable');
  });

  it('stops a wait at once when cancelled', async () => {
    const controller = new AbortController();
    service.on.history = (_request, response) => {
      controller.abort();
      response.writeHead(503).end();
    };
    const error = await failure(clientOf().search(chatSearch, controller.signal));
    expect(error.code).toBe('cancelled');
    expect(service.history).toHaveLength(1);
  });

  it('signs every attempt with a new nonce', async () => {
    const keys = { consumerKey: 'k', consumerSecret: 's', token: 't', tokenSecret: 'u' };
    service.on.history = inTurn(status(500), status(429), page);
    await clientOf({ credentials: () => Promise.resolve({ type: 'oauth1', ...keys }) }).search(chatSearch, forever);
    const nonces = service.history.map(
      ({ headers }) => /oauth_nonce="([^"]+)"/u.exec(String(headers.authorization))?.[1],
    );
    expect(new Set(nonces).size).toBe(3);
    expect(nonces).not.toContain(undefined);
  });
});

const noCredentials = () => Promise.reject(new ArchiveError('secret-unavailable', 'No credentials.'));

describe('refusals', () => {
  it('signs in again once after a 401, then says so', async () => {
    service.on.history = inTurn(status(401), page);
    expect((await clientOf().search(chatSearch, forever)).records).toHaveLength(1);
    expect(service.history.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    service.on.history = status(401, {}, JSON.stringify({ debugMessage: 'no Bearer abcdefgh please ?a=b' }));
    const error = await failure(clientOf().search(chatSearch, forever));
    expect(error).toMatchObject({ code: 'source-unauthorised', details: { status: 401 } });
    expect(error.message).not.toContain('abcdefgh');
    expect(service.history).toHaveLength(4);
  });

  it('does not repeat a refused OAuth 1 signature, and blames a wrong clock or the end of OAuth 1', async () => {
    const keys = { consumerKey: 'k', consumerSecret: 's', token: 't', tokenSecret: 'u' };
    const credentials = () => Promise.resolve({ type: 'oauth1' as const, ...keys });
    service.on.history = status(401);
    const error = await failure(clientOf({ credentials }).search(chatSearch, forever));
    expect(error.code).toBe('source-unauthorised');
    expect(error.hint).toContain('31 May 2026');
    expect(service.history).toHaveLength(1);
    service.on.history = (_request, response) => {
      response.setHeader('Date', new Date(clock.now() - 600_000).toUTCString());
      response.writeHead(401).end();
    };
    expect((await failure(clientOf({ credentials }).search(chatSearch, forever))).hint).toContain('10 min fast');
  });

  it.each([
    [400, 'source-changed'],
    [403, 'source-forbidden'],
    [404, 'source-changed'],
    [407, 'network-proxy'],
    [418, 'source-changed'],
    [451, 'source-forbidden'],
  ])('takes status %i as final', async (code, expected) => {
    service.on.history = status(code);
    const error = await failure(clientOf().search(chatSearch, forever));
    expect(error).toMatchObject({ code: expected, details: { status: code } });
    expect(clock.sleeps).toEqual([]);
    expect(service.history).toHaveLength(1);
  });

  it('looks the host up again after a 404, unless it did so a moment ago', async () => {
    const client = clientOf();
    service.on.history = page;
    await client.search(chatSearch, forever);
    clock.time += 6 * 60_000;
    service.on.history = inTurn(status(404), page);
    expect((await client.search(chatSearch, forever)).records).toHaveLength(1);
    const lookUps = service.requests.filter(({ path }) => path.includes('engHistDomain'));
    expect(lookUps).toHaveLength(2);
  });

  it('follows no redirect', async () => {
    service.on.history = status(302, { Location: `${service.origin}/elsewhere` });
    expect((await failure(clientOf().search(chatSearch, forever))).code).toBe('network-offline');
    expect(service.history).toHaveLength(1);
  });

  it('recognises the sign-in page of a network', async () => {
    service.on.history = status(200, { 'Content-Type': 'text/html' }, '<html>Welcome to the hotel</html>');
    const error = await failure(clientOf().search(chatSearch, forever));
    expect(error).toMatchObject({ code: 'network-offline', retryable: true });
    expect(error.message).toContain('web page');
  });

  it('stops reading at the size limit, also inside a compressed answer', async () => {
    service.on.history = (_request, response) => {
      gzipped(response, Buffer.alloc(8 * 1024 * 1024, 0x20));
    };
    const error = await failure(clientOf({ limits: { pageBytes: 1024 * 1024 } }).search(chatSearch, forever));
    expect(error).toMatchObject({ code: 'source-changed', details: { tooLarge: true } });
    expect(service.history).toHaveLength(1);
  });

  it('explains refused client credentials without showing them', async () => {
    service.on.token = (_request, response) => {
      json(response, { error: 'invalid_client', error_description: 'bad client_secret=top secret/value' }, 401);
    };
    const error = await failure(clientOf().connect('chat', forever));
    expect(error.code).toBe('source-unauthorised');
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain('top secret');
    expect(service.tokens).toHaveLength(1);
  });

  it('waits at least five seconds when there are too many sign-ins', async () => {
    const token = service.on.token;
    service.on.token = inTurn(status(429), token);
    await clientOf().connect('chat', forever);
    expect(clock.sleeps).toEqual([5000]);
  });

  it('passes on that there are no credentials', async () => {
    expect((await failure(clientOf({ credentials: noCredentials }).connect('chat', forever))).code).toBe(
      'secret-unavailable',
    );
  });

  it('says that nothing listens there', async () => {
    const client = clientOf();
    await service.close();
    expect((await failure(client.search(chatSearch, forever))).code).toBe('source-unavailable');
    service = await startLoopback(clock);
  });
});

describe('the lane of an account', () => {
  it('has one history request in flight, whatever asks', async () => {
    let inFlight = 0;
    let most = 0;
    service.on.history = (_request, response) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      setTimeout(() => {
        inFlight -= 1;
        json(response, { ...(chatPage([]) as object), conversationHistoryRecords: [] });
      }, 15);
    };
    const settings = { accountId: 'shared' };
    const [first, second] = [clientOf({}, settings), clientOf({}, settings)];
    const searches = [first.search(chatSearch, forever), first.search(messagingSearch, forever)];
    await Promise.all([...searches, second.search(chatSearch, forever)]);
    expect(service.history).toHaveLength(3);
    expect(most).toBe(1);
  });

  it('keeps the interval between requests of several clients', async () => {
    service.on.history = page;
    const settings = { accountId: 'paced', requestIntervalMs: 500 };
    const [first, second] = [clientOf({}, settings), clientOf({}, settings)];
    await Promise.all([first.search(chatSearch, forever), second.search(chatSearch, forever)]);
    expect((service.history[1]?.at ?? 0) - (service.history[0]?.at ?? 0)).toBe(500);
  });

  it('lets a waiting request be cancelled', async () => {
    service.on.history = (_request, response) => {
      setTimeout(() => {
        page(_request, response);
      }, 50);
    };
    const controller = new AbortController();
    const client = clientOf();
    const running = client.search(chatSearch, forever);
    const waiting = client.search(chatSearch, controller.signal);
    controller.abort();
    expect((await failure(waiting)).code).toBe('cancelled');
    expect((await running).records).toHaveLength(1);
    expect(service.history).toHaveLength(1);
  });
});
