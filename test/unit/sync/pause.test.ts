import { expect, it } from 'vitest';
import { listRuns } from '../../../main/archive/store/runs.ts';
import { pauseAccount, pausedAccounts, resumeAccount } from '../../../main/archive/sync/pause.ts';
import type { SyncProgress } from '../../../main/archive/sync/progress.ts';
import { isArchiveError } from './errors.ts';
import { bench, manyChats } from './support.ts';
import { day, hour, noon } from './times.ts';

const account = '70000001';
const months = () => bench({ records: manyChats(300, noon - 300 * day, noon - hour), sources: ['chat'] });

it('a cancelled sync keeps what came, says so, and the next one goes on from there', async () => {
  const at = months();
  const stop = new AbortController();
  let pages = 0;
  const cancelled = at.sync({
    signal: stop.signal,
    onProgress: () => {
      pages += 1;
      if (pages === 12) stop.abort();
    },
  });
  await expect(cancelled).rejects.toSatisfy((error) => isArchiveError(error, 'cancelled'));
  const kept = at.ids('chat').length;
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThan(300);
  expect(listRuns(at.archive.db, { limit: 1 })[0]?.state).toBe('cancelled');
  const before = at.historyRequests();
  const report = await at.sync();
  expect(at.ids('chat')).toHaveLength(300);
  expect(report.accounts[0]?.sources[0]?.added).toBe(300 - kept);
  expect(at.historyRequests() - before).toBeLessThan(25);
});

it('an account that is paused stops at its next page and is left out of scheduled syncs only', async () => {
  const at = months();
  let pages = 0;
  const report = await at.sync({
    onProgress: () => {
      pages += 1;
      if (pages === 8) pauseAccount(at.archive.db, account);
    },
  });
  expect(report.complete).toBe(false);
  expect(report.accounts[0]?.sources[0]?.error).toBeUndefined();
  expect(at.ids('chat').length).toBeLessThan(300);
  expect((await at.sync({ scheduled: true })).accounts).toEqual([]);
  expect((await at.sync({ accounts: [account] })).complete).toBe(true);
  resumeAccount(at.archive.db, account);
  expect([...pausedAccounts(at.archive.db)]).toEqual([]);
  expect((await at.sync({ scheduled: true })).accounts).toHaveLength(1);
});

it('progress counts days, never goes back, and reaches its total', async () => {
  const at = months();
  const seen: SyncProgress[] = [];
  await at.sync({ onProgress: (progress) => seen.push(progress) });
  const total = seen[0]?.total ?? 0;
  expect(total).toBeGreaterThan(390);
  for (const [index, { done, total: now }] of seen.entries()) {
    expect(now).toBe(total);
    expect(done).toBeGreaterThanOrEqual(seen[index - 1]?.done ?? 0);
    expect(done).toBeLessThanOrEqual(total);
  }
  expect(seen.at(-1)?.done).toBe(total);
  expect(seen.at(-1)?.phase).toContain('300 conversations');
});

it('an account without credentials has nothing to sync with', async () => {
  const at = months();
  at.archive.db.prepare(`UPDATE account SET credential_type = 'none'`).run();
  expect(await at.sync()).toEqual({ accounts: [], complete: true });
});
