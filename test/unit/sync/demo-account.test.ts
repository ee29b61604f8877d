import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/archive/clock.ts';
import { createDemoWorld } from '../../../main/archive/demo/demo-world.ts';
import { startDemoService, type RunningDemo } from '../../../main/archive/demo/service.ts';
import { createHistoryClient } from '../../../main/archive/liveperson/connect.ts';
import { noLog } from '../../../main/archive/log.ts';
import { addAccount } from '../../../main/archive/store/accounts.ts';
import { loadOriginal } from '../../../main/archive/store/transcripts.ts';
import { archiveStatus } from '../../../main/archive/sync/coverage.ts';
import { runSync } from '../../../main/archive/sync/run.ts';
import type { SyncReport } from '../../../preload/model.ts';
import { archivedIds, memoryArchive } from './support.ts';

/** The whole way: the demo account behind real HTTP on loopback, both sources, thirteen months. */
describe('the demo account', () => {
  const archive = memoryArchive();
  const now = Date.now();
  let service: RunningDemo;
  const sync = (): Promise<SyncReport> =>
    runSync(archive, {
      clientFor: (account) =>
        createHistoryClient({
          account,
          credentials: () => Promise.resolve(service.address.oauth2),
          clock: systemClock,
          log: noLog,
        }),
      clock: systemClock,
      log: noLog,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onChanged: () => undefined,
    });

  beforeAll(async () => {
    service = await startDemoService({ port: 0, world: createDemoWorld({ now }), now: () => now });
    addAccount(
      archive.db,
      {
        accountId: service.address.accountId,
        sources: ['chat', 'messaging'],
        domainApi: service.address.origin,
        requestIntervalMs: 0,
        retryBaseMs: 0,
      },
      'oauth2',
      { demo: true, now },
    );
  });
  afterAll(() => service.close());

  it('comes in whole: every conversation it holds, each original as it was sent', async () => {
    const report = await sync();
    expect(report.complete).toBe(true);
    for (const source of ['chat', 'messaging'] as const) {
      const shown = service.world.records(source, now).filter((record) => record.versionAt(now) !== null);
      expect(shown.length).toBeGreaterThan(500);
      expect(archivedIds(archive, source)).toEqual(shown.map(({ remoteId }) => remoteId).toSorted());
      for (const record of shown) {
        const row = archive.db
          .prepare<[string, string], { rid: number }>('SELECT rid FROM conversation WHERE source = ? AND remote_id = ?')
          .get(source, record.remoteId);
        const original = Buffer.from(loadOriginal(archive.db, row?.rid ?? 0).original).toString('utf8');
        expect([record.searchText(now), record.completeText(now)]).toContain(original);
      }
    }
  }, 60_000);

  it('is covered day by day with equal numbers', () => {
    for (const { coverage } of archiveStatus(archive.db, '', Date.now()).accounts[0]?.sources ?? []) {
      const complete = coverage.filter(({ state }) => state === 'complete');
      expect(complete.length).toBeGreaterThan(385);
      expect(complete.filter(({ reported, archived }) => reported !== archived)).toEqual([]);
    }
  });

  it('is asked little the second time, and nothing changes', async () => {
    const before = service.stats.total;
    const report = await sync();
    expect(report.complete).toBe(true);
    expect(service.stats.total - before).toBeLessThanOrEqual(24);
    for (const { added, changed, windowsIncomplete } of report.accounts[0]?.sources ?? []) {
      expect({ added, changed, windowsIncomplete }).toEqual({ added: 0, changed: 0, windowsIncomplete: 0 });
    }
  });
});
