import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ledgerWindows,
  mergeSealed,
  nextUnsealed,
  putWindow,
  replaceWindows,
  unreadWindow,
  unsealPremature,
  type LedgerWindow,
} from '../../../main/archive/store/windows.ts';
import { sealedRows } from '../../../main/archive/sync/ledger-rows.ts';
import type { PassFacts } from '../../../main/archive/sync/pass.ts';
import { bench } from './support.ts';
import { day, hour, noon } from './times.ts';

const key = { account: 1, source: 'chat' } as const;
const midnight = noon - 12 * hour;

function sealed(from: number, to: number, more: Partial<LedgerWindow> = {}): LedgerWindow {
  return {
    ...unreadWindow(from, to),
    state: 'sealed',
    count: 5,
    reported: 4,
    received: 5,
    readMs: noon,
    sealedMs: noon,
    ...more,
  };
}

describe('the window ledger', () => {
  it('never holds two rows about one instant, and loses no instant, however ranges are replaced', () => {
    const states = ['unread', 'open', 'sealed', 'gap'] as const;
    const change = fc.record({
      from: fc.integer({ min: 0, max: 60 }),
      length: fc.integer({ min: 1, max: 30 }),
      state: fc.constantFrom(...states),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const { archive } = bench();
        const at = (step: number) => noon + step * 10 * 60_000;
        putWindow(archive.db, key, unreadWindow(at(0), at(90)));
        for (const { from, length, state } of changes) {
          const row = { ...unreadWindow(at(from), at(from + length)), state };
          replaceWindows(archive.db, key, row.from, row.to, [row]);
          const [found] = ledgerWindows(archive.db, key, row.from, row.to);
          expect(found).toEqual(row);
        }
        let end = at(0);
        for (const row of ledgerWindows(archive.db, key)) {
          expect(row.from).toBe(end);
          end = row.to;
        }
        expect(end).toBe(at(90));
        archive.close();
      }),
      { numRuns: 60 },
    );
  });

  it('finds the row that reaches into a range from before it', () => {
    const { archive } = bench();
    putWindow(archive.db, key, unreadWindow(noon - 90 * day, noon));
    expect(ledgerWindows(archive.db, key, noon - day, noon - hour)).toHaveLength(1);
    expect(nextUnsealed(archive.db, key, noon - day, noon)?.from).toBe(noon - 90 * day);
    expect(ledgerWindows(archive.db, key, noon, noon + day)).toEqual([]);
  });

  it('joins sealed neighbours of one day and counts the instant they share once', () => {
    const { archive } = bench();
    putWindow(archive.db, key, sealed(midnight, midnight + 6 * hour));
    putWindow(archive.db, key, sealed(midnight + 6 * hour, midnight + day, { count: 7, reported: 7, received: 7 }));
    putWindow(archive.db, key, sealed(midnight + day, midnight + 2 * day));
    mergeSealed(archive.db, key, midnight, midnight + day);
    const rows = ledgerWindows(archive.db, key);
    expect(rows.map(({ from, to, count, reported }) => [from - midnight, to - midnight, count, reported])).toEqual([
      [0, day, 11, 11],
      [day, 2 * day, 5, 4],
    ]);
  });

  it('does not join rows with a problem', () => {
    const { archive } = bench();
    putWindow(archive.db, key, sealed(midnight, midnight + 6 * hour));
    putWindow(archive.db, key, sealed(midnight + 6 * hour, midnight + day, { problem: 'one is missing' }));
    mergeSealed(archive.db, key, midnight, midnight + day);
    expect(ledgerWindows(archive.db, key)).toHaveLength(2);
  });

  it('opens again what can still grow, and what was read in the future', () => {
    const { archive } = bench();
    putWindow(archive.db, key, sealed(midnight - 3 * day, midnight - 2 * day));
    putWindow(archive.db, key, sealed(midnight - 2 * day, midnight - day, { readMs: noon + 9 * day }));
    putWindow(archive.db, key, sealed(midnight - day, midnight));
    expect(unsealPremature(archive.db, key, midnight - day, noon)).toBe(2);
    expect(ledgerWindows(archive.db, key).map(({ state }) => state)).toEqual(['sealed', 'open', 'open']);
  });
});

describe('the rows of a clean pass', () => {
  const facts = (starts: (number | null)[]): PassFacts => ({
    count: starts.length,
    records: new Map(starts.map((start, index) => [`id${index}`, start])),
    pages: 1,
    partials: 0,
    passes: 1,
    startedMs: noon,
  });
  const context = { now: noon, retentionStart: 0, problem: null };
  const window = { from: midnight - 3 * day, to: midnight };

  it('give each day the conversations that start in it, and the shared instants to one day each', () => {
    const starts = [window.from, window.from + hour, window.from + day, window.from + day + hour, window.to];
    const rows = sealedRows(window, facts(starts), context);
    expect(rows.map(({ reported }) => reported)).toEqual([2, 2, 0]);
    expect(rows.map(({ count }) => count)).toEqual([3, 2, 1]);
  });

  it('count everything exactly once, wherever the source’s own idea of the start puts it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2 * 24, max: 5 * 24 }), { maxLength: 30 }), (hours) => {
        const starts = hours.map((offset) => window.from + offset * hour).filter((start) => start !== window.to);
        const rows = sealedRows(window, facts(starts), context);
        expect(rows.reduce((sum, { reported }) => sum + (reported ?? 0), 0)).toBe(starts.length);
      }),
    );
  });

  it('say of a record without a usable id that it is kept aside, and do not call its day complete', () => {
    const [first, second] = sealedRows(window, facts([null, window.from + hour, window.from + day + hour]), context);
    expect(first).toMatchObject({ reported: 2, received: 2 });
    expect(first?.problem).toContain('kept aside');
    expect(second?.problem).toBeNull();
  });

  it('are beyond retention where the source may have deleted before it was asked', () => {
    const rows = sealedRows(window, facts([]), { ...context, retentionStart: window.from + day });
    expect(rows.map(({ state }) => state)).toEqual(['beyond', 'sealed', 'sealed']);
  });
});
