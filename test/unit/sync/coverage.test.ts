import { describe, expect, it } from 'vitest';
import { statusSchema, coverageStatementSchema } from '../../../preload/model.ts';
import { archiveStatus } from '../../../main/archive/sync/coverage.ts';
import { coverageStatement } from '../../../main/archive/sync/coverage-statement.ts';
import { putWindow, unreadWindow } from '../../../main/archive/store/windows.ts';
import { bench, manyChats, type Bench } from './support.ts';
import { day, hour, noon } from './times.ts';

const chatKey = { account: 1, source: 'chat' } as const;

function synced(): Promise<Bench> {
  const at = bench({ records: manyChats(60, noon - 30 * day, noon - hour), sources: ['chat'], since: noon - 31 * day });
  return at.sync().then(() => at);
}

const sourceOf = ({ archive, clock }: Bench) =>
  archiveStatus(archive.db, '/nowhere', clock.now()).accounts[0]?.sources[0];

describe('the coverage statement', () => {
  it('says complete, with the same number twice, for days that were sealed', async () => {
    const at = await synced();
    const statement = coverageStatement(at.archive.db, { from: noon - 20 * day, to: noon - 11 * day }, noon);
    expect(coverageStatementSchema.parse(statement)).toEqual(statement);
    expect(statement.verdict).toBe('complete');
    const [source] = statement.sources;
    expect(source).toMatchObject({ days: 10, completeDays: 10, reported: 20, archived: 20, missing: [] });
    expect(statement.text).toContain('from 2026-02-12 to 2026-02-21 UTC');
    expect(statement.text).toContain('the source reported 20 and 20 are in this archive');
  });

  it('says provisional for days that can still grow, and names them', async () => {
    const at = await synced();
    const statement = coverageStatement(at.archive.db, { from: noon - 5 * day, to: noon }, noon);
    expect(statement.verdict).toBe('provisional');
    expect(statement.text).toContain('Provisional: 2026-03-03, 2026-03-04');
  });

  it('says gap for days that were never asked for, and gives no number for the source', async () => {
    const at = await synced();
    const statement = coverageStatement(at.archive.db, { from: noon - 60 * day, to: noon - 20 * day }, noon);
    expect(statement.verdict).toBe('gap');
    expect(statement.sources[0]?.reported).toBeNull();
    expect(statement.text).toContain('more days');
  });

  it('says beyond-retention for days that the source may have emptied before they were asked for', async () => {
    const at = bench({ records: [], sources: ['chat'] });
    await at.sync();
    expect(coverageStatement(at.archive.db, { from: noon - 397 * day, to: noon - 390 * day }, noon).verdict).toBe(
      'beyond-retention',
    );
  });

  it('never says complete of a day that has not ended, whatever the ledger says', async () => {
    const at = await synced();
    const today = noon - 12 * hour;
    putWindow(at.archive.db, chatKey, {
      ...unreadWindow(today, today + day),
      state: 'sealed',
      count: 0,
      reported: 0,
      received: 0,
      readMs: noon,
      sealedMs: noon,
    });
    expect(coverageStatement(at.archive.db, { from: today, to: today }, noon).verdict).not.toBe('complete');
  });
});

describe('the status', () => {
  it('has the shape of the contract and counts what is archived', async () => {
    const at = await synced();
    const status = archiveStatus(at.archive.db, '/nowhere', noon);
    expect(statusSchema.parse(status)).toEqual(status);
    expect(sourceOf(at)).toMatchObject({
      conversations: 60,
      messages: 60,
      firstDay: '2026-02-02',
      lastDay: '2026-03-03',
      lastSyncAt: noon,
    });
  });

  it('of an account that was never synced says "never" for each day that the source still has', () => {
    const at = bench({ sources: ['chat'] });
    const source = sourceOf(at);
    expect(source?.coverage.length).toBeGreaterThan(395);
    expect(source?.coverage.every(({ state, reported }) => state === 'never' && reported === null)).toBe(true);
    expect(source?.retention).toMatchObject({ nextDeletionDay: '2025-02-05', archived: false });
    expect(source?.gapsBecomingPermanent?.[0]).toMatchObject({ from: '2025-02-04' });
  });

  it('is loud about days that the source deletes soon and that are not archived, and about those it has deleted', async () => {
    const at = bench({ records: manyChats(400, noon - 395 * day, noon), sources: ['chat'] });
    await at.sync();
    expect(sourceOf(at)?.gapsBecomingPermanent).toEqual([]);
    const gap = Date.UTC(2025, 1, 10);
    putWindow(at.archive.db, chatKey, { ...unreadWindow(gap, gap + day), state: 'gap', problem: 'status 500' });
    expect(sourceOf(at)?.gapsBecomingPermanent).toEqual([{ from: '2025-02-10', to: '2025-02-10', days: 1 }]);
    expect(sourceOf(at)?.permanentGaps).toEqual([]);
    at.clock.advance(10 * day);
    expect(sourceOf(at)?.gapsBecomingPermanent).toEqual([]);
    expect(sourceOf(at)?.permanentGaps).toEqual([{ from: '2025-02-10', to: '2025-02-10', days: 1 }]);
  });

  it('tells what the source deletes next and that it is archived', async () => {
    const at = bench({ records: manyChats(400, noon - 395 * day, noon), sources: ['chat'] });
    await at.sync();
    expect(sourceOf(at)?.retention).toEqual({ nextDeletionDay: '2025-02-05', conversations: 1, archived: true });
  });

  it('shows a machine that was off for 14 months as a gap with dates', async () => {
    const at = bench({ records: manyChats(300, noon - 300 * day, noon + 500 * day), sources: ['chat'] });
    await at.sync();
    at.clock.set(noon + 430 * day);
    await at.sync();
    const lost = sourceOf(at)?.permanentGaps ?? [];
    expect(lost).toHaveLength(1);
    expect(lost[0]?.from).toBe('2026-03-03');
    expect(lost[0]?.days).toBeGreaterThan(28);
  });
});
