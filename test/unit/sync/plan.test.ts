import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coalesce,
  countLimit,
  extentAt,
  greatestWidthMs,
  hotTailStart,
  incrementWindows,
  isSettled,
  messagingSpanMs,
  nextWidth,
  splitWindow,
  takeFront,
  uncovered,
} from '../../../main/archive/sync/plan.ts';
import { retentionStart, sealableFrom, stepMs, waitForEnd } from '../../../main/archive/sync/time.ts';
import { day, hour, minute, noon } from './times.ts';

const both = (now: number) => ({ earlier: now, later: now });
/** A window on ten-minute marks, up to 90 days long. */
const windows = fc
  .tuple(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 1, max: 90 * 144 }))
  .map(([from, length]) => ({ from: noon + from * stepMs, to: noon + (from + length) * stepMs }));

describe('the range of a run', () => {
  it('goes from thirteen months and three days back to the ten-minute mark after now', () => {
    expect(extentAt(both(noon + minute), { accountSince: null })).toEqual({
      from: Date.UTC(2025, 1, 1),
      to: noon + 10 * minute,
    });
  });

  it('is narrowed by the account and by the run, outwards to ten-minute marks', () => {
    const limits = { accountSince: noon - 9 * day, since: noon - 5 * day + minute, until: noon - day + minute };
    expect(extentAt(both(noon), limits)).toEqual({ from: noon - 5 * day, to: noon - day + 10 * minute });
  });

  it('is empty, never reversed, when the limits exclude everything', () => {
    const { from, to } = extentAt(both(noon), { accountSince: null, since: noon - day, until: noon - 2 * day });
    expect(to).toBe(from);
  });

  it('reaches as far as the later clock', () => {
    expect(extentAt({ earlier: noon, later: noon + hour }, { accountSince: null }).to).toBe(noon + hour + 10 * minute);
  });
});

it('thirteen months back from the last of March is the last of February', () => {
  expect(retentionStart(Date.UTC(2026, 2, 31, 5))).toBe(Date.UTC(2025, 1, 28, 5));
});

it('uncovered parts and rows together make up the range, each instant once', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }), (marks) => {
      const edges = marks.toSorted((a, b) => a - b);
      const rows = edges.flatMap((from, index) => {
        const to = edges[index + 1];
        return to !== undefined && index % 2 === 0 ? [{ from, to }] : [];
      });
      const extent = { from: 5, to: 35 };
      const pieces = [...rows, ...uncovered(rows, extent)];
      for (let instant = extent.from; instant < extent.to; instant += 1) {
        expect(pieces.filter(({ from, to }) => from <= instant && instant < to)).toHaveLength(1);
      }
    }),
  );
});

describe('the next window', () => {
  it('begins where the stretch begins, makes progress, stays inside and on ten-minute marks', () => {
    fc.assert(
      fc.property(
        windows,
        fc.integer({ min: 1, max: greatestWidthMs }),
        fc.integer({ min: -90, max: 90 }),
        (stretch, width, tail) => {
          const window = takeFront(stretch, width, noon - (noon % day) + tail * day);
          expect(window.from).toBe(stretch.from);
          expect(window.to).toBeGreaterThan(window.from);
          expect(window.to).toBeLessThanOrEqual(stretch.to);
          expect(window.to % stepMs).toBe(0);
        },
      ),
    );
  });

  it('ends with a day where it can, so that days can be sealed whole', () => {
    const stretch = { from: noon, to: noon + 90 * day };
    expect(takeFront(stretch, 7 * day, Infinity)).toEqual({ from: noon, to: noon + 6.5 * day });
  });

  it('never crosses midnight in the hot tail, and never crosses into it', () => {
    const tail = noon - 12 * hour;
    expect(takeFront({ from: tail, to: tail + 3 * day }, 7 * day, tail).to).toBe(tail + day);
    expect(takeFront({ from: tail - 2 * day, to: tail + 3 * day }, 7 * day, tail).to).toBe(tail);
  });
});

describe('cutting a window', () => {
  it('gives two parts on ten-minute marks that make up the whole, until it is as small as windows get', () => {
    const starts = fc.array(fc.integer({ min: 0, max: 200 * day }), { maxLength: 100 });
    fc.assert(
      fc.property(windows, fc.boolean(), starts, (window, settled, offsets) => {
        const pieces = splitWindow(
          window,
          settled,
          offsets.map((offset) => noon + offset),
        );
        if (window.to - window.from <= stepMs) {
          expect(pieces).toBeNull();
          return;
        }
        const [left, right] = pieces ?? [];
        expect(left?.from).toBe(window.from);
        expect(left?.to).toBe(right?.from);
        expect(right?.to).toBe(window.to);
        expect((left?.to ?? 0) % stepMs).toBe(0);
        expect((left?.to ?? 0) - window.from).toBeGreaterThan(0);
        expect(window.to - (right?.from ?? 0)).toBeGreaterThan(0);
      }),
    );
  });

  it('cuts a moving window where about one page ends, not in the middle of an empty stretch', () => {
    const window = { from: noon - 80 * day, to: noon };
    const starts = Array.from({ length: 100 }, (_, index) => noon - day + index * 10 * minute);
    const [left] = splitWindow(window, false, starts) ?? [];
    expect(left).toEqual({ from: window.from, to: noon - day + 79 * 10 * minute });
  });

  it('cuts when more than one page would come, or in settled windows more than 2,000', () => {
    expect(countLimit(false)).toBe(100);
    expect(countLimit(true)).toBe(2000);
  });
});

it('windows get narrower where much happens and wider where little does, up to 28 days', () => {
  expect(nextWidth(7 * day, 1500)).toBe(3.5 * day);
  expect(nextWidth(7 * day, 500)).toBe(7 * day);
  expect(nextWidth(7 * day, 3)).toBe(14 * day);
  expect(nextWidth(20 * day, 3)).toBe(28 * day);
  expect(nextWidth(stepMs, 2000)).toBe(stepMs);
});

describe('sealing', () => {
  it('waits for the longest chat, two hours of enrichment and twenty minutes', () => {
    expect(sealableFrom(noon, 'chat', 0)).toBe(noon + 24 * hour + 2 * hour + 20 * minute);
  });

  it('waits twice as long as the longest chat ever seen', () => {
    expect(waitForEnd('chat', 30 * hour)).toBe(60 * hour);
    expect(waitForEnd('chat', 5 * hour)).toBe(24 * hour);
  });

  it('does not wait for long messaging conversations, which are listed from their first message on', () => {
    expect(waitForEnd('messaging', 300 * day)).toBe(24 * hour);
  });

  it('is not fooled by a chat with an impossible end', () => {
    expect(waitForEnd('chat', 20_000 * day)).toBe(35 * day);
  });

  it('takes neither the newest nor the expiring oldest windows for settled', () => {
    const window = (from: number) => ({ from, to: from + day });
    expect(isSettled(window(noon - 10 * day), both(noon), 'chat', 0)).toBe(true);
    expect(isSettled(window(noon - 2 * day), both(noon), 'chat', 0)).toBe(false);
    expect(isSettled(window(retentionStart(noon) + day), both(noon), 'chat', 0)).toBe(false);
  });

  it('goes by the earlier clock', () => {
    const window = { from: noon - 4 * day, to: noon - 3 * day };
    expect(isSettled(window, { earlier: noon - 2 * day, later: noon }, 'chat', 0)).toBe(false);
  });

  it('every window that ends before the hot tail can be sealed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * day }), fc.integer({ min: 0, max: 20 * day }), (offset, longest) => {
        const now = noon + offset;
        const tail = hotTailStart(now, 'chat', longest);
        expect(sealableFrom(tail, 'chat', longest)).toBeLessThanOrEqual(now);
      }),
    );
  });
});

describe('crumbs of a day', () => {
  const row = (from: number, to: number, count: number | null) => ({
    from: noon + from * hour,
    to: noon + to * hour,
    count,
  });

  it('are joined while they fit in one page together', () => {
    const groups = coalesce([row(0, 1, 30), row(1, 2, 40), row(2, 3, 20), row(3, 4, null)]);
    expect(groups.map((group) => group.length)).toEqual([2, 2]);
  });

  it('are not joined over midnight or over a hole', () => {
    const groups = coalesce([row(10, 11, 1), row(11, 12, 1), row(12, 13, 1), row(14, 15, 1)]);
    expect(groups.map((group) => group.length)).toEqual([2, 1, 1]);
  });
});

it('update queries span at most 90 days each and cover the range without holes', () => {
  const extent = { from: noon - 398 * day, to: noon };
  const parts = incrementWindows(extent);
  expect(parts).toHaveLength(5);
  expect(parts[0]?.from).toBe(extent.from);
  expect(parts.at(-1)?.to).toBe(extent.to);
  for (const [index, part] of parts.entries()) {
    expect(part.to - part.from).toBeLessThanOrEqual(messagingSpanMs);
    if (index > 0) expect(part.from).toBe(parts[index - 1]?.to);
  }
});
