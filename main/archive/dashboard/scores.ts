import type { DashboardBucket, Score } from '../../../preload/model.ts';
import type { Slice } from './slice.ts';

/** Sums and numbers of one score, in all and per bucket. */
interface Sums {
  sum: number;
  scored: number;
}

/** CSAT and NPS as customers answered, MCS as LivePerson computed it: means and how many have one. */
export function scoresOf(slice: Slice): Score[] {
  return [answered(slice, 'csat'), answered(slice, 'nps'), computed(slice)];
}

function answered(slice: Slice, field: 'csat' | 'nps'): Score {
  const values = (slice.facets.get(field) ?? [])
    .map((tallied) => ({ ...tallied, number: Number(tallied.value) }))
    .filter(({ number, total }) => total > 0 && Number.isFinite(number))
    .sort((one, other) => one.number - other.number);
  const buckets = slice.period.buckets.map((_bucket, index): Sums =>
    values.reduce(
      ({ sum, scored }, { number, buckets: totals }) => {
        const total = totals?.[index] ?? 0;
        return { sum: sum + number * total, scored: scored + total };
      },
      { sum: 0, scored: 0 },
    ),
  );
  const answers = values.map(({ number, total }) => ({
    value: number,
    mark: slice.mark(total, [`${field}:${number}`]),
  }));
  return { ...scoreOf(slice, field, buckets), answers };
}

function computed(slice: Slice): Score {
  const { columns, bucketOf, period } = slice;
  const buckets = period.buckets.map((): Sums => ({ sum: 0, scored: 0 }));
  columns.mcs.forEach((value, index) => {
    const sums = Number.isNaN(value) ? undefined : buckets[bucketOf[index] ?? 0];
    if (sums === undefined) return;
    sums.sum += value;
    sums.scored += 1;
  });
  return { ...scoreOf(slice, 'mcs', buckets), answers: [] };
}

function scoreOf(slice: Slice, field: Score['field'], buckets: readonly Sums[]): Omit<Score, 'answers'> {
  const any = `${field}:*`;
  const all = buckets.reduce((one, other) => ({ sum: one.sum + other.sum, scored: one.scored + other.scored }), {
    sum: 0,
    scored: 0,
  });
  const figure = ({ sum, scored }: Sums, days?: DashboardBucket) => ({
    mean: scored === 0 ? null : sum / scored,
    scored: slice.mark(scored, [any], days),
  });
  return { field, ...figure(all), buckets: buckets.map((sums, index) => figure(sums, slice.period.buckets[index])) };
}
