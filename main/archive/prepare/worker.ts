/**
 * Entry of the preparing thread: JavaScript and nothing native, so that it can share a process with the writer, which
 * writes one page while the next is prepared here.
 */
import { parentPort } from 'node:worker_threads';
import { toErrorValue } from '../../../preload/errors.ts';
import { nextBatch, type Outcome, packBatch, packPage, preparePage, type Task } from './tasks.ts';

const port = parentPort;
port?.on('message', (task: Task) => {
  const outcome = perform(task);
  port.postMessage(outcome, buffersOf(outcome));
});

function perform(task: Task): Outcome {
  const { receivedAt } = task;
  try {
    if (task.kind === 'file') return { batch: packBatch(nextBatch(task.file, task.from, receivedAt)) };
    return { page: packPage(preparePage(task.source, task.accountId, task.body, receivedAt)) };
  } catch (error) {
    return { error: toErrorValue(error) };
  }
}

function buffersOf(outcome: Outcome): ArrayBuffer[] {
  if ('page' in outcome) return [outcome.page.packed.bytes];
  return 'batch' in outcome ? [outcome.batch.packed.bytes] : [];
}
