/**
 * An engine process whose work can be made slow or deadly on demand, to see what the host does about it. It speaks the
 * real protocol in a real process; only the work is made up: `query` says what to do.
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ToEngine } from '../../preload/engine-protocol.ts';

let folder = '';

process.on('message', (message: ToEngine) => {
  if (message.kind === 'start' && 'archiveFolder' in message) {
    folder = message.archiveFolder;
    process.send?.({ kind: 'ready', warnings: ['This engine is slow.'] });
  }
  if (message.kind === 'stop') process.exit(0);
  if (message.kind === 'call') work(message.id, message.input as { query?: string });
});
process.on('disconnect', () => process.exit(0));

function work(id: number, input: { query?: string }): void {
  const query = input.query ?? '';
  // Every attempt is written down before the work, so that a test can count replays.
  appendFileSync(join(folder, 'attempts.txt'), `${process.pid} ${query}\n`);
  if (query === 'crash') process.exit(70);
  if (query.startsWith('busy')) while (true) Math.sqrt(2);
  if (query === 'stuck-job') return startStuckJob(id);
  const value = { total: process.pid, understoodAs: query, elapsedMs: 0 };
  process.send?.({ kind: 'reply', id, reply: { ok: true, value } });
}

/** A job inside one endless statement: it hears no cancellation. */
function startStuckJob(id: number): void {
  const jobId = `stuck-${process.pid}`;
  const job = {
    id: jobId,
    kind: 'export',
    phase: '',
    done: 0,
    total: null,
    unit: 'files',
    startedAt: 1,
    endedAt: null,
    state: 'running',
  };
  process.send?.({ kind: 'event', event: { type: 'job', job } });
  process.send?.({ kind: 'reply', id, reply: { ok: true, value: { jobId } } }, () => {
    while (true) Math.sqrt(2);
  });
}
