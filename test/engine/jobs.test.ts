import { expect, test, vi } from 'vitest';
import type { Job } from '../../preload/model.ts';
import { ArchiveError } from '../../preload/errors.ts';
import { systemClock } from '../../main/archive/clock.ts';
import { noLog } from '../../main/archive/log.ts';
import { ChangeTeller } from '../../main/engine/change-teller.ts';
import { JobRunner, type JobPlan } from '../../main/engine/jobs.ts';

function runner() {
  const told: Job[] = [];
  return { told, jobs: new JobRunner({ tell: (job) => told.push(job), clock: systemClock, log: noLog }) };
}

const plan = (run: JobPlan<'optimize'>['run']): JobPlan<'optimize'> => ({
  kind: 'optimize',
  unit: 'pages',
  phase: 'Begin',
  run,
});
const progress = (done: number) => ({ phase: 'Work', done, total: 1000, unit: 'pages' as const });
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a thousand steps in a moment are told as a handful of events, and the end tells the last state', async () => {
  const { told, jobs } = runner();
  jobs.start(
    plan(async (_signal, onProgress) => {
      for (let done = 1; done <= 1000; done++) onProgress(progress(done));
    }),
  );
  await settled();
  expect(told.length).toBeLessThanOrEqual(3);
  expect(told[0]).toMatchObject({ state: 'running', phase: 'Begin', done: 0 });
  expect(told.at(-1)).toMatchObject({ state: 'done', done: 1000, endedAt: expect.any(Number) });
});

test('at most five events a second are sent, and a late one is not swallowed', async () => {
  vi.useFakeTimers();
  try {
    const { told, jobs } = runner();
    const gate = Promise.withResolvers<void>();
    jobs.start(
      plan(async (_signal, onProgress) => {
        for (let done = 1; done <= 100; done++) {
          onProgress(progress(done));
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await gate.promise;
      }),
    );
    await vi.advanceTimersByTimeAsync(3000);
    expect(told.length).toBeLessThanOrEqual(12);
    expect(told.length).toBeGreaterThanOrEqual(9);
    expect(told.at(-1)).toMatchObject({ state: 'running', done: 100 });
    gate.resolve();
    await vi.advanceTimersByTimeAsync(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a cancelled job ends as cancelled at its next safe point', async () => {
  const { told, jobs } = runner();
  const id = jobs.start(
    plan(async (signal) => {
      while (true) {
        signal.throwIfAborted();
        await settled();
      }
    }),
  );
  jobs.cancel(id);
  await jobs.stop();
  expect(told.at(-1)).toMatchObject({ id, state: 'cancelled' });
  expect(jobs.isRunning(id)).toBe(false);
});

test('a job that finishes in spite of being cancelled is done: its work was committed', async () => {
  const { told, jobs } = runner();
  const id = jobs.start(plan(async () => settled().then(() => undefined)));
  await Promise.resolve();
  await Promise.resolve();
  jobs.cancel(id);
  await jobs.stop();
  expect(told.at(-1)?.state).toBe('done');
});

test('a failure that follows a cancellation, but is something else, is told as a failure', async () => {
  const { told, jobs } = runner();
  const id = jobs.start(
    plan(async () => {
      await settled();
      throw new ArchiveError('disk-full', 'The disk is full.');
    }),
  );
  await settled();
  jobs.cancel(id);
  await jobs.stop();
  expect(told.at(-1)).toMatchObject({ state: 'failed', error: { code: 'disk-full' } });
});

test.each([
  ['of the file system', Object.assign(new Error('x'), { code: 'ENOSPC' }), 'disk-full'],
  ['of our own', new ArchiveError('not-found', 'x'), 'not-found'],
  ['that nobody expected', new TypeError('x'), 'internal'],
])('a failure %s is told by its code', async (_what, error, code) => {
  const { told, jobs } = runner();
  const id = jobs.start(plan(() => Promise.reject(error)));
  while (jobs.isRunning(id)) await settled();
  expect(told.at(-1)).toMatchObject({ state: 'failed', error: { code } });
});

test('changes are told at once, then thinned out, and the last one is told when closing', () => {
  vi.useFakeTimers();
  try {
    let told = 0;
    const changes = new ChangeTeller(() => told++);
    changes.changed();
    expect(told).toBe(1);
    for (let n = 0; n < 100; n++) changes.changed();
    expect(told).toBe(1);
    vi.advanceTimersByTime(500);
    expect(told).toBe(2);
    changes.changed();
    changes.close();
    expect(told).toBe(3);
    vi.advanceTimersByTime(5000);
    expect(told).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});
