import type { DashboardSlice, Figure } from '../../../preload/model.ts';
import { filterText } from './narrow.ts';
import type { Slice, TalliedValue } from './slice.ts';

/** How many conversations of each source began in each bucket. */
export function volumeOf(slice: Slice): NonNullable<DashboardSlice['volume']> {
  return (slice.facets.get('source') ?? [])
    .filter(({ total }) => total > 0)
    .sort((one, other) => (one.value < other.value ? -1 : 1))
    .map((source) => ({ source: source.value, buckets: overTime(slice, source) }));
}

const features = ['note', 'transfer'] as const;

/** How many conversations hold a private note, and how many were handed on. */
export function ratesOf(slice: Slice): NonNullable<DashboardSlice['rates']> {
  return features.map((feature) => {
    const tallied = slice.facets.get('has')?.find(({ value }) => value === feature);
    return {
      feature,
      mark: slice.mark(tallied?.total ?? 0, [`has:${feature}`]),
      buckets: overTime(slice, tallied ?? { field: 'has', value: feature, buckets: null }),
    };
  });
}

function overTime(
  { period, mark }: Slice,
  { field, value, buckets }: Pick<TalliedValue, 'field' | 'value' | 'buckets'>,
): Figure[] {
  return period.buckets.map((bucket, index) => mark(buckets?.[index] ?? 0, [filterText(field, value)], bucket));
}
