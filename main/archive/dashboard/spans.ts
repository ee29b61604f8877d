import type { SpanFigure } from '../../../preload/model.ts';
import { firstAtLeast } from '../search/documents.ts';
import type { Slice } from './slice.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Where one bar ends and the next begins: what people speak of, not equal steps. */
const borders = {
  duration: [minute, 2 * minute, 5 * minute, 10 * minute, 20 * minute, 30 * minute, hour, 2 * hour, 24 * hour],
  waiting: [10 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, hour],
} as const;

const percents = [50, 90, 95];

/** How long conversations took, and how long customers waited for a person. */
export function spansOf(slice: Slice): SpanFigure[] {
  return [spanFigure(slice, 'duration', slice.columns.durations), spanFigure(slice, 'waiting', slice.columns.waits)];
}

function spanFigure({ mark }: Slice, field: SpanFigure['field'], values: Float64Array): SpanFigure {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const below = (limit: number) => firstAtLeast(sorted, limit, 0);
  const percentiles = percents.flatMap((percent) => {
    const value = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
    if (value === undefined) return [];
    // Up to the second, which people can type; so many percent are still within it.
    const ms = Math.ceil(value / second) * second;
    return [{ percent, ms, mark: mark(below(ms + 1), [`${field}:<=${ms / second}s`]) }];
  });
  const edges = [0, ...borders[field]];
  const bars = edges.map((from, index) => {
    const to = edges[index + 1] ?? null;
    const total = (to === null ? sorted.length : below(to)) - (index === 0 ? 0 : below(from));
    const filters = [
      ...(index === 0 ? [] : [`${field}:>=${from / second}s`]),
      ...(to === null ? [] : [`${field}:<${to / second}s`]),
    ];
    return { from, to, mark: mark(total, filters) };
  });
  return { field, known: mark(sorted.length, [`${field}:*`]), percentiles, bars };
}
