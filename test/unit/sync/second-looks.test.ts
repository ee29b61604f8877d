import { describe, expect, it } from 'vitest';
import type { ScriptedRecord } from '../../../main/archive/demo/scripted-world.ts';
import { ledgerWindows, unreadWindow } from '../../../main/archive/store/windows.ts';
import { archiveStatus } from '../../../main/archive/sync/coverage.ts';
import { auditBudget, auditsDue, looksDue } from '../../../main/archive/sync/second-look.ts';
import { bench, chat, manyChats, type Bench } from './support.ts';
import { day, hour, minute, noon } from './times.ts';

const chatKey = { account: 1, source: 'chat' } as const;
const sealed = (from: number, readMs: number, count = 1) => ({
  ...unreadWindow(noon + from * day, noon + (from + 1) * day),
  state: 'sealed' as const,
  readMs,
  count,
});

describe('which days are looked at again', () => {
  it('those that reached three or thirty-five days since they were read', () => {
    const now = noon + 40 * day;
    const rows = [
      sealed(0, noon + 2 * day),
      sealed(10, noon + 12 * day),
      sealed(20, noon + 30 * day),
      sealed(35, noon + 37 * day),
      sealed(38, noon + 39 * day),
    ];
    expect(looksDue(rows, now, 9).map(({ from }) => (from - noon) / day)).toEqual([0, 10, 35]);
  });

  it('neighbours together as long as they fit into one page, and no more than a run may take', () => {
    const rows = [0, 1, 2, 3, 4].map((index) => sealed(index, noon + (index + 2) * day, 30));
    const now = noon + 30 * day;
    expect(looksDue(rows, now, 9).map(({ from, to }) => (to - from) / day)).toEqual([2, 2, 1]);
    expect(looksDue(rows, now, 1)).toHaveLength(1);
  });

  it('days first read at a great age need none', () => {
    expect(looksDue([sealed(0, noon + 36 * day)], noon + 200 * day, 9)).toEqual([]);
  });
});

describe('which days are counted again', () => {
  it('those not read or counted for thirty days, longest ago first', () => {
    const rows = [
      sealed(0, noon),
      { ...sealed(1, noon), auditedMs: noon + 20 * day },
      sealed(2, noon - day),
      sealed(3, noon + 25 * day),
    ];
    expect(auditsDue(rows, noon + 31 * day, 9).map(({ from }) => (from - noon) / day)).toEqual([2, 0]);
  });

  it('all within a month, however often syncs run, but few per run', () => {
    for (const interval of [15 * minute, hour, day, 30 * day]) {
      const runsPerMonth = (30 * day) / interval;
      expect(auditBudget(interval) * runsPerMonth).toBeGreaterThanOrEqual(400);
    }
    expect(auditBudget(15 * minute)).toBeLessThanOrEqual(3);
  });
});

/** A chat whose survey came in after the hot tail had left it. */
function lateSurvey(): ScriptedRecord {
  const start = noon - hour;
  const first = chat({ id: 'survey', start, end: start + minute });
  const text = first.steps[0]?.text ?? '';
  const later = text.replace('"sdes"', '"surveys":{"postChat":[{"displayName":"Solved?","value":"Yes"}]},"sdes"');
  return { ...first, steps: [...first.steps, { at: noon + 60 * hour, text: later }] };
}

async function syncDaily(at: Bench, days: number): Promise<void> {
  for (let count = 0; count < days; count += 1) {
    at.clock.advance(day);
    await at.sync();
  }
}

describe('over weeks', () => {
  it('a survey that came after two days is found by the look at three days', async () => {
    const at = bench({ records: [lateSurvey()], sources: ['chat'], since: noon - 5 * day });
    await at.sync();
    await syncDaily(at, 5);
    expect(at.archive.db.prepare('SELECT version FROM conversation').pluck().get()).toBe(2);
  });

  it('a chat that turns up in a sealed day is found by the monthly count, and the day is complete again', async () => {
    const start = noon - 40 * day;
    const ghost: ScriptedRecord = {
      ...chat({ id: 'ghost', start, end: start + hour }),
      steps: chat({ id: 'ghost', start, end: noon + 3 * day }).steps,
    };
    const at = bench({
      records: [...manyChats(45, noon - 45 * day, noon - 2 * day), ghost],
      sources: ['chat'],
      since: noon - 45 * day,
    });
    await at.sync();
    await syncDaily(at, 29);
    expect(at.ids('chat')).not.toContain('ghost');
    await syncDaily(at, 12);
    expect(at.ids('chat')).toContain('ghost');
    const [row] = ledgerWindows(at.archive.db, chatKey, start, start + 1);
    expect(row).toMatchObject({ state: 'sealed', problem: null });
  });

  it('every sealed day is counted once a month, at a bounded number of requests a run', async () => {
    const at = bench({ records: manyChats(20, noon - 390 * day, noon), sources: ['chat'] });
    await at.sync();
    at.clock.advance(31 * day);
    await at.sync();
    let most = 0;
    for (let count = 0; count < 33; count += 1) {
      at.clock.advance(day);
      const before = at.historyRequests();
      await at.sync();
      most = Math.max(most, at.historyRequests() - before);
    }
    expect(most).toBeLessThanOrEqual(30);
    const now = at.clock.now();
    const rows = ledgerWindows(at.archive.db, chatKey, now - 360 * day, now).filter(({ state }) => state === 'sealed');
    for (const row of rows) expect(now - Math.max(row.auditedMs ?? 0, row.readMs ?? 0)).toBeLessThanOrEqual(33 * day);
  });

  it('conversations that the source deletes stay, and their days stay complete', async () => {
    const records = manyChats(100, noon - 394 * day, noon - 300 * day).map((record) => ({
      ...record,
      vanishesAt: record.startedAt + 395 * day,
    }));
    const at = bench({ records, sources: ['chat'] });
    await at.sync();
    await syncDaily(at, 30);
    expect(at.ids('chat')).toHaveLength(100);
    const coverage = archiveStatus(at.archive.db, '', at.clock.now()).accounts[0]?.sources[0]?.coverage ?? [];
    const lost = coverage.filter(
      ({ day: name, state }) => state !== 'complete' && name > '2025-02-05' && name < '2026-03-30',
    );
    expect(lost).toEqual([]);
  });
});
