import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startWebHost, type WebHost, type WebHostOptions } from '../../main/web/server.ts';
import { makeFolder, onEnd, startHost, type TestHost } from './support.ts';

export interface TestWeb extends TestHost {
  web: WebHost;
  /** A request with a session of its own; `Authorization` may be overridden. */
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  bearer: string;
}

/** The web host on a real host and a small page. */
export async function startWeb(options: Partial<WebHostOptions> = {}, host: Partial<TestHost> = {}): Promise<TestWeb> {
  const test = { ...(await startHost()), ...host };
  const page = await makeFolder();
  await mkdir(join(page, 'assets'));
  await writeFile(join(page, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(page, 'assets', 'index-abc.js'), 'export {};');
  await writeFile(join(page, 'assets', 'index-abc.js.map'), '{}');
  await writeFile(join(page, '..', 'outside.txt'), 'outside');
  const web = await startWebHost({ host: test.host, rendererFolder: page, port: 0, ...options });
  onEnd(() => web.close());
  const session = await fetch(`${web.origin}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: tokenOf(web.createLink()) }),
  });
  const { bearer } = (await session.json()) as { bearer: string };
  return {
    ...test,
    web,
    bearer,
    post: (path, body, headers = {}) =>
      fetch(web.origin + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bearer}`, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

export function tokenOf(link: string): string {
  return new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
}

/** Sends bytes as they are and gives back all that came until the server closed; `end` closes our side at once. */
export function raw(port: number, text: string | Buffer, options: { end?: boolean } = {}): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => (options.end === true ? socket.end(text) : socket.write(text)));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
  });
}

/** A whole HTTP/1.1 request as text; the connection is closed after it. */
export function request(line: string, headers: Record<string, string>, body = ''): string {
  const all = {
    Connection: 'close',
    ...(body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/u.exec(answer)?.[1] ?? 0);
}
