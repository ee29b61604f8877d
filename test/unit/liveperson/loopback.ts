import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Clock } from '../../../main/archive/clock.ts';

/** What the service was asked, as it arrived. */
export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
  /** By the test's clock. */
  at: number;
}

export type Handler = (request: Received, response: ServerResponse) => void;

/** A clock that only moves when somebody sleeps. */
export interface TestClock extends Clock {
  time: number;
  readonly sleeps: number[];
}

export function testClock(time = Date.UTC(2026, 5, 1)): TestClock {
  const sleeps: number[] = [];
  const clock: TestClock = {
    time,
    sleeps,
    now: () => clock.time,
    sleep: (ms, signal) => {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      sleeps.push(ms);
      clock.time += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

export function json(response: ServerResponse, value: unknown, status = 200): void {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
}

export function gzipped(response: ServerResponse, body: string | Buffer): void {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }).end(gzipSync(body));
}

export function chatPage(records: readonly unknown[], count = records.length): unknown {
  return { _metadata: { count }, interactionHistoryRecords: records };
}

export function messagingPage(records: readonly unknown[], count = records.length): unknown {
  return { _metadata: { count }, conversationHistoryRecords: records };
}

export const chatRecord = (id: string, startTimeL = 1_772_615_740_120) => ({ info: { engagementId: id, startTimeL } });
export const messagingRecord = (id: string, startTimeL = 1_778_482_930_004) => ({
  info: { conversationId: id, startTimeL, status: 'CLOSE' },
});

/** A LivePerson on loopback whose every answer the test decides. */
export interface Loopback {
  origin: string;
  host: string;
  requests: Received[];
  /** Requests to one of the history APIs. */
  history: Received[];
  /** Requests for a token. */
  tokens: Received[];
  on: { domain: Handler; token: Handler; history: Handler };
  close(): Promise<void>;
}

export async function startLoopback(clock: TestClock): Promise<Loopback> {
  let issued = 0;
  const service: Loopback = {
    origin: '',
    host: '',
    requests: [],
    history: [],
    tokens: [],
    on: {
      domain: (request, response) => {
        const name = /service\/(\w+)\//u.exec(request.path)?.[1];
        json(response, { service: name, account: '1', baseURI: service.host });
      },
      token: (_request, response) => {
        issued += 1;
        json(response, { access_token: `token-${String(issued)}`, token_type: 'Bearer', expires_in: 3600 });
      },
      history: (_request, response) => {
        json(response, chatPage([]));
      },
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '', service.origin);
      const received: Received = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: { ...incoming.headers, ':url': incoming.url },
        body: Buffer.concat(chunks).toString('utf8'),
        at: clock.now(),
      };
      service.requests.push(received);
      response.setHeader('Date', new Date(clock.now()).toUTCString());
      if (url.pathname.startsWith('/api/account/')) service.on.domain(received, response);
      else if (url.pathname.startsWith('/sentinel/')) {
        service.tokens.push(received);
        service.on.token(received, response);
      } else {
        service.history.push(received);
        service.on.history(received, response);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service.host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  service.origin = `http://${service.host}`;
  return service;
}
