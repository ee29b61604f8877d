import { expect, test } from 'vitest';
import { ask, jobEnd, startHost } from './support.ts';

// A whole sync over real HTTP takes its time on a machine that is busy with other tests.
test(
  'the demo account is connected, synced, searched, and found unchanged by a second sync',
  { timeout: 180_000 },
  async () => {
    const started = await startHost();
    const { host } = started;
    const account = await ask(host, 'demo.connect', {});
    const first = await jobEnd(started, (await ask(host, 'sync.start', {})).jobId);
    expect(first).toMatchObject({ kind: 'sync', state: 'done', result: { complete: true } });
    const { total } = await ask(host, 'search.count', { query: '' });
    expect(total).toBeGreaterThan(1000);
    expect(started.events).toContainEqual({ type: 'archive-changed' });

    const second = await jobEnd(started, (await ask(host, 'sync.start', {})).jobId);
    if (second.kind !== 'sync') throw new Error('not a sync');
    const sources = second.result?.accounts.flatMap((synced) => synced.sources) ?? [];
    // The demo account is alive: a conversation may begin, or gain a message, between the two.
    for (const { added, changed } of sources) expect(added + changed).toBeLessThanOrEqual(3);
    expect(await ask(host, 'search.count', { query: '' })).toMatchObject({ total });
    expect((await ask(host, 'status.get', {})).accounts).toMatchObject([{ accountId: account.accountId, demo: true }]);
  },
);

test('a demo account that is there from before is served again when it is synced', { timeout: 180_000 }, async () => {
  const before = await startHost();
  await ask(before.host, 'demo.connect', {});
  await before.host.close();
  const after = await startHost({ archiveFolder: before.folder });
  const { jobId } = await ask(after.host, 'sync.start', { source: 'chat', since: Date.now() - 3 * 86_400_000 });
  expect(await jobEnd(after, jobId)).toMatchObject({ state: 'done' });
});
