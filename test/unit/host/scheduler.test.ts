import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Reply } from '../../../preload/envelope.ts';
import { Scheduler } from '../../../main/host/scheduler.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function scheduler(reply: Reply<unknown> = { ok: true, value: { jobId: null, nextAt: null } }) {
  const asked: { name: unknown; input: unknown }[] = [];
  const logged: string[] = [];
  const created = new Scheduler({
    call: async (name, input) => (asked.push({ name, input }), reply),
    log: (_level, event) => void logged.push(event),
  });
  return { created, asked, logged };
}

test('the writer is asked soon after the start and then every minute, until the host closes', async () => {
  const { created, asked } = scheduler();
  created.start();
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(asked).toHaveLength(5);
  expect(asked[0]).toEqual({
    name: 'sync.startDue',
    input: { appStartedAt: 1_000_000, resumedAt: null, metered: null, onBattery: null },
  });
  created.stop();
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(asked).toHaveLength(5);
});

test('what the computer tells about power, network and waking up is passed on', async () => {
  const { created, asked } = scheduler();
  const wakers: (() => void)[] = [];
  created.start({ onBattery: () => true, metered: () => false, onResume: (listener) => void wakers.push(listener) });
  await vi.advanceTimersByTimeAsync(10_000);
  for (const wake of wakers) wake();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked.map(({ input }) => input)).toMatchObject([
    { onBattery: true, metered: false, resumedAt: null },
    { onBattery: true, metered: false, resumedAt: 1_010_000 },
  ]);
});

const failed = (code: 'archive-locked' | 'disk-full'): Reply<unknown> => ({
  ok: false,
  error: { code, message: '', retryable: true },
});

test('an archive that another host writes to is its business, other failures are logged, and asking goes on', async () => {
  const locked = scheduler(failed('archive-locked'));
  locked.created.start();
  const failing = scheduler(failed('disk-full'));
  failing.created.start();
  await vi.advanceTimersByTimeAsync(70_000);
  expect([locked.asked.length, locked.logged]).toEqual([2, []]);
  expect(failing.logged).toEqual(['schedule-check-failed', 'schedule-check-failed']);
});

test('starting twice asks no more often', async () => {
  const { created, asked } = scheduler();
  created.start();
  created.start();
  await vi.advanceTimersByTimeAsync(70_000);
  expect(asked).toHaveLength(2);
});
