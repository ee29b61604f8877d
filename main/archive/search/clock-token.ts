import { filterToken } from './filter-token.ts';

/**
 * When in the week a conversation started, as index tokens of UTC: its hour and its quarter of an hour. The wall
 * clock of a zone runs so many quarters before or behind UTC, hence its hours and weekdays are sets of these.
 */
const field = 'utc';
const quarterMs = 900_000;
const quartersPerHour = 4;
export const quartersPerDay = 96;
const quartersPerWeek = 7 * quartersPerDay;
/** The first of January 1970 was a Thursday; weeks here begin on Monday. */
const epochQuarter = 3 * quartersPerDay;

/** The place of an instant in its week of UTC, in quarters of an hour from Monday 0:00. */
function quarterOf(instant: number): number {
  return modulo(Math.floor(instant / quarterMs) + epochQuarter, quartersPerWeek);
}

function modulo(value: number, base: number): number {
  return ((value % base) + base) % base;
}

const hourToken = (hour: number) => filterToken(field, `h${hour}`);
const quarterToken = (quarter: number) => filterToken(field, `q${quarter}`);

/** The tokens of one conversation. */
export function clockTokens(startMs: number): string[] {
  const quarter = quarterOf(startMs);
  return [hourToken(Math.floor(quarter / quartersPerHour)), quarterToken(quarter)];
}

/** How far the clock may run before UTC for tokens to say exactly what it shows. */
export function isWholeQuarters(offsetMs: number): boolean {
  return offsetMs % quarterMs === 0;
}

/**
 * Tokens that together stand for parts of the local week.
 * @param wanted whether a quarter of the local week, from Monday 0:00, belongs to it
 * @param offsetMs how far the local clock runs before UTC; of whole quarters
 */
export function weekTokens(wanted: (quarter: number) => boolean, offsetMs: number): string[] {
  const shift = offsetMs / quarterMs;
  const tokens: string[] = [];
  for (let first = 0; first < quartersPerWeek; first += quartersPerHour) {
    const quarters = Array.from({ length: quartersPerHour }, (_, index) => first + index);
    const inside = quarters.filter((quarter) => wanted(modulo(quarter + shift, quartersPerWeek)));
    if (inside.length === quartersPerHour) tokens.push(hourToken(first / quartersPerHour));
    else tokens.push(...inside.map(quarterToken));
  }
  return tokens;
}
