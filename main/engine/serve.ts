import type { ToEngine } from '../../preload/engine-protocol.ts';
import { fail, succeed, type Reply } from '../../preload/envelope.ts';
import { ArchiveError } from '../../preload/errors.ts';
import type { Log } from '../archive/log.ts';
import { toEngineError } from './failure.ts';
import type { HostLink } from './host-link.ts';
import type { JobRunner } from './jobs.ts';
import type { EnginePort } from './port.ts';
import type { AnyHandlers } from './service.ts';

export interface Dispatch {
  port: EnginePort;
  host: HostLink;
  jobs: JobRunner;
  handlers: AnyHandlers;
  log: Log;
}

/** Makes the function that takes every message after `start`, except `stop`. Each call gets exactly one reply. */
export function createDispatcher(dispatch: Dispatch): (message: ToEngine) => void {
  const { port, host, jobs, handlers } = dispatch;
  const running = new Map<number, AbortController>();

  async function answer(message: Extract<ToEngine, { kind: 'call' }>): Promise<void> {
    const controller = new AbortController();
    running.set(message.id, controller);
    let reply: Reply<unknown>;
    try {
      const handler = handlers[message.name];
      if (handler === undefined) throw new ArchiveError('internal', `This engine has no "${message.name}".`);
      reply = succeed(await handler(message.input as never, controller.signal));
    } catch (thrown) {
      const error = toEngineError(thrown);
      if (error.code === 'internal') {
        const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
        dispatch.log('error', 'call-failed', { call: message.name, stack });
      }
      reply = fail(error);
    }
    running.delete(message.id);
    port.send({ kind: 'reply', id: message.id, reply });
  }

  return (message) => {
    switch (message.kind) {
      case 'call':
        void answer(message);
        break;
      case 'cancel':
        running.get(message.id)?.abort(new ArchiveError('cancelled', 'The call was cancelled.', { retryable: true }));
        break;
      case 'cancel-job':
        jobs.cancel(message.jobId);
        break;
      case 'answer':
        host.receiveAnswer(message.id, message.reply);
        break;
      case 'start':
      case 'stop':
        break;
    }
  };
}
