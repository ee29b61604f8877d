import type { Figure } from '../../../preload/model.ts';
import { clockChanges, offsetAt } from '../search/clock.ts';
import type { Slice } from './slice.ts';

const hourMs = 3_600_000;
const hoursPerWeek = 168;
/** The first of January 1970 was a Thursday; weeks here begin on Monday. */
const epochHour = 72;
const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** How many conversations began in each hour of the local week, Monday 0:00 first. */
export function hoursOf({ columns, mark }: Slice, timeZone: string): Figure[] {
  const totals = new Uint32Array(hoursPerWeek);
  const { starts } = columns;
  if (starts.length > 0) {
    const span = {
      from: starts.reduce((one, other) => Math.min(one, other), Infinity),
      to: starts.reduce((one, other) => Math.max(one, other), 0),
    };
    const changes = clockChanges(span, timeZone);
    const offsets = [span.from, ...changes].map((instant) => offsetAt(instant, timeZone));
    let current = 0;
    for (const start of starts) {
      while (current > 0 && start < (changes[current - 1] ?? 0)) current -= 1;
      while (current < changes.length && start >= (changes[current] ?? Infinity)) current += 1;
      const hour = Math.floor((start + (offsets[current] ?? 0)) / hourMs) + epochHour;
      const place = ((hour % hoursPerWeek) + hoursPerWeek) % hoursPerWeek;
      totals[place] = (totals[place] ?? 0) + 1;
    }
  }
  return Array.from(totals, (total, place) =>
    mark(total, [`weekday:${names[Math.floor(place / 24)] ?? ''}`, `hour:${place % 24}`]),
  );
}
