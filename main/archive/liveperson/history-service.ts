import { ArchiveError } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Domains, ServiceName } from './domain.ts';
import { finalStatusError, isWebPage, webPageError } from './errors.ts';
import type { HistoryPage } from './history-client.ts';
import { type Lane, paceWait } from './lane.ts';
import { cancelled } from './network-errors.ts';
import type { AnswerPage, ReadPage } from './pages.ts';
import type { HistoryRequest } from './requests.ts';
import { Transient, withRetries } from './retry.ts';
import type { SignIn } from './sign-in.ts';
import { malformedAnswer, serviceTime, throttledAnswer, unavailableAnswer } from './transient-answers.ts';
import type { Answer, Send } from './transport.ts';

interface HistoryServiceOptions {
  lane: Lane;
  account: { accountId: string; requestIntervalMs: number; retryBaseMs: number };
  domains: Domains;
  signIn: SignIn;
  send: Send;
  clock: Clock;
  log: Log;
  readPage: ReadPage;
  random: () => number;
  maxBytes: number;
  requestCount: () => number;
}

/** Sends history requests: authorised, paced, retried, and only ever complete pages back. */
export interface HistoryService {
  /** @param offset of a search, null for a request by id: a page without its records is then merely empty. */
  page(source: Source, request: HistoryRequest, signal: AbortSignal, offset: number | null): Promise<HistoryPage>;
  /** Finds the host and signs in. */
  connect(service: ServiceName, signal: AbortSignal): Promise<string>;
}

const names: Readonly<Record<Source, string>> = { chat: 'the chat history', messaging: 'the messaging history' };
/** However often we are throttled, a sync that takes a year helps nobody. */
const slowestIntervalMs = 20_000;
const noRecords: AnswerPage = {
  count: 0,
  counted: true,
  listed: true,
  partial: false,
  records: [],
  unidentified: [],
};

/** A complete page, or a Transient: what is cut short or has lost its records is as good as no answer. */
async function readAnswer(
  readPage: ReadPage,
  source: Source,
  answer: Answer,
  offset: number | null,
  receivedAt: number,
): Promise<AnswerPage> {
  if (answer.status === 204) return noRecords;
  if (isWebPage(answer)) throw new Transient(webPageError(answer, names[source]));
  let page: AnswerPage;
  try {
    page = await readPage(source, answer.body, receivedAt);
  } catch (error) {
    if (error instanceof ArchiveError) throw malformedAnswer(error.message, error);
    throw error;
  }
  if (offset === null) return page;
  if (!page.counted) throw malformedAnswer(`The answer of ${names[source]} does not say how many records there are.`);
  if (!page.listed && page.count > offset) {
    throw malformedAnswer(`The answer of ${names[source]} announces records but holds none.`);
  }
  return page;
}

export function createHistoryService(options: HistoryServiceOptions): HistoryService {
  const { lane, account, domains, signIn, send, clock, log, random, maxBytes } = options;
  let intervalMs = account.requestIntervalMs;
  const slowDown = () => {
    intervalMs = Math.max(intervalMs, Math.min(slowestIntervalMs, Math.max(intervalMs, account.retryBaseMs / 5) * 2));
  };

  /** Runs alone in the account's lane, waits included: a service in trouble is left alone by everyone. */
  async function inLane<T>(signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
    const retrying = () =>
      withRetries(attempt, {
        clock,
        signal,
        log,
        retryBaseMs: account.retryBaseMs,
        random,
        onThrottled: slowDown,
      });
    try {
      return await lane.queue.add(retrying, { signal });
    } catch (error) {
      if (signal.aborted && !(error instanceof ArchiveError)) throw cancelled(signal);
      throw error;
    }
  }

  async function sendOnce(request: HistoryRequest, body: string, signal: AbortSignal) {
    const url = `${await domains.resolve(request.service, signal)}${request.path}`;
    const wait = paceWait(lane, intervalMs, clock.now());
    if (wait > 0) await clock.sleep(wait, signal);
    // After the wait: a signature carries the time it was made.
    const authorization = await signIn.header('POST', url, signal);
    const requestedAt = clock.now();
    try {
      const answer = await send({
        method: 'POST',
        url,
        headers: { Authorization: authorization, 'Content-Type': 'application/json', Accept: 'application/json' },
        body,
        maxBytes,
        signal,
      });
      const milliseconds = clock.now() - requestedAt;
      log('info', 'history-request', {
        service: request.service,
        status: answer.status,
        bytes: answer.body.byteLength,
        milliseconds,
      });
      return { answer, requestedAt };
    } catch (error) {
      // Whatever kept us from an answer, a host that moved could be the reason.
      if (!signal.aborted) domains.suspect(request.service);
      throw error;
    } finally {
      lane.lastEndedAt = clock.now();
    }
  }

  function checkStatus(source: Source, answer: Answer): void {
    const { status } = answer;
    const context = { what: names[source], secrets: [] };
    if (status === 200 || status === 204) return;
    if (status === 401) throw signIn.refused(answer, names[source]);
    if (status === 429) throw throttledAnswer(answer, names[source], 1, clock.now());
    if (status === 408 || status >= 500) throw unavailableAnswer(answer, context);
    throw finalStatusError(answer, context);
  }

  return {
    page(source, request, signal, offset) {
      const body = JSON.stringify(request.body);
      let requestsBefore: number | null = null;
      let renewed = false;
      let relocated = false;
      return inLane(signal, async () => {
        // Not before the lane is free: requests of the call ahead are not ours.
        requestsBefore ??= options.requestCount();
        let sent = await sendOnce(request, body, signal);
        if (sent.answer.status === 401 && !renewed && signIn.renew()) {
          renewed = true;
          sent = await sendOnce(request, body, signal);
        }
        if (sent.answer.status === 404 && !relocated && domains.suspect(request.service)) {
          relocated = true;
          sent = await sendOnce(request, body, signal);
        }
        checkStatus(source, sent.answer);
        const receivedAt = clock.now();
        const { count, partial, records, unidentified } = await readAnswer(
          options.readPage,
          source,
          sent.answer,
          offset,
          receivedAt,
        );
        const requests = options.requestCount() - requestsBefore;
        const serverTime = serviceTime(sent.answer) ?? undefined;
        return {
          count,
          partial,
          records,
          unidentified,
          requestedAt: sent.requestedAt,
          receivedAt,
          serverTime,
          requests,
        };
      });
    },
    connect(service, signal) {
      return inLane(signal, async () => {
        const origin = await domains.resolve(service, signal);
        await signIn.header('POST', origin, signal);
        return new URL(origin).host;
      });
    },
  };
}
