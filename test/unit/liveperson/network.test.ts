import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ArchiveError } from '../../../preload/errors.ts';
import { networkFailure } from '../../../main/archive/liveperson/network-errors.ts';
import { Transient } from '../../../main/archive/liveperson/retry.ts';
import { createSend, defaultLimits } from '../../../main/archive/liveperson/transport.ts';

const request = { maxBytes: 1024 * 1024, timedOut: false };
const errorWith = (code: string, fields: object = {}) =>
  new Error('outer', { cause: Object.assign(new Error('inner'), { code, ...fields }) });

/** The code that ends up with the user, and whether the request is worth repeating. */
function verdict(error: unknown): [string, boolean] {
  const failure = networkFailure(error, request);
  if (failure instanceof Transient) return [failure.error.code, true];
  return [failure instanceof ArchiveError ? failure.code : 'none', false];
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

describe('a failure on the way', () => {
  it.each([
    ['ENOTFOUND', 'network-offline', true],
    ['EAI_AGAIN', 'network-offline', true],
    ['ENETUNREACH', 'network-offline', true],
    ['ECONNREFUSED', 'source-unavailable', true],
    ['ECONNRESET', 'source-unavailable', true],
    ['ETIMEDOUT', 'source-unavailable', true],
    ['Z_BUF_ERROR', 'source-unavailable', true],
    ['EPROTO', 'network-tls', true],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network-tls', true],
    ['CERT_HAS_EXPIRED', 'network-tls', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network-tls', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network-tls', false],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network-tls', false],
    ['SOMETHING_NEW', 'source-unavailable', true],
  ])('%s is %s, worth repeating: %s', (code, expected, again) => {
    expect(verdict(errorWith(code))).toEqual([expected, again]);
  });

  it('is found inside the failures of several addresses', () => {
    expect(verdict(new AggregateError([errorWith('ENETUNREACH')], 'all failed'))).toEqual(['network-offline', true]);
  });

  it('is the proxy’s when the proxy’s port refused', () => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.example:3128');
    expect(verdict(errorWith('ECONNREFUSED', { port: 3128 }))).toEqual(['network-proxy', true]);
    expect(verdict(errorWith('ECONNREFUSED', { port: 443 }))).toEqual(['source-unavailable', true]);
  });
});

/** A server that says `reply` to whatever comes, and closes. */
async function listen(reply: string | null): Promise<{ port: number; close: () => void }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      if (reply !== null) socket.end(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

async function fetchFrom(url: string, limits = {}): Promise<unknown> {
  const send = createSend({ ...defaultLimits, ...limits });
  const { signal } = new AbortController();
  try {
    return await send({ method: 'GET', url, headers: {}, maxBytes: 1000, signal });
  } catch (error) {
    return error;
  }
}

describe('a request that was answered', () => {
  it('leaves neither a timer nor a listener behind', async () => {
    vi.useFakeTimers();
    const send = createSend(defaultLimits, (config) =>
      Promise.resolve({ data: 'ok', status: 200, statusText: 'OK', headers: {}, config }),
    );
    const { signal } = new AbortController();
    await send({ method: 'GET', url: 'http://127.0.0.1:9/', headers: {}, maxBytes: 10, signal });
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a real connection', () => {
  it('that cannot be made secure is a matter of TLS', async () => {
    const server = await listen('HTTP/1.1 200 OK\r\n\r\n');
    expect(await fetchFrom(`https://127.0.0.1:${String(server.port)}/`)).toMatchObject({
      error: { code: 'network-tls' },
    });
    server.close();
  });

  it('that never becomes secure is given up', async () => {
    const server = await listen(null);
    const failure = await fetchFrom(`https://127.0.0.1:${String(server.port)}/`, { connectMs: 60 });
    expect(failure).toMatchObject({ error: { code: 'source-unavailable' } });
    server.close();
  });

  it('ignores a proxy for this computer’s own services', async () => {
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
    const server = await listen('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
    expect(await fetchFrom(`http://127.0.0.1:${String(server.port)}/`)).toMatchObject({ status: 200 });
    server.close();
  });

  it('is not even opened after a cancellation', async () => {
    const send = createSend(defaultLimits);
    const exchange = {
      method: 'GET',
      url: 'http://127.0.0.1:9/',
      headers: {},
      maxBytes: 10,
      signal: AbortSignal.abort(),
    } as const;
    await expect(send(exchange)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
