import { describe, expect, it } from 'vitest';
import { listRuns } from '../../../main/archive/store/runs.ts';
import { ledgerWindows } from '../../../main/archive/store/windows.ts';
import { coverageDays } from '../../../main/archive/sync/coverage-days.ts';
import { findSourceState } from '../../../main/archive/sync/source-state.ts';
import { bench, chat, clientFor, manyChats, messaging, type Bench, type BenchOptions } from './support.ts';
import { day, hour, noon } from './times.ts';
import type { HistoryClient } from '../../../main/archive/liveperson/history-client.ts';

/** A bench whose computer shows another time than the service; `skew.ms` is how much more. */
function skewedBench(options: BenchOptions): { at: Bench; skew: { ms: number }; setSkew(ms: number): void } {
  const skew = { ms: 0 };
  const at: Bench = bench({ ...options, credentials: 'oauth2', serviceNow: () => at.clock.now() - skew.ms });
  return {
    at,
    skew,
    setSkew(ms) {
      at.clock.advance(ms - skew.ms);
      skew.ms = ms;
    },
  };
}

const late = chat({ id: 'late', start: noon - 3 * hour, end: noon + 5 * hour });
const records = [...manyChats(60, noon - 12 * day, noon - hour), late];
const options: BenchOptions = { records, sources: ['chat'], since: noon - 14 * day };
const chatKey = { account: 1, source: 'chat' } as const;

function sealedUpTo(at: Bench): number {
  return Math.max(
    ...ledgerWindows(at.archive.db, chatKey)
      .filter(({ state }) => state === 'sealed')
      .map(({ to }) => to),
  );
}

describe.each([2 * hour, 3 * day, 40 * day, 500 * day])('a clock that is ahead by %d ms', (ahead) => {
  it('seals nothing that can still grow, and nothing is lost when it is put right', async () => {
    const { at, setSkew } = skewedBench(options);
    setSkew(ahead);
    await at.sync();
    expect(sealedUpTo(at)).toBeLessThanOrEqual(noon - 26 * hour);
    setSkew(0);
    at.clock.advance(6 * hour);
    const report = await at.sync();
    expect(report.complete).toBe(true);
    expect(at.ids('chat')).toHaveLength(61);
  });

  it('does not move the mark of messaging’s updates into the future', async () => {
    const start = noon - 9 * day;
    const talk = messaging({ id: 'talk', start, updates: [noon + hour, noon + 2 * hour] });
    const { at, setSkew } = skewedBench({ records: [talk], sources: ['messaging'], since: noon - 14 * day });
    setSkew(ahead);
    await at.sync();
    expect(findSourceState(at.archive.db, { account: 1, source: 'messaging' })?.markMs).toBeLessThanOrEqual(noon);
    setSkew(0);
    at.clock.advance(3 * hour);
    await at.sync();
    const count = at.archive.db.prepare('SELECT message_count FROM conversation').pluck().get();
    expect(count).toBe(3);
  });
});

describe.each([-2 * hour, -3 * day, -500 * day])('a clock that is behind by %d ms', (behind) => {
  it('still brings in the newest conversations, and everything once it is put right', async () => {
    const { at, setSkew } = skewedBench(options);
    setSkew(behind);
    await at.sync();
    expect(at.ids('chat')).toHaveLength(60);
    setSkew(0);
    at.clock.advance(2 * day);
    const report = await at.sync();
    expect(report.complete).toBe(true);
    expect(at.ids('chat')).toHaveLength(61);
    expect(sealedUpTo(at)).toBeGreaterThan(noon - day);
  });
});

it('a clock that is set back between runs loses nothing and is written down', async () => {
  const { at, setSkew } = skewedBench(options);
  await at.sync();
  at.clock.advance(hour);
  setSkew(-30 * day);
  await at.sync();
  expect(
    listRuns(at.archive.db, { limit: 1 })[0]
      ?.events.map(({ text }) => text)
      .join(' '),
  ).toContain('differ by');
  setSkew(0);
  at.clock.advance(9 * hour);
  await at.sync();
  expect(at.ids('chat')).toHaveLength(61);
});

/** A service that does not say what time it is: then there is only our own clock. */
function withoutDate(client: HistoryClient): HistoryClient {
  return {
    get requestCount() {
      return client.requestCount;
    },
    search: async (request, signal) => ({ ...(await client.search(request, signal)), serverTime: undefined }),
    fetchByIds: async (...parameters) => ({ ...(await client.fetchByIds(...parameters)), serverTime: undefined }),
    connect: (source, signal) => client.connect(source, signal),
  };
}

it('what a clock that was ahead has sealed is opened again when it is put right, even if the service tells no time', async () => {
  const { at, setSkew } = skewedBench(options);
  const clientOf = (account: Parameters<typeof clientFor>[0]) =>
    withoutDate(clientFor(account, at.service, at.clock, 'oauth2'));
  setSkew(3 * day);
  await at.sync({ clientFor: clientOf });
  expect(sealedUpTo(at)).toBeGreaterThan(noon);
  setSkew(0);
  const today = { from: noon, to: noon + 1 };
  expect(coverageDays(at.archive.db, chatKey, today, at.clock.now())[0]?.state).not.toBe('complete');
  at.clock.advance(6 * hour);
  await at.sync({ clientFor: clientOf });
  expect(at.ids('chat')).toHaveLength(61);
  expect(sealedUpTo(at)).toBeLessThanOrEqual(noon);
});
