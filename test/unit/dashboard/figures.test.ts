import type { Database } from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { searchCount } from '../../../main/archive/search/count.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import { loadTranscript } from '../../../main/archive/store/transcripts.ts';
import type { Input } from '../../../preload/contract.ts';
import type { Transcript } from '../../../preload/model.ts';
import { demoArchive, figures, marksIn, now } from './support.ts';

const questions: Input<'dashboard.figures'>[] = [
  { query: '', from: '2026-08-26', to: '2026-11-24', timeZone: 'Europe/Berlin' },
  { query: '' },
  { query: 'refund OR order', from: '2025-12-01', to: '2026-11-24', timeZone: 'America/New_York' },
  { query: 'has:transfer -source:chat', from: '2026-10-10', to: '2026-11-09', timeZone: 'Asia/Kolkata' },
  { query: 'csat:<=2 said:agent(sorry)', from: '2026-10-28', to: '2026-11-24', timeZone: 'Australia/Lord_Howe' },
  { query: 'agent:nobody', from: '2026-10-28', to: '2026-11-24' },
];

let db: Database;
beforeAll(async () => {
  db = await demoArchive();
}, 120_000);

describe('each figure of the dashboard', () => {
  test.each(questions)('equals the total of the search it leads to: $query from $from in $timeZone', (input) => {
    const { timeZone = 'UTC' } = input;
    let marks = 0;
    for (const { query, total } of marksIn(figures(db, input))) {
      marks += 1;
      expect(query).not.toBeNull();
      expect(searchCount(db, { query: query ?? '', timeZone }, now).total, query ?? '').toBe(total);
    }
    expect(marks).toBeGreaterThan(250);
  });

  test.each(questions)('is what reading the transcripts gives: $query from $from in $timeZone', (input) => {
    const { timeZone = 'UTC', query } = input;
    const { period, before } = figures(db, input);
    for (const slice of [period, before]) {
      if (slice === null) continue;
      const within = transcripts(query, timeZone).filter((each) => isWithin(each, slice.days, timeZone));
      expect(slice.total.total).toBe(within.length);
      for (const { field, mean, scored, buckets } of slice.scores ?? []) {
        expect(scored.total).toBe(within.filter((each) => each[field] !== null).length);
        expectMean(mean, within, field);
        buckets.forEach((bucket, index) => {
          const days = slice.buckets[index] ?? slice.days;
          const inBucket = within.filter((each) => isWithin(each, days, timeZone));
          expectMean(bucket.mean, inBucket, field);
        });
      }
      for (const { field, percentiles } of slice.spans ?? []) {
        const values = within.map(field === 'duration' ? ({ durationMs }) => durationMs : waited);
        const known = values.filter((value) => value !== null);
        for (const { percent, ms, mark } of percentiles) {
          const share = (limit: number) => known.filter((value) => value <= limit).length / known.length;
          expect(share(ms) * 100).toBeGreaterThanOrEqual(percent);
          expect(share(ms - 1000) * 100).toBeLessThan(percent);
          expect(mark.total).toBe(known.filter((value) => value <= ms).length);
        }
        if (known.length > 0) expect(percentiles).toHaveLength(3);
      }
      for (const { source, buckets } of slice.volume ?? []) {
        expect(buckets.reduce((sum, { total }) => sum + total, 0)).toBe(
          within.filter((each) => each.source === source).length,
        );
      }
    }
  });

  test('adds up: hours of the week, sources and bars of length each hold every conversation once', () => {
    const { period } = figures(db, { query: '', timeZone: 'Europe/Berlin' });
    const sum = (marks: readonly { total: number }[] = []) => marks.reduce((total, mark) => total + mark.total, 0);
    const { total } = period.total;
    expect(total).toBeGreaterThan(1500);
    expect(sum(period.hours)).toBe(total);
    expect(sum(period.volume?.flatMap(({ buckets }) => buckets))).toBe(total);
    for (const { known, bars } of period.spans ?? []) expect(sum(bars.map(({ mark }) => mark))).toBe(known.total);
    expect(period.rates?.map(({ mark }) => mark.total > 0)).toEqual([true, true]);
    expect(period.scores?.map(({ scored }) => scored.total > 100)).toEqual([true, true, true]);
    expect(period.values?.every(({ values }) => values.length > 0)).toBe(true);
  });

  test('compares the same values in the period before, in the same order', () => {
    const { period, before } = figures(db, { query: '', from: '2026-08-26', to: '2026-11-24' });
    expect(before?.days).toEqual({ from: '2026-05-27', to: '2026-08-25' });
    const names = (slice: typeof before) =>
      slice?.values?.map(({ field, values }) => [field, values.map((v) => v.value)]);
    expect(names(before)).toEqual(names(period));
    expect(before?.buckets).toHaveLength(period.buckets.length);
  });
});

const read = new Map<string, Transcript[]>();

function transcripts(query: string, timeZone: string): Transcript[] {
  const key = `${timeZone} ${query}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const found = [...matchingRids(db, query, { sort: 'oldest', timeZone, now })].map((rid) => loadTranscript(db, rid));
  read.set(key, found);
  return found;
}

function isWithin({ startedAt }: Transcript, { from, to }: { from: string; to: string }, timeZone: string): boolean {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const local = day.format(startedAt);
  return from <= local && local <= to;
}

function expectMean(mean: number | null, of: readonly Transcript[], field: 'csat' | 'nps' | 'mcs'): void {
  const values = of.map((each) => each[field]).filter((value) => value !== null);
  if (values.length === 0) expect(mean).toBeNull();
  else expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9);
}

function waited({ startedAt, messages, details }: Transcript): number | null {
  const requested = details.find(({ name }) => name === 'Chat requested');
  const asked = requested === undefined ? startedAt : Date.parse(requested.value);
  const times = messages.filter(({ role, private: hidden }) => role === 'agent' && !hidden).map(({ time }) => time);
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(0, Math.min(...known) - asked);
}
