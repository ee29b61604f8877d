import { describe, expect, test } from 'vitest';
import { spanOf, startOfDay } from '../../../main/archive/search/dates.ts';

const iso = (time: number) => new Date(time).toISOString();

describe('days begin when the wall clock says so', () => {
  test.each([
    ['a plain day east of Greenwich', [2026, 3, 4], 'Europe/Berlin', '2026-03-03T23:00:00.000Z'],
    ['a plain day west of Greenwich', [2026, 3, 4], 'America/New_York', '2026-03-04T05:00:00.000Z'],
    ['a zone of half hours', [2026, 3, 4], 'Asia/Kolkata', '2026-03-03T18:30:00.000Z'],
    ['the day after the clock went forward', [2026, 3, 30], 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['a day whose midnight is skipped', [2026, 3, 29], 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
    ['a day before whose midnight the clock went back', [2026, 10, 25], 'Asia/Beirut', '2026-10-24T22:00:00.000Z'],
    ['a day whose midnight comes twice', [2026, 11, 1], 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['a day that runs over into the next month', [2026, 1, 32], 'UTC', '2026-02-01T00:00:00.000Z'],
  ] as const)('%s', (_name, [year, month, date], zone, expected) => {
    expect(iso(startOfDay(year, month, date, zone))).toBe(expected);
  });
});

describe('what a date covers', () => {
  const now = Date.UTC(2026, 2, 31, 23, 30, 15);
  test.each([
    [{ kind: 'calendar', year: 2026, month: 3, day: 4 }, '2026-03-04T00:00:00.000Z', '2026-03-05T00:00:00.000Z'],
    [{ kind: 'calendar', year: 2026, month: 2, day: null }, '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    [{ kind: 'calendar', year: 2026, month: null, day: null }, '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    [{ kind: 'relative', amount: 0, unit: 'd' }, '2026-03-31T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
    [{ kind: 'relative', amount: 30, unit: 'd' }, '2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    [{ kind: 'relative', amount: 1, unit: 'w' }, '2026-03-24T00:00:00.000Z', '2026-03-25T00:00:00.000Z'],
    [{ kind: 'relative', amount: 1, unit: 'm' }, '2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    [{ kind: 'relative', amount: 1, unit: 'y' }, '2025-03-31T00:00:00.000Z', '2025-04-01T00:00:00.000Z'],
    [{ kind: 'relative', amount: 2, unit: 'h' }, '2026-03-31T21:30:00.000Z', '2026-03-31T21:31:00.000Z'],
  ] as const)('%j', (value, from, to) => {
    const span = spanOf(value, { now, timeZone: 'UTC' });
    expect([iso(span.from), iso(span.to)]).toEqual([from, to]);
  });

  test('today is the day of the reader, not that of Greenwich', () => {
    const span = spanOf({ kind: 'relative', amount: 0, unit: 'd' }, { now, timeZone: 'Europe/Berlin' });
    expect([iso(span.from), iso(span.to)]).toEqual(['2026-03-31T22:00:00.000Z', '2026-04-01T22:00:00.000Z']);
  });

  test('an unknown zone is refused in words', () => {
    expect(() => startOfDay(2026, 1, 1, 'Mars/Olympus')).toThrow('There is no time zone called Mars/Olympus.');
  });
});
