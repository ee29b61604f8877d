import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../main/archive/demo/faults.ts';
import { listRuns } from '../../../main/archive/store/runs.ts';
import { ledgerWindows } from '../../../main/archive/store/windows.ts';
import type { SyncOptions } from '../../../main/archive/sync/run.ts';
import { findSourceState } from '../../../main/archive/sync/source-state.ts';
import type { SourceSync, SyncReport } from '../../../preload/model.ts';
import { bench, clientFor, manyChats, messaging, type Bench } from './support.ts';
import { day, hour, minute, noon } from './times.ts';

const chatKey = { account: 1, source: 'chat' } as const;

function smallBench(): Bench {
  return bench({ records: manyChats(40, noon - 20 * day, noon - 3 * day), sources: ['chat'], since: noon - 21 * day });
}

function only(report: SyncReport): SourceSync {
  const source = report.accounts[0]?.sources[0];
  if (source === undefined) throw new Error('The report has no source.');
  return source;
}

async function recovers(at: Bench): Promise<void> {
  at.faults.heal();
  const report = await at.sync();
  expect(report.complete).toBe(true);
  expect(at.ids('chat')).toHaveLength(40);
}

describe('a troubled service', () => {
  const passing: FaultKind[] = ['partial-result', 'server-error', 'unavailable', 'cut-off', 'reset', 'rate-limited'];
  for (const kind of passing) {
    it(`is asked again after one ${kind}, and the sync is complete`, async () => {
      const at = smallBench();
      at.faults.once(kind, 1);
      const report = await at.sync();
      expect(report.complete).toBe(true);
      expect(at.ids('chat')).toHaveLength(40);
    });
  }

  it('whose token was revoked is signed in to again, once', async () => {
    const at = smallBench();
    const clientOf: SyncOptions['clientFor'] = (account) => clientFor(account, at.service, at.clock, 'oauth2');
    let pages = 0;
    const report = await at.sync({
      clientFor: clientOf,
      onProgress: () => {
        pages += 1;
        if (pages === 2) at.service.revokeTokens();
      },
    });
    expect(report.complete).toBe(true);
    expect(at.service.stats.byRoute.token).toBe(2);
  });

  it('that answers for a part of its index never gets a window sealed', async () => {
    const at = smallBench();
    at.faults.setChances({ 'partial-result': 1 });
    const report = await at.sync();
    expect(report.complete).toBe(false);
    expect(only(report).error?.code).toBe('source-unavailable');
    expect(ledgerWindows(at.archive.db, chatKey).filter(({ state }) => state === 'sealed')).toEqual([]);
    await recovers(at);
  });

  it('that lies about its count is asked again, and the truth is told when it goes on', async () => {
    const at = smallBench();
    at.faults.once('count-lie', 1);
    expect((await at.sync()).complete).toBe(true);
    const other = smallBench();
    other.faults.setChances({ 'count-lie': 1 });
    const report = await other.sync();
    expect(report.complete).toBe(false);
    for (const row of ledgerWindows(other.archive.db, chatKey)) {
      expect(row.state === 'sealed' && row.problem === null && row.count !== row.received).toBe(false);
    }
  });

  it('that says "nothing there" once is not believed', async () => {
    const at = smallBench();
    for (let request = 0; request < 6; request += 1) {
      const fresh = smallBench();
      let asked = 0;
      await fresh.sync({
        onProgress: () => {
          asked += 1;
          if (asked === request) fresh.faults.once('no-content', 1);
        },
      });
      expect(fresh.ids('chat')).toHaveLength(40);
    }
    await at.sync();
  });

  it('whose one window always fails costs that window, cut down as far as one run may, and nothing else', async () => {
    const poison = noon - 10 * day + 5 * minute;
    const records = [...manyChats(40, noon - 20 * day, noon - 3 * day)];
    const at = bench({ records, sources: ['chat'], since: noon - 21 * day });
    const handle = at.service.handle.bind(at.service);
    at.service.handle = (request) => {
      const start = request.body.includes('"start"')
        ? (JSON.parse(request.body) as { start: { from: number; to: number } }).start
        : null;
      if (start !== null && start.from <= poison && start.to >= poison) at.faults.once('server-error', 1);
      return handle(request);
    };
    const report = await at.sync();
    expect(report.complete).toBe(false);
    expect(only(report).error).toBeUndefined();
    expect(at.ids('chat').length).toBeGreaterThanOrEqual(38);
    const gaps = ledgerWindows(at.archive.db, chatKey).filter(({ state }) => state === 'gap');
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.problem).toContain('trouble');
    expect((gaps[0]?.to ?? 0) - (gaps[0]?.from ?? 0)).toBe(10 * minute);
    at.service.handle = handle;
    await recovers(at);
  });

  it('with more than 5,000 conversations in ten minutes leaves a visible gap instead of going deeper', async () => {
    const records = manyChats(5150, noon - 10 * day, noon - 10 * day + 9 * minute);
    const at = bench({ records, sources: ['chat'], since: noon - 11 * day });
    const report = await at.sync();
    expect(report.complete).toBe(false);
    expect(only(report).windowsIncomplete).toBe(1);
    const [gap] = ledgerWindows(at.archive.db, chatKey).filter(({ state }) => state === 'gap');
    expect(gap?.to).toBe((gap?.from ?? 0) + 10 * minute);
    expect(gap?.problem).toContain('5000');
    expect(at.ids('chat')).toHaveLength(5000);
  }, 60_000);

  it('that is gone ends the run with its error, keeps what came, and makes scheduled runs wait longer each time', async () => {
    const at = smallBench();
    at.faults.set({ outage: true });
    const waits: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const report = await at.sync();
      expect(report.complete).toBe(false);
      expect(only(report).error?.code).toMatch(/^(?:network-offline|source-unavailable)$/u);
      waits.push((findSourceState(at.archive.db, chatKey)?.notBeforeMs ?? 0) - at.clock.now());
    }
    expect(waits).toEqual([2, 4, 8, 15, 15].map((minutes) => minutes * minute));
    await recovers(at);
    expect(findSourceState(at.archive.db, chatKey)).toMatchObject({ failures: 0, notBeforeMs: null, errorCode: null });
  });

  it.each([
    ['an expired secret', { expiredSecret: true }, 'oauth2', 'source-unauthorised'],
    ['a revoked permission', { revokedPermission: ['chat'] }, 'oauth1', 'source-forbidden'],
    ['a captive portal', { captivePortal: true }, 'oauth1', 'network-offline'],
  ] as const)('with %s ends with the right code', async (_, switches, credentials, code) => {
    const at = smallBench();
    at.faults.set(switches);
    const report = await at.sync({ clientFor: (account) => clientFor(account, at.service, at.clock, credentials) });
    expect(only(report).error).toMatchObject({ code });
    expect(only(report).error?.hint).toBeTruthy();
    expect(findSourceState(at.archive.db, chatKey)?.errorCode).toBe(code);
    await recovers(at);
  });

  it('that refuses one API does not keep the other from being archived', async () => {
    const records = [
      ...manyChats(10, noon - 9 * day, noon - 3 * day),
      messaging({ id: 'm', start: noon - 5 * day, updates: [] }),
    ];
    const at = bench({ records, since: noon - 10 * day });
    at.faults.set({ revokedPermission: ['chat'] });
    const report = await at.sync();
    expect(report.complete).toBe(false);
    expect(report.accounts[0]?.sources.map(({ error }) => error?.code)).toEqual(['source-forbidden', undefined]);
    expect(at.ids('messaging')).toEqual(['m']);
  });
});

it('a full disk ends the run with its own code; what was committed stays, and the next run completes', async () => {
  const at = bench({ records: manyChats(400, noon - 300 * day, noon - 3 * day), sources: ['chat'] });
  const { db } = at.archive;
  const pages = db.pragma('page_count', { simple: true }) as number;
  db.pragma(`max_page_count = ${pages + 12}`);
  const report = await at.sync();
  expect(report.complete).toBe(false);
  expect(only(report).error).toMatchObject({ code: 'disk-full' });
  expect(at.ids('chat').length).toBeLessThan(400);
  expect(only(report).added).toBe(at.ids('chat').length);
  db.pragma('max_page_count = 1000000');
  expect((await at.sync()).complete).toBe(true);
  expect(at.ids('chat')).toHaveLength(400);
});

describe('while pages are turned', () => {
  const crowded = () =>
    bench({
      records: manyChats(350, noon - 10 * day, noon - 10 * day + 5 * hour),
      sources: ['chat'],
      since: noon - 11 * day,
    });

  it('a record that appears before the offset makes the window be read again', async () => {
    const at = crowded();
    at.faults.once('insert', 1);
    const report = await at.sync();
    expect(report.complete).toBe(true);
    expect(at.ids('chat')).toHaveLength(350);
  });

  it('a record that expires before the offset does not hide the one that slips over the page’s edge', async () => {
    const at = crowded();
    at.faults.once('vanish', 1);
    await at.sync();
    expect(at.ids('chat').length).toBeGreaterThanOrEqual(349);
  });

  it('a full last page is not believed to be the last before the next one was empty', async () => {
    const at = bench({
      records: manyChats(4, noon - 6 * day, noon - 5 * day),
      sources: ['chat'],
      since: noon - 7 * day,
    });
    at.faults.once('insert', 1);
    const report = await at.sync({ pageSize: 3 });
    expect(report.complete).toBe(true);
    expect(at.ids('chat')).toHaveLength(4);
  });

  it('updates of messaging that could not be read to their end are asked for again, from the same time on', async () => {
    const start = noon - 5 * day;
    const talk = messaging({ id: 'talk', start, updates: [noon + hour, noon + 90 * day] });
    const at = bench({ records: [talk], sources: ['messaging'], since: noon - 6 * day });
    await at.sync();
    at.clock.advance(2 * hour);
    const handle = at.service.handle.bind(at.service);
    at.service.handle = (request) => {
      if (request.body.includes('latestUpdateTime')) at.faults.once('server-error', 1);
      return handle(request);
    };
    const report = await at.sync();
    expect(report.complete).toBe(false);
    expect(at.archive.db.prepare('SELECT message_count FROM conversation').pluck().get()).toBe(1);
    at.service.handle = handle;
    at.clock.advance(6 * hour);
    expect((await at.sync()).complete).toBe(true);
    expect(at.archive.db.prepare('SELECT message_count FROM conversation').pluck().get()).toBe(2);
  });

  it('ties that come in another order each time don’t cost a record', async () => {
    const start = noon - 10 * day + 3 * minute;
    const records = Array.from({ length: 230 }, (_, index) => messaging({ id: `t${index}`, start, updates: [] }));
    const at = bench({ records, sources: ['messaging'], since: noon - 11 * day });
    at.faults.set({ reorderTies: true });
    let syncs = 0;
    do {
      await at.sync();
      syncs += 1;
    } while (at.ids('messaging').length < 230 && syncs < 20);
    expect(at.ids('messaging')).toHaveLength(230);
  });
});

describe('the sync log', () => {
  it('tells each run with its numbers, and what went wrong in plain words', async () => {
    const at = smallBench();
    await at.sync();
    at.faults.set({ outage: true });
    await at.sync();
    const [second, first] = listRuns(at.archive.db, { limit: 10 });
    expect(first).toMatchObject({ state: 'complete', added: 40, source: 'chat', accountId: '70000001', error: null });
    expect(second).toMatchObject({ state: 'failed', added: 0 });
    expect(second?.error?.message).toMatch(/\.$/u);
  });

  it('says of a run that was killed that it was interrupted', async () => {
    const at = smallBench();
    at.archive.db
      .prepare(`INSERT INTO sync_run(account, source, started_ms, state) VALUES (1, 'chat', 5, 'running')`)
      .run();
    await at.sync();
    expect(listRuns(at.archive.db, { limit: 10 }).map(({ state }) => state)).toEqual(['complete', 'interrupted']);
  });
});
