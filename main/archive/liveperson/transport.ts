import axios, { type AxiosAdapter, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { cancelled, networkFailure } from './network-errors.ts';
import { isLoopback } from './hosts.ts';

/** Hard limits: a broken or hostile service can cost time and memory only up to here. */
export interface TransportLimits {
  pageBytes: number;
  /** Token and service-discovery answers. */
  smallBytes: number;
  connectMs: number;
  /** Without a byte from the service. */
  responseMs: number;
  /** For a whole answer. */
  totalMs: number;
}

export const defaultLimits: TransportLimits = {
  pageBytes: 256 * 1024 * 1024,
  smallBytes: 1024 * 1024,
  connectMs: 10_000,
  responseMs: 60_000,
  totalMs: 600_000,
};

export interface Exchange {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  maxBytes: number;
  signal: AbortSignal;
}

/** Any HTTP answer, whatever its status. */
export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

export type Send = (exchange: Exchange) => Promise<Answer>;

/** Gives up on a connection that is not made in time; Node's own timeouts only begin after that. */
function limitConnect(socket: Duplex | null | undefined, milliseconds: number, ready: string): void {
  if (socket === null || socket === undefined) return;
  const late = () => socket.destroy(Object.assign(new Error('connect timed out'), { code: 'ETIMEDOUT' }));
  const timer = setTimeout(late, milliseconds);
  timer.unref();
  const stop = () => {
    clearTimeout(timer);
  };
  socket.once(ready, stop);
  socket.once('close', stop);
}

class LimitedHttpAgent extends HttpAgent {
  readonly #connectMs: number;
  constructor(connectMs: number) {
    super({ keepAlive: true, maxSockets: 8 });
    this.#connectMs = connectMs;
  }
  override createConnection(...parameters: Parameters<HttpAgent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...parameters);
    limitConnect(socket, this.#connectMs, 'connect');
    return socket;
  }
}

class LimitedHttpsAgent extends HttpsAgent {
  readonly #connectMs: number;
  constructor(connectMs: number) {
    super({ keepAlive: true, maxSockets: 8 });
    this.#connectMs = connectMs;
  }
  override createConnection(...parameters: Parameters<HttpsAgent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...parameters);
    limitConnect(socket, this.#connectMs, 'secureConnect');
    return socket;
  }
}

function headersOf(response: AxiosResponse): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers as Record<string, unknown>)) {
    if (typeof value === 'string' || typeof value === 'number') headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

function bytesOf(data: unknown): Uint8Array {
  if (data instanceof Uint8Array) return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  return Buffer.from(typeof data === 'string' ? data : '');
}

/**
 * A signal that fires when the caller gives up, or after `limitMs`. `end` lets go of timer and caller: with
 * AbortSignal.timeout and AbortSignal.any each request would stay in memory until its limit is over.
 */
function startExchange(caller: AbortSignal, limitMs: number) {
  const controller = new AbortController();
  let timedOut = false;
  const giveUp = () => controller.abort(caller.reason);
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort(new DOMException('The whole answer took too long.', 'TimeoutError'));
  }, limitMs);
  timer.unref();
  caller.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    get timedOut() {
      return timedOut;
    },
    end() {
      clearTimeout(timer);
      caller.removeEventListener('abort', giveUp);
    },
  };
}

/**
 * Sends one request and reads the whole answer. Follows no redirect: the token must not travel to a host that
 * nobody checked. Throws ArchiveError `cancelled`, or a network failure as `network-errors.ts` words it.
 */
export function createSend(limits: TransportLimits, adapter?: AxiosAdapter): Send {
  const httpAgent = new LimitedHttpAgent(limits.connectMs);
  const httpsAgent = new LimitedHttpsAgent(limits.connectMs);
  return async ({ method, url, headers, body, maxBytes, signal }) => {
    if (signal.aborted) throw cancelled(signal);
    const exchange = startExchange(signal, limits.totalMs);
    const config: AxiosRequestConfig = {
      method,
      url,
      headers: { 'User-Agent': 'TranscriptArchive', 'Accept-Encoding': 'gzip', ...headers },
      data: body,
      responseType: 'arraybuffer',
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      decompress: true,
      maxRedirects: 0,
      maxContentLength: maxBytes,
      timeout: limits.responseMs,
      signal: exchange.signal,
      validateStatus: () => true,
      httpAgent,
      httpsAgent,
      ...(adapter === undefined ? {} : { adapter }),
      // A proxy is for the world outside: it cannot reach this computer's own services.
      ...(isLoopback(new URL(url).hostname) ? { proxy: false as const } : {}),
    };
    try {
      const response = await axios.request<unknown>(config);
      return { status: response.status, headers: headersOf(response), body: bytesOf(response.data) };
    } catch (error) {
      if (signal.aborted) throw cancelled(signal);
      throw networkFailure(error, { maxBytes, timedOut: exchange.timedOut });
    } finally {
      exchange.end();
    }
  };
}
