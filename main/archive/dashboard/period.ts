import type { DashboardBucket } from '../../../preload/model.ts';
import { startOfDay, wallClock } from '../search/dates.ts';

export type Unit = 'day' | 'week' | 'month' | 'year';

/** Calendar days, both included, in buckets that follow each other without a gap. */
export interface Period {
  days: { from: string; to: string };
  unit: Unit;
  buckets: DashboardBucket[];
  /** The first instant of each bucket, and the instant at which the last one ends. */
  borders: Float64Array;
}

const dayMs = 86_400_000;

/** Few enough points to be read one by one, enough to see a change. */
const units: readonly { unit: Unit; upToDays: number }[] = [
  { unit: 'day', upToDays: 31 },
  { unit: 'week', upToDays: 217 },
  { unit: 'month', upToDays: 5 * 366 },
  { unit: 'year', upToDays: Infinity },
];

/** Days are counted as UTC midnights: the calendar alone, whatever clocks do. */
const parse = (day: string) => Date.parse(`${day}T00:00:00Z`);
const write = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The calendar day of a zone at an instant, as the query language writes it. */
export function dayOf(instant: number, timeZone: string): string {
  return write(Math.floor(wallClock(instant, timeZone) / dayMs) * dayMs);
}

/** Cuts a period into buckets; a turned one is put right. */
export function periodOf(days: { from: string; to: string }, timeZone: string): Period {
  const [from, to] = [parse(days.from), parse(days.to)].sort((one, other) => one - other) as [number, number];
  const length = (to - from) / dayMs + 1;
  const unit = units.find(({ upToDays }) => length <= upToDays)?.unit ?? 'year';
  const buckets: DashboardBucket[] = [];
  for (let start = from; start <= to;) {
    const next = nextOf(start, unit);
    const end = Math.min(next, to + dayMs);
    buckets.push({ from: write(start), to: write(end - dayMs), whole: isWhole(start, end, unit) });
    start = end;
  }
  const starts = [...buckets.map((bucket) => parse(bucket.from)), to + dayMs];
  const borders = Float64Array.from(starts, (start) => instantOf(start, timeZone));
  return { days: { from: write(from), to: write(to) }, unit, buckets, borders };
}

/** Weeks are sevens of days from the period's first: the last of them alone can be short. */
function nextOf(start: number, unit: Unit): number {
  const date = new Date(start);
  switch (unit) {
    case 'day':
      return start + dayMs;
    case 'week':
      return start + 7 * dayMs;
    case 'month':
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
    case 'year':
      return Date.UTC(date.getUTCFullYear() + 1, 0, 1);
  }
}

function isWhole(start: number, end: number, unit: Unit): boolean {
  if (end !== nextOf(start, unit)) return false;
  const date = new Date(start);
  if (unit === 'month') return date.getUTCDate() === 1;
  return unit !== 'year' || (date.getUTCMonth() === 0 && date.getUTCDate() === 1);
}

function instantOf(day: number, timeZone: string): number {
  const date = new Date(day);
  return startOfDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), timeZone);
}

/**
 * The days before a period that compare with it: as many days, or the same days as many months earlier. Never the
 * whole of a month against the part of it that has passed.
 */
export function daysBefore({ days, unit, buckets }: Period): { from: string; to: string } {
  const [from, to] = [parse(days.from), parse(days.to)];
  if (unit === 'day' || unit === 'week') {
    const length = to - from + dayMs;
    return { from: write(from - length), to: write(from - dayMs) };
  }
  const months = unit === 'month' ? buckets.length : 12 * buckets.length;
  return { from: write(monthsBack(from, months)), to: write(monthsBack(to, months)) };
}

/** The end of a month stays the end of a month: 28 February is followed by the 31 January before it, not the 28. */
function monthsBack(day: number, months: number): number {
  const date = new Date(day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const lastOf = (at: number) => new Date(Date.UTC(year, at + 1, 0)).getUTCDate();
  const isLast = date.getUTCDate() === lastOf(month);
  const last = lastOf(month - months);
  return Date.UTC(year, month - months, isLast ? last : Math.min(date.getUTCDate(), last));
}

/** Which bucket each start lies in. */
export function bucketsOf(starts: Float64Array, borders: Float64Array): Uint16Array {
  const found = new Uint16Array(starts.length);
  let bucket = 0;
  for (let index = 0; index < starts.length; index += 1) {
    const start = starts[index] ?? 0;
    // Starts come nearly in order, so that the right bucket is the last one or a neighbour of it.
    while (bucket > 0 && start < (borders[bucket] ?? 0)) bucket -= 1;
    while (bucket + 2 < borders.length && start >= (borders[bucket + 1] ?? 0)) bucket += 1;
    found[index] = bucket;
  }
  return found;
}
