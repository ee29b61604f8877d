import { describe, expect, test } from 'vitest';
import { bucketsOf, daysBefore, periodOf } from '../../../main/archive/dashboard/period.ts';

const period = (from: string, to: string, zone = 'UTC') => periodOf({ from, to }, zone);

describe('a period', () => {
  test.each([
    ['2026-03-01', '2026-03-28', 'day', 28],
    ['2026-01-01', '2026-04-01', 'week', 13],
    ['2025-12-01', '2026-11-24', 'month', 12],
    ['2015-06-01', '2026-11-24', 'year', 12],
  ])('from %s to %s is cut into each %s', (from, to, unit, buckets) => {
    const cut = period(from, to);
    expect([cut.unit, cut.buckets.length]).toEqual([unit, buckets]);
    expect([cut.buckets[0]?.from, cut.buckets.at(-1)?.to]).toEqual([from, to]);
  });

  test('says which months are not whole', () => {
    const whole = period('2026-01-15', '2026-09-30').buckets.map((bucket) => bucket.whole);
    expect(whole).toEqual([false, true, true, true, true, true, true, true, true]);
  });

  test('begins and ends with the days of the zone, over changes of the clock', () => {
    const { borders } = period('2026-03-28', '2026-03-30', 'Europe/Berlin');
    expect([...borders].map((border) => new Date(border).toISOString())).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-03-30T22:00:00.000Z',
    ]);
  });

  test('is compared with as many days before it, or the same days as many months earlier', () => {
    expect(daysBefore(period('2026-03-01', '2026-03-28'))).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(daysBefore(period('2025-12-01', '2026-11-24'))).toEqual({ from: '2024-12-01', to: '2025-11-24' });
    expect(daysBefore(period('2026-01-01', '2026-08-31'))).toEqual({ from: '2025-05-01', to: '2025-12-31' });
  });

  test('that was given turned is put right', () => {
    expect(period('2026-03-28', '2026-03-01').days).toEqual({ from: '2026-03-01', to: '2026-03-28' });
  });
});

test('each start finds its bucket, whatever the order', () => {
  const starts = Float64Array.from([0, 10, 9, 25, 19, 29]);
  expect([...bucketsOf(starts, Float64Array.from([0, 10, 20, 30]))]).toEqual([0, 1, 0, 2, 1, 2]);
});
