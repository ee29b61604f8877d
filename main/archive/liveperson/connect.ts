import type { AxiosAdapter } from 'axios';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Credentials, Source } from '../../../preload/model.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createDomains } from './domain.ts';
import { fetchBatch } from './fetch-batch.ts';
import type { HistoryClient } from './history-client.ts';
import { createHistoryService } from './history-service.ts';
import { discoveryOrigin } from './hosts.ts';
import { laneOf } from './lane.ts';
import { byIdRequest, checkSourceName, defaultSourceName, searchRequest, services } from './requests.ts';
import { readPage, type ReadPage } from './pages.ts';
import { createSignIn } from './sign-in.ts';
import { createSend, defaultLimits, type Send, type TransportLimits } from './transport.ts';

export interface HistoryClientOptions {
  account: { accountId: string; domainApi: string | null; requestIntervalMs: number; retryBaseMs: number };
  /** Asked for when a request needs them; never kept beyond this client. */
  credentials: () => Promise<Credentials>;
  clock: Clock;
  log: Log;
  /** The `source` parameter of every request: 1 to 20 letters, digits, underscores. */
  sourceName?: string;
  transport?: AxiosAdapter;
  limits?: Partial<TransportLimits>;
  /** Takes answers apart, perhaps elsewhere; `readPage` of pages.ts is what it must come to. */
  readPage?: ReadPage;
  /** 0 to 1, for the jitter of waits. */
  random?: () => number;
}

/**
 * The two history APIs of one account. All clients of an account in this process share one lane: never more than one
 * request in flight, with the account's interval in between. A client lives for one run: a pace that was lowered
 * because of "too many requests" stays low for that long.
 */
export function createHistoryClient(options: HistoryClientOptions): HistoryClient {
  const { account, clock, log, random = Math.random } = options;
  const { accountId, domainApi } = account;
  const sourceName = checkSourceName(options.sourceName ?? defaultSourceName);
  const limits = { ...defaultLimits, ...options.limits };
  let requestCount = 0;
  const rawSend = createSend(limits, options.transport);
  const send: Send = (exchange) => {
    requestCount += 1;
    return rawSend(exchange);
  };
  const domains = createDomains({ accountId, domainApi, clock, send, maxBytes: limits.smallBytes });
  const { credentials } = options;
  const signIn = createSignIn({ accountId, credentials, domains, clock, send, maxBytes: limits.smallBytes });
  const service = createHistoryService({
    lane: laneOf(`${discoveryOrigin(domainApi)} ${accountId}`),
    account,
    domains,
    signIn,
    send,
    clock,
    log,
    readPage: options.readPage ?? readPage,
    random,
    maxBytes: limits.pageBytes,
    requestCount: () => requestCount,
  });

  return {
    get requestCount() {
      return requestCount;
    },
    search(request, signal) {
      if (!Number.isInteger(request.limit) || request.limit < 1 || request.limit > 100) {
        throw new ArchiveError('invalid-input', 'A page has 1 to 100 conversations.');
      }
      return service.page(request.source, searchRequest(accountId, sourceName, request), signal, request.offset);
    },
    fetchByIds(source: Source, conversations, signal) {
      const fetch = (ids: typeof conversations) =>
        service.page(source, byIdRequest(accountId, sourceName, source, ids), signal, null);
      return fetchBatch(conversations, fetch);
    },
    async connect(source, signal) {
      return { domain: await service.connect(services[source], signal) };
    },
  };
}
