import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ArchiveError } from '../../preload/errors.ts';
import type { Host } from '../host/host.ts';
import type { HostOptions } from '../host/ports.ts';
import { openStaticFiles, type StaticFiles } from '../host/static-files.ts';
import { Api } from './api.ts';
import { refuseForeign } from './gate.ts';
import { refuse } from './respond.ts';
import { Sessions } from './sessions.ts';

export interface WebHostOptions {
  host: Host;
  /** Folder of the built page. */
  rendererFolder: string;
  /** 0 takes any free port. */
  port: number;
  log?: HostOptions['log'];
  /** Time within which a request must have arrived whole; 15 s unless a test is impatient. */
  requestTimeoutMs?: number;
}

export interface WebHost {
  readonly port: number;
  readonly origin: string;
  /** A new link that opens the app once. Its token is in the fragment, which no browser sends to any server. */
  createLink(): string;
  /** Pages that listen for events now. */
  openStreams(): number;
  close(): Promise<void>;
}

const maximumConnections = 1024;

/**
 * Serves the app to browsers of this machine.
 * @throws ArchiveError conflict when the port is taken, path-unavailable when the page was not built
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const files = openStaticFiles(options.rendererFolder);
  const sessions = new Sessions();
  const api = new Api(options.host, sessions);
  const requestTimeout = options.requestTimeoutMs ?? 15_000;

  const server = createServer(
    {
      requestTimeout,
      headersTimeout: Math.min(requestTimeout, 10_000),
      keepAliveTimeout: 30_000,
      connectionsCheckingInterval: 1000,
      requireHostHeader: false, // the gate answers in words
    },
    (request, response) => {
      void answer(request, response).catch((error: unknown) => {
        options.log?.('error', 'web-request-failed', { message: String(error) });
        if (response.headersSent) response.destroy();
        else refuse(response, 500, 'internal', 'Something went wrong inside the app.');
      });
    },
  );
  server.maxConnections = maximumConnections;
  // Nothing of ours is upgraded or tunnelled.
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  options.log?.('info', 'web-host-started', { port });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refuseForeign(request.headers, port);
    if (refusal !== undefined) return refuse(response, 403, 'unauthorised-caller', refusal);
    const path = (request.url ?? '/').split(/[?#]/u, 1)[0] ?? '/';
    if (path.startsWith('/api/')) return api.answer(path, request, response);
    return sendFile(files, path, request, response);
  }

  let closing: Promise<void> | undefined;
  return {
    port,
    origin,
    openStreams: () => api.openStreams,
    createLink: () => `${origin}/#token=${sessions.createLaunchToken()}`,
    close: () =>
      (closing ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      })),
  };
}

async function sendFile(
  files: StaticFiles,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'invalid-input', 'This address takes GET only.');
  }
  const { status, headers, body } = await files.get(path);
  response.writeHead(status, { ...headers, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Loopback only: nothing of this may ever be reachable from another machine. */
function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const message = taken ? `Port ${port} is taken.` : `Port ${port} cannot be used (${error.code ?? 'unknown'}).`;
      reject(
        new ArchiveError('conflict', message, {
          hint: 'Choose another port, or 0 for any free one.',
          details: { port },
        }),
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
