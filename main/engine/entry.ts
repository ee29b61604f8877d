/**
 * Entry of every engine process. The same bundle runs in Electron's utilityProcess and under Node's
 * child_process; the first message says which role this process plays.
 */
import type { StartEngine } from '../../preload/engine-protocol.ts';
import { systemClock } from '../archive/clock.ts';
import { formatLogLine, type Log } from '../archive/log.ts';
import { toEngineError } from './failure.ts';
import { HostLink } from './host-link.ts';
import { JobRunner } from './jobs.ts';
import { openPort } from './port.ts';
import { openService } from './roles.ts';
import { createDispatcher } from './serve.ts';
import type { EngineService } from './service.ts';

const log: Log = (level, event, fields) => {
  process.stderr.write(`${formatLogLine(Date.now(), level, event, fields)}\n`);
};

// In a utility process an unhandled rejection only warns and the process lives on, half broken. The host can
// restart an engine that is gone, not one that pretends to work.
process.on('unhandledRejection', (reason) => die('unhandled-rejection', reason));
process.on('uncaughtException', (error) => die('uncaught-exception', error));
// Ctrl-C reaches the whole process group. The host decides what happens and tells us to stop.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void stop(0));

// Beside this file: in the bundle under a name of its own.
const prepareEntry = new URL(
  import.meta.url.endsWith('.ts') ? '../archive/prepare/worker.ts' : './prepare.js',
  import.meta.url,
);
const port = openPort();
const host = new HostLink(port);
const jobs = new JobRunner({ tell: (job) => host.emit({ type: 'job', job }), clock: systemClock, log });
let service: EngineService | undefined;
let stopping: Promise<void> | undefined;
let dispatch: ReturnType<typeof createDispatcher> | undefined;

port.onDisconnect(() => void stop(0));
port.onMessage((message) => {
  if (message.kind === 'start') void start(message);
  else if (message.kind === 'stop') void stop(0);
  else dispatch?.(message);
});

async function start(message: StartEngine): Promise<void> {
  try {
    const context = { host, jobs, clock: systemClock, log, prepareEntry };
    service = await openService(message, context);
  } catch (error) {
    port.send({ kind: 'start-failed', error: toEngineError(error) });
    return;
  }
  dispatch = createDispatcher({ port, host, jobs, handlers: service.handlers, log });
  port.send({ kind: 'ready', ...service.ready });
}

function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    await jobs.stop();
    await service?.close();
    process.exit(code);
  })();
  return stopping;
}

function die(event: string, reason: unknown): void {
  const stack = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  log('error', event, { stack });
  // Standard error is a pipe and may be asynchronous: wait until the last words are out.
  process.stderr.write('', () => process.exit(1));
}
