import { describe, expect, it } from 'vitest';
import { loadOriginal } from '../../../main/archive/store/transcripts.ts';
import { ledgerWindows } from '../../../main/archive/store/windows.ts';
import { archiveStatus } from '../../../main/archive/sync/coverage.ts';
import type { Source } from '../../../preload/model.ts';
import { bench, chat, clientFor, manyChats, messaging, type Bench } from './support.ts';
import { day, hour, minute, noon } from './times.ts';

const longAgo = noon - 394 * day;

function manyMessaging(count: number, from: number, to: number) {
  return Array.from({ length: count }, (_, index) => {
    const start = from + Math.floor(((to - from) * index) / count);
    return messaging({ id: `m${index}`, start, updates: [start + 5 * minute, start + 20 * minute] });
  });
}

function originalOf({ archive }: Bench, source: Source, remoteId: string): string {
  const row = archive.db
    .prepare<[string, string], { rid: number }>('SELECT rid FROM conversation WHERE source = ? AND remote_id = ?')
    .get(source, remoteId);
  if (row === undefined) throw new Error(`${remoteId} is not in the archive`);
  return Buffer.from(loadOriginal(archive.db, row.rid).original).toString('utf8');
}

function dayStates({ archive, clock }: Bench, source: Source): Map<string, string> {
  const status = archiveStatus(archive.db, archive.folder, clock.now());
  const found = status.accounts[0]?.sources.find((one) => one.source === source);
  return new Map((found?.coverage ?? []).map(({ day: name, state }) => [name, state]));
}

describe('a first sync', () => {
  it('brings in every conversation of both sources, whole and byte for byte', async () => {
    const records = [...manyChats(300, longAgo, noon - hour), ...manyMessaging(300, longAgo, noon - hour)];
    const at = bench({ records });
    const report = await at.sync();
    expect(report.complete).toBe(true);
    expect(at.ids('chat')).toHaveLength(300);
    expect(at.ids('messaging')).toHaveLength(300);
    for (const id of ['c0', 'c150', 'c299']) {
      expect(originalOf(at, 'chat', id)).toBe(at.service.world.find('chat', id, noon)?.searchText(noon));
    }
    // Messaging conversations that are over were fetched once more by id, for the complete record.
    expect(originalOf(at, 'messaging', 'm10')).toBe(
      at.service.world.find('messaging', 'm10', noon)?.completeText(noon),
    );
  });

  it('takes few requests: wide windows where little happens', async () => {
    const at = bench({ records: manyChats(300, longAgo, noon - hour), sources: ['chat'] });
    await at.sync();
    expect(at.historyRequests()).toBeLessThan(30);
  });

  it('says per day what the source reported and what is archived', async () => {
    const at = bench({ records: manyChats(300, longAgo, noon - hour), sources: ['chat'] });
    await at.sync();
    const { coverage } = archiveStatus(at.archive.db, '', noon).accounts[0]?.sources[0] ?? { coverage: [] };
    const sealed = coverage.filter(({ state }) => state === 'complete');
    expect(sealed.length).toBeGreaterThan(380);
    expect(sealed.filter(({ reported, archived }) => reported !== archived)).toEqual([]);
    expect(coverage.reduce((sum, { reported }) => sum + (reported ?? 0), 0)).toBe(300);
    expect(dayStates(at, 'chat').get('2026-03-04')).toBe('pending');
    expect(dayStates(at, 'chat').get('2026-03-03')).toBe('pending');
    expect(dayStates(at, 'chat').get('2026-03-02')).toBe('complete');
  });

  it('turns pages where a settled day holds more than one', async () => {
    const at = bench({ records: manyChats(450, noon - 20 * day, noon - 19 * day), sources: ['chat'] });
    const report = await at.sync();
    expect(report.complete).toBe(true);
    expect(at.ids('chat')).toHaveLength(450);
  });

  it('cuts a busy newest day into one-page windows', async () => {
    const at = bench({ records: manyChats(450, noon - 11 * hour, noon - hour), sources: ['chat'] });
    await at.sync();
    expect(at.ids('chat')).toHaveLength(450);
    const rows = ledgerWindows(at.archive.db, { account: 1, source: 'chat' }, noon - 12 * hour, noon + hour);
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) expect(row.count).toBeLessThanOrEqual(100);
  });

  it('cuts a window with more than 2,000 conversations', async () => {
    const at = bench({
      records: manyChats(2300, noon - 60 * day, noon - 57 * day),
      sources: ['chat'],
      since: noon - 90 * day,
    });
    const report = await at.sync();
    expect(report.complete).toBe(true);
    expect(at.ids('chat')).toHaveLength(2300);
  });

  it('leaves what is outside of the account’s and the run’s limits alone, and says so', async () => {
    const at = bench({ records: manyChats(200, noon - 60 * day, noon), sources: ['chat'], since: noon - 40 * day });
    await at.sync({ since: noon - 30 * day, until: noon - 20 * day });
    const starts = at.archive.db.prepare<[], number>('SELECT start_ms FROM conversation').pluck().all();
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(noon - 30 * day);
    expect(Math.max(...starts)).toBeLessThanOrEqual(noon - 20 * day);
    const states = dayStates(at, 'chat');
    expect(states.get('2026-02-10')).toBe('complete');
    expect(states.get('2026-02-20')).toBe('never');
    await at.sync();
    expect(dayStates(at, 'chat').get('2026-02-20')).toBe('complete');
    expect(dayStates(at, 'chat').has('2026-01-20')).toBe(false);
  });
});

describe('a second sync', () => {
  it('changes nothing and asks only for the hot tail, however large the archive is', async () => {
    const requests: number[] = [];
    for (const count of [50, 600]) {
      const at = bench({
        records: [...manyChats(count, longAgo, noon - 3 * day), ...manyMessaging(count, longAgo, noon - 3 * day)],
      });
      await at.sync();
      const before = at.historyRequests();
      const report = await at.sync();
      requests.push(at.historyRequests() - before);
      expect(report.complete).toBe(true);
      for (const { added, changed } of report.accounts[0]?.sources ?? [])
        expect({ added, changed }).toEqual({ added: 0, changed: 0 });
    }
    expect(requests[1]).toBe(requests[0]);
    expect(requests[0]).toBeLessThanOrEqual(12);
  });

  it('stays small when it runs every hour for two days', async () => {
    const at = bench({
      records: manyChats(200, noon - 30 * day, noon + 2 * day),
      sources: ['chat'],
      since: noon - 30 * day,
    });
    await at.sync();
    for (let hours = 0; hours < 48; hours += 1) {
      at.clock.advance(hour);
      const before = at.historyRequests();
      await at.sync();
      expect(at.historyRequests() - before).toBeLessThanOrEqual(9);
    }
  });

  it('finds a chat that was still running, in the past, when it has ended', async () => {
    const late = chat({ id: 'late', start: noon - 20 * hour, end: noon + hour });
    const at = bench({ records: [...manyChats(50, noon - 10 * day, noon), late], sources: ['chat'] });
    await at.sync();
    expect(at.ids('chat')).not.toContain('late');
    at.clock.advance(2 * hour);
    await at.sync();
    expect(at.ids('chat')).toContain('late');
  });

  it('waits longer with sealing once it has seen a longer chat', async () => {
    const long = chat({ id: 'long', start: noon - 10 * day, end: noon - 10 * day + 40 * hour });
    const alike = chat({ id: 'alike', start: noon - 2 * day, end: noon - 2 * day + 70 * hour });
    const at = bench({ records: [long, alike], sources: ['chat'], since: noon - 12 * day });
    await at.sync();
    at.clock.advance(hour);
    await at.sync();
    expect(dayStates(at, 'chat').get('2026-03-02')).toBe('pending');
    at.clock.advance(30 * hour);
    await at.sync();
    expect(at.ids('chat')).toContain('alike');
  });

  it('sees a messaging conversation close that started long before', async () => {
    const start = noon - 200 * day;
    const slow = messaging({ id: 'slow', start, updates: [start + day, noon + hour] });
    const at = bench({ records: [...manyMessaging(100, noon - 300 * day, noon), slow], sources: ['messaging'] });
    await at.sync();
    at.clock.advance(2 * hour);
    const report = await at.sync();
    expect(report.accounts[0]?.sources[0]?.changed).toBe(1);
    expect(originalOf(at, 'messaging', 'slow')).toContain('message 2 of slow');
  });

  it('makes the increment start where the last run began, so that a change during a run is not lost', async () => {
    const start = noon - 50 * day;
    // Changes while the first sync is under way, after its window was read: each page takes ten minutes.
    const busy = messaging({ id: 'busy', start, updates: [noon + 2 * hour + 1] });
    const at = bench({
      records: [busy, ...manyMessaging(60, noon - 390 * day, noon - 60 * day)],
      sources: ['messaging'],
    });
    await at.sync({ onProgress: () => at.clock.advance(10 * minute) });
    at.clock.advance(3 * hour);
    await at.sync();
    expect(originalOf(at, 'messaging', 'busy')).toContain('message 1 of busy');
  });
});

it('what changes while an update run goes on, behind its back, is in the next one', async () => {
  const start = noon - 50 * day;
  const busy = messaging({ id: 'busy', start, updates: [noon + day + 15 * minute, noon + 300 * day] });
  const at = bench({
    records: [busy, ...manyMessaging(60, noon - 390 * day, noon - 60 * day)],
    sources: ['messaging'],
  });
  await at.sync();
  at.clock.advance(day);
  let pages = 0;
  // Its window is read with the first pages; each page from then on takes an hour.
  await at.sync({
    onProgress: () => {
      pages += 1;
      if (pages > 5) at.clock.advance(hour);
    },
  });
  expect(at.clock.now()).toBeGreaterThan(noon + day + 3 * hour);
  expect(originalOf(at, 'messaging', 'busy')).not.toContain('message 1 of busy');
  await at.sync();
  expect(originalOf(at, 'messaging', 'busy')).toContain('message 1 of busy');
});

it('two accounts sync side by side, and one that is refused does not hold up the other', async () => {
  const good = bench({ records: manyChats(30, noon - 9 * day, noon - hour), sources: ['chat'] });
  good.archive.db
    .prepare(
      `INSERT INTO account(account_id, sources, credential_type, request_interval_ms, retry_base_ms, added_ms)
         VALUES ('999', '["chat"]', 'oauth2', 0, 0, 1)`,
    )
    .run();
  const report = await good.sync({
    clientFor: (account) => clientFor({ ...account, domainApi: 'https://demo-account.test' }, good.service, good.clock),
  });
  expect(report.complete).toBe(false);
  const second = report.accounts.find(({ accountId }) => accountId === '999');
  const first = report.accounts.find(({ accountId }) => accountId !== '999');
  expect(first?.sources[0]).toMatchObject({ added: 30 });
  expect(first?.sources[0]?.error).toBeUndefined();
  expect(second?.sources[0]?.error?.code).toBe('not-found');
});
