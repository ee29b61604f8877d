import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { DemoRequest, DemoResponse } from './exchange.ts';
import type { DemoService } from './service.ts';

export interface TlsOptions {
  key: string;
  cert: string;
}

/** No search body is anywhere near this. */
const longestBodyBytes = 1_048_576;

/** Carries a service over HTTP on the loopback interface. */
export async function startServer(
  service: DemoService,
  options: { port: number; tls?: TlsOptions },
): Promise<{ host: string; close(): Promise<void> }> {
  const scheme = options.tls === undefined ? 'http' : 'https';
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    answer(service, scheme, incoming, outgoing).catch((thrown: unknown) => {
      outgoing.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
    });
  };
  const server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${String(port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  service: DemoService,
  scheme: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming);
  if (body === null) {
    outgoing.writeHead(413).end();
    return;
  }
  const request = toRequest(scheme, incoming, body);
  if (request === null) {
    outgoing.writeHead(400).end();
    return;
  }
  const response = service.handle(request);
  if (response.delivery === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  await send(response, request, outgoing);
}

async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= longestBodyBytes) chunks.push(chunk);
  }
  return length > longestBodyBytes ? null : Buffer.concat(chunks).toString('utf8');
}

function toRequest(scheme: string, incoming: IncomingMessage, body: string): DemoRequest | null {
  const target = incoming.url ?? '/';
  const host = incoming.headers.host ?? '';
  if (!target.startsWith('/') || !URL.canParse(`${scheme}://${host}${target}`)) return null;
  const question = target.indexOf('?');
  return {
    method: incoming.method ?? '',
    url: new URL(`${scheme}://${host}${target}`),
    rawQuery: question < 0 ? '' : target.slice(question + 1),
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
    body,
  };
}

async function send(response: DemoResponse, request: DemoRequest, outgoing: ServerResponse): Promise<void> {
  const zipped = /\bgzip\b/u.test(request.headers['accept-encoding'] ?? '') && response.body.length > 1024;
  const bytes = zipped ? gzipSync(response.body) : Buffer.from(response.body);
  const headers: Record<string, string> = { ...response.headers, vary: 'Accept-Encoding' };
  if (zipped) headers['content-encoding'] = 'gzip';
  if (response.delivery === 'cut-off') {
    // The length is that of the part, so only a JSON parser notices that something is missing.
    const part = Buffer.from(response.body).subarray(0, Math.floor(response.body.length / 2));
    delete headers['content-encoding'];
    outgoing.writeHead(response.status, { ...headers, 'content-length': String(part.length) }).end(part);
    return;
  }
  if (response.status === 204) {
    outgoing.writeHead(204, headers).end();
    return;
  }
  outgoing.writeHead(response.status, { ...headers, 'content-length': String(bytes.length) });
  if (response.delayMs === 0) {
    outgoing.end(bytes);
    return;
  }
  const middle = Math.floor(bytes.length / 2);
  outgoing.write(bytes.subarray(0, middle));
  await new Promise((resolve) => setTimeout(resolve, response.delayMs));
  if (!outgoing.destroyed) outgoing.end(bytes.subarray(middle));
}
