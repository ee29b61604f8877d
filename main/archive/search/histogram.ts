import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import type { HistogramUnit } from '../../../preload/model.ts';
import { firstRidOf, minuteStartOf, ridMinuteMs, slotsPerMinute } from '../store/rid.ts';
import { preparedValue } from '../store/statements.ts';
import { answering } from './answer.ts';
import { startOfDay, wallClock } from './dates.ts';
import { matchingList } from './match-list.ts';
import type { Plan } from './plan.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Zooms by the time that the hits span: few enough bars to be read, enough to see a peak. */
const zooms: readonly { unit: HistogramUnit; upTo: number }[] = [
  { unit: 'hour', upTo: 3 * dayMs },
  { unit: 'day', upTo: 100 * dayMs },
  { unit: 'week', upTo: 800 * dayMs },
  { unit: 'month', upTo: 12 * 366 * dayMs },
  { unit: 'year', upTo: Infinity },
];

/** Hours of thirteen months still fit; beyond, the next wider zoom is taken. */
const mostBuckets = 10_000;

/**
 * How many of the hits started in each hour, day, week, month or year of a time zone; empty ones included.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function searchHistogram(
  db: Database,
  input: ParsedInput<'search.histogram'>,
  now: number,
): Output<'search.histogram'> {
  const began = performance.now();
  return answering(db, input.query, { now, timeZone: input.timeZone }, (plan) => {
    const rids = matchingList(db, plan);
    const first = rids[0];
    const last = rids.at(-1);
    if (first === undefined || last === undefined) {
      return { unit: input.unit ?? 'day', buckets: [], elapsedMs: performance.now() - began };
    }
    const earliest = minuteStartOf(first) - plan.spill * ridMinuteMs;
    const latest = minuteStartOf(last);
    const { unit, borders } = bordersFor(earliest, latest, input.unit, input.timeZone);
    const buckets = countBetween(db, plan, rids, borders);
    return { unit, buckets: trimmed(buckets), elapsedMs: performance.now() - began };
  });
}

type Bucket = Output<'search.histogram'>['buckets'][number];

function bordersFor(
  earliest: number,
  latest: number,
  wanted: HistogramUnit | undefined,
  timeZone: string,
): { unit: HistogramUnit; borders: number[] } {
  const span = latest - earliest;
  const start =
    wanted === undefined ? zooms.findIndex(({ upTo }) => span <= upTo) : zooms.findIndex(({ unit }) => unit === wanted);
  for (const { unit } of zooms.slice(Math.max(0, start))) {
    const borders = bordersOf(unit, earliest, latest, timeZone);
    if (borders !== null) return { unit, borders };
  }
  throw new Error('conversations of ten thousand years');
}

/** Starts of consecutive buckets, one more than there are buckets; null when there would be too many. */
function bordersOf(unit: HistogramUnit, earliest: number, latest: number, timeZone: string): number[] | null {
  const local = new Date(wallClock(earliest, timeZone));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()];
  const monday = day - ((local.getUTCDay() + 6) % 7);
  const borderAt = (step: number): number => {
    switch (unit) {
      case 'hour':
        return Math.floor(earliest / hourMs) * hourMs + step * hourMs;
      case 'day':
        return startOfDay(year, month, day + step, timeZone);
      case 'week':
        return startOfDay(year, month, monday + 7 * step, timeZone);
      case 'month':
        return startOfDay(year, month + step, 1, timeZone);
      case 'year':
        return startOfDay(year + step, 1, 1, timeZone);
    }
  };
  const borders = [borderAt(0)];
  for (let step = 1; (borders.at(-1) ?? Infinity) <= latest; step += 1) {
    if (step > mostBuckets) return null;
    borders.push(borderAt(step));
  }
  return borders;
}

function countBetween(db: Database, { spill }: Plan, rids: Float64Array, borders: readonly number[]): Bucket[] {
  const startOf = preparedValue<[number]>(db, 'SELECT start_ms FROM conversation WHERE rid = ?');
  const buckets: Bucket[] = [];
  let position = 0;
  // Row ids around a border may stand for starts on either side of it: their stored start decides.
  let early = 0;
  for (let index = 0; index + 1 < borders.length; index += 1) {
    const [start = 0, end = 0] = [borders[index], borders[index + 1]];
    const mixed = spill + (end % ridMinuteMs === 0 ? 0 : 1);
    const border = firstRidOf(end);
    let total = early;
    early = 0;
    while (position < rids.length && (rids[position] ?? 0) < border) {
      position += 1;
      total += 1;
    }
    while (position < rids.length && (rids[position] ?? 0) < border + mixed * slotsPerMinute) {
      if ((startOf.get(rids[position] ?? 0) as number) < end) total += 1;
      else early += 1;
      position += 1;
    }
    buckets.push({ start, end, total });
  }
  return buckets;
}

/** Without the empty buckets before the first hit and after the last one. */
function trimmed(buckets: readonly Bucket[]): Bucket[] {
  const first = buckets.findIndex(({ total }) => total > 0);
  const last = buckets.findLastIndex(({ total }) => total > 0);
  return buckets.slice(Math.max(0, first), last + 1);
}
