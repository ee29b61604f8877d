import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Output } from '../../preload/contract.ts';
import type { Reply } from '../../preload/envelope.ts';
import { forkEngineProcess } from '../../main/host/fork-engine.ts';
import { ask, eventually, jobEnd, startHost, type TestHost } from './support.ts';

const slowEngine = fileURLToPath(new URL('./slow-engine.ts', import.meta.url));

const startSlowHost = () => startHost({ forkEngine: (role) => forkEngineProcess(slowEngine, role) });

function count({ host }: TestHost, query: string, callId?: string): Promise<Reply<Output<'search.count'>>> {
  return host.call('search.count', { query }, { callId }) as Promise<Reply<Output<'search.count'>>>;
}

/** Lines of what the engines began to work on. */
function attempts({ folder }: TestHost): string[] {
  try {
    return readFileSync(join(folder, 'attempts.txt'), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

async function begun(slow: TestHost, query: string): Promise<void> {
  while (!attempts(slow).some((line) => line.endsWith(` ${query}`))) await new Promise((go) => setTimeout(go, 10));
}

function pidOf(reply: Reply<Output<'search.count'>>): number {
  return reply.ok ? reply.value.total : -1;
}

test('cancelling a running read answers at once, kills its reader, and lets waiting reads go on in a new one', async () => {
  const slow = await startSlowHost();
  const before = pidOf(await count(slow, 'first'));
  const busy = count(slow, 'busy', 'the-busy-call');
  await begun(slow, 'busy');
  const waiting = [count(slow, 'second'), count(slow, 'third')];
  slow.host.cancel('the-busy-call');
  expect(await busy).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  const after = await Promise.all(waiting);
  expect(after).toMatchObject([
    { ok: true, value: { understoodAs: 'second' } },
    { ok: true, value: { understoodAs: 'third' } },
  ]);
  expect(pidOf(after[0]!)).not.toBe(before);
  expect(() => process.kill(before, 0)).toThrow('ESRCH');
  expect(slow.events).not.toContainEqual(expect.objectContaining({ type: 'engine-restarted' }));
});

test('cancelling a waiting read never reaches the reader', async () => {
  const slow = await startSlowHost();
  const first = count(slow, 'busy', 'first');
  await begun(slow, 'busy');
  const waiting = count(slow, 'never', 'waiting');
  slow.host.cancel('waiting');
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  slow.host.cancel('first');
  await first;
  await count(slow, 'last');
  expect(attempts(slow).filter((line) => line.endsWith('never'))).toEqual([]);
});

test('reads whose reader is killed from outside are answered by the next one', async () => {
  const slow = await startSlowHost();
  const pid = pidOf(await count(slow, 'first'));
  const answers = ['a', 'b', 'c'].map((query) => count(slow, query));
  process.kill(pid, 'SIGKILL');
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ ok: true });
  await eventually(slow, (event) => event.type === 'engine-restarted');
});

test('a read that takes its reader down twice fails, and the reads behind it are answered', async () => {
  const slow = await startSlowHost();
  const crash = count(slow, 'crash');
  const behind = count(slow, 'behind');
  expect(await crash).toMatchObject({ ok: false, error: { code: 'engine-restarted', retryable: true } });
  expect(await behind).toMatchObject({ ok: true });
  expect(attempts(slow).filter((line) => line.endsWith('crash'))).toHaveLength(2);
});

test('pages are answered while a count is busy, because each lane has its own reader', async () => {
  const slow = await startSlowHost();
  const busy = count(slow, 'busy', 'busy');
  await begun(slow, 'busy');
  const reply = await slow.host.call('search.page', { query: 'page' });
  // The made-up answer is no page; that it came from a reader of its own is what matters.
  expect(reply).toMatchObject({ ok: false, error: { code: 'internal', message: expect.stringContaining('contract') } });
  slow.host.cancel('busy');
  await busy;
});

test('closing the host ends busy readers and leaves no process behind', async () => {
  const slow = await startSlowHost();
  await count(slow, 'first');
  const busy = count(slow, 'busy', 'busy');
  await begun(slow, 'busy');
  const pid = slow.host.enginePids()['count'] ?? 0;
  await slow.host.close();
  expect(await busy).toMatchObject({ ok: false });
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a cancelled job that hears nothing is ended with its reader, and told as cancelled', async () => {
  const slow = await startSlowHost();
  const { jobId } = await ask(slow.host, 'export.start', { query: 'stuck-job', formats: ['csv'], out: '/tmp/never' });
  await ask(slow.host, 'jobs.cancel', { jobId });
  expect(await jobEnd(slow, jobId)).toMatchObject({ state: 'cancelled' });
  expect(slow.host.enginePids()['work']).toBeUndefined();
  expect(await ask(slow.host, 'jobs.list', {})).toMatchObject([{ id: jobId, state: 'cancelled' }]);
});

test('readers that were warmed up answer the first call', async () => {
  const slow = await startSlowHost();
  slow.host.warmUp();
  while (slow.host.enginePids()['count'] === undefined) await new Promise((go) => setTimeout(go, 10));
  const warm = slow.host.enginePids()['count'];
  expect(pidOf(await count(slow, 'first'))).toBe(warm);
});

test('what engines warn of is told once, by an event and in the app info', async () => {
  const slow = await startSlowHost();
  await count(slow, 'first');
  await slow.host.call('search.page', { query: 'second' });
  expect(await ask(slow.host, 'app.info', {})).toMatchObject({ notices: ['This engine is slow.'] });
  expect(slow.events.filter(({ type }) => type === 'notices-changed')).toHaveLength(1);
});
