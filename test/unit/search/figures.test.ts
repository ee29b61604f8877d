import { describe, expect, test } from 'vitest';
import { contract } from '../../../preload/contract.ts';
import { searchFacets } from '../../../main/archive/search/facets.ts';
import { searchHistogram } from '../../../main/archive/search/histogram.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import { loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { count, now } from './ask.ts';
import { corpus } from './corpus.ts';
import { seededRandom } from './random.ts';
import { day, firstStart, testArchive, type TestArchive } from './support.ts';

function facets(archive: TestArchive, query: string): Record<string, Record<string, number>> {
  const { input, output } = contract['search.facets'];
  const result = output.parse(searchFacets(archive.db, input.parse({ query }), now));
  return Object.fromEntries(
    result.facets.map(({ field, values }) => [
      field,
      Object.fromEntries(values.map(({ value, total }) => [value, total])),
    ]),
  );
}

function histogram(
  archive: TestArchive,
  query: string,
  timeZone: string,
  unit?: 'hour' | 'day' | 'week' | 'month' | 'year',
) {
  const { input, output } = contract['search.histogram'];
  return output.parse(
    searchHistogram(archive.db, input.parse({ query, timeZone, ...(unit === undefined ? {} : { unit }) }), now),
  );
}

const archive = testArchive(corpus(seededRandom(11), 300));
const queries = [
  '',
  'refund',
  'refund -guarantee',
  'said:agent(order)',
  'refund NEAR/3 order',
  'csat:<=2',
  'nothingatall',
  'from:2026-02 refund',
];

function transcriptsOf(query: string, timeZone = 'UTC') {
  return [...matchingRids(archive.db, query, { sort: 'oldest', timeZone, now })].map((rid) =>
    loadTranscript(archive.db, rid),
  );
}

describe('facets', () => {
  test.each(queries)('are exact for “%s”', (query) => {
    const transcripts = transcriptsOf(query);
    const wanted = new Map<string, number>();
    for (const { agents } of transcripts)
      for (const name of new Set(agents.map((agent) => agent.name))) wanted.set(name, (wanted.get(name) ?? 0) + 1);
    expect(facets(archive, query)['agent'] ?? {}).toEqual(Object.fromEntries(wanted));
    const csat = Object.values(facets(archive, query)['csat'] ?? {}).reduce((sum, total) => sum + total, 0);
    expect(csat).toBe(transcripts.filter((transcript) => transcript.csat !== null).length);
  });

  test('follow the archive: new and changed conversations count at once', () => {
    const growing = testArchive([{ id: 'a', csat: 2, lines: ['agent: x'] }]);
    expect(facets(growing, 'x')['csat']).toEqual({ 2: 1 });
    growing.add([{ id: 'b', csat: 2, start: firstStart + 40 * day, lines: ['agent: x'] }]);
    expect(facets(growing, 'x')['csat']).toEqual({ 2: 2 });
    growing.add([{ id: 'a', csat: 5, lines: ['agent: x'] }]);
    expect(facets(growing, 'x')['csat']).toEqual({ 2: 1, 5: 1 });
    growing.add([{ id: 'b', csat: 5, start: firstStart + 2 * day, lines: ['agent: x'] }]);
    expect(facets(growing, 'x')['csat']).toEqual({ 5: 2 });
    expect(count(growing, 'csat:5').total).toBe(2);
  });

  test('come with the commonest value first, at most as many as asked for', () => {
    const { input } = contract['search.facets'];
    const found = searchFacets(archive.db, input.parse({ query: '', values: 2 }), now).facets.find(
      ({ field }) => field === 'agent',
    );
    expect(found?.values).toHaveLength(2);
    expect(found?.values[0]?.total).toBeGreaterThanOrEqual(found?.values[1]?.total ?? Infinity);
  });
});

describe('histogram', () => {
  const zones = ['UTC', 'Europe/Berlin', 'Asia/Kolkata'];
  const cases = queries.flatMap((query) => zones.map((zone) => [query, zone] as const));

  test.each(cases)('by day is exact for “%s” in %s', (query, zone) => {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
    const wanted = new Map<string, number>();
    for (const { startedAt } of transcriptsOf(query, zone))
      wanted.set(format.format(startedAt), (wanted.get(format.format(startedAt)) ?? 0) + 1);
    const { buckets } = histogram(archive, query, zone, 'day');
    const found = buckets.filter(({ total }) => total > 0).map(({ start, total }) => [format.format(start), total]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
    buckets.slice(1).forEach(({ start }, index) => expect(start).toBe(buckets[index]?.end));
  });

  test.each(['hour', 'week', 'month', 'year'] as const)('by %s holds every hit once', (unit) => {
    const { buckets } = histogram(archive, 'refund', 'America/New_York', unit);
    expect(buckets.reduce((sum, { total }) => sum + total, 0)).toBe(count(archive, 'refund').total);
  });

  test('takes the zoom that fits the hits', () => {
    expect(histogram(archive, '', 'UTC').unit).toBe('day');
    expect(histogram(testArchive([{ id: 'a', lines: ['agent: x'] }]), '', 'UTC').unit).toBe('hour');
    const years = testArchive([
      { id: 'a', lines: ['agent: x'] },
      { id: 'b', start: firstStart + 1500 * day, lines: ['agent: x'] },
    ]);
    expect(histogram(years, '', 'UTC')).toMatchObject({ unit: 'month' });
    expect(histogram(years, 'nothing', 'UTC').buckets).toEqual([]);
  });

  test('parts a crowded minute by the true start', () => {
    const border = Date.UTC(2026, 2, 1);
    const crowded = testArchive([
      ...Array.from({ length: 130 }, (_, index) => ({
        id: `p${index}`,
        start: border - 1 - index,
        lines: ['agent: x'],
      })),
      ...Array.from({ length: 30 }, (_, index) => ({ id: `q${index}`, start: border + index, lines: ['agent: x'] })),
    ]);
    expect(histogram(crowded, 'x', 'UTC', 'day').buckets.map(({ total }) => total)).toEqual([130, 30]);
    expect(count(crowded, 'on:2026-02-28').total).toBe(130);
    expect(count(crowded, 'from:2026-03-01').total).toBe(30);
  });
});
