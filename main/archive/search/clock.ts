import { quartersPerDay } from './clock-token.ts';
import { wallClock, type Span } from './dates.ts';
import type { Field } from './fields.ts';
import type { ValueText } from './lexer.ts';
import { queryError } from './query-error.ts';
import type { ClockNode } from './query-tree.ts';

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const dayMs = 86_400_000;

/** Reads `weekday:mon..fri` and `hour:22..6`: single ones, lists, and spans that may go round. */
export function clockNode(field: Field, values: readonly ValueText[], position: number): ClockNode {
  const size = field.name === 'weekday' ? 7 : 24;
  const chosen = new Set<number>();
  for (const { text, prefix, position: at } of values) {
    const [first, last = first, ...more] = text
      .trim()
      .replaceAll('…', '..')
      .split('..')
      .map((part) => readUnit(field, part));
    if (prefix || more.length > 0 || first === undefined || last === undefined || first === null || last === null) {
      throw field.name === 'weekday'
        ? queryError('weekday: needs a day of the week', at, 'one like mon, saturday or mon..fri')
        : queryError('hour: needs an hour of the day', at, 'one from 0 to 23, like 9, or 9..17');
    }
    for (let unit = first; ; unit = (unit + 1) % size) {
      chosen.add(unit);
      if (unit === last) break;
    }
  }
  const name = field.name === 'weekday' ? 'weekday' : 'hour';
  return { kind: 'clock', field: name, values: [...chosen].sort((one, other) => one - other), position };
}

function readUnit(field: Field, text: string): number | null {
  if (field.name === 'weekday') {
    const word = text.trim().toLowerCase();
    const found = word.length < 2 ? -1 : weekdays.findIndex((name) => name.toLowerCase().startsWith(word));
    return found < 0 ? null : found;
  }
  const hour = /^\d{1,2}$/u.test(text.trim()) ? Number(text) : NaN;
  return hour < 24 ? hour : null;
}

/** Whether a clock on the wall of the zone shows what the filter asks for. */
export function clockHolds({ field, values }: ClockNode, instant: number, timeZone: string): boolean {
  const local = new Date(wallClock(instant, timeZone));
  return values.includes(field === 'hour' ? local.getUTCHours() : (local.getUTCDay() + 6) % 7);
}

/** The same of a quarter of the local week, counted from Monday 0:00. */
export function clockWants({ field, values }: ClockNode): (quarter: number) => boolean {
  const quarters = field === 'weekday' ? quartersPerDay : quartersPerDay / 24;
  const around = field === 'weekday' ? 7 : 24;
  return (quarter) => values.includes(Math.floor(quarter / quarters) % around);
}

/** How far the wall clock of the zone runs before UTC. */
export function offsetAt(instant: number, timeZone: string): number {
  return wallClock(instant, timeZone) - instant;
}

const changes = new Map<string, number[]>();

/** The instants within a span at which the clock of a zone was put forward or back. */
export function clockChanges({ from, to }: Span, timeZone: string): number[] {
  if (timeZone === 'UTC') return [];
  // Whole years, so that a growing archive does not ask for another span each minute.
  const [first, last] = [yearStart(from, 0), yearStart(to, 1)];
  const key = `${timeZone} ${first} ${last}`;
  let found = changes.get(key);
  if (found === undefined) {
    found = [];
    let offset = offsetAt(first, timeZone);
    for (let day = first; day < last; day += dayMs) {
      const next = offsetAt(day + dayMs, timeZone);
      if (next !== offset) found.push(changeBetween(day, day + dayMs, timeZone));
      offset = next;
    }
    changes.set(key, found);
  }
  return found;
}

function yearStart(instant: number, later: number): number {
  return Date.UTC(new Date(instant).getUTCFullYear() + later, 0, 1);
}

/** The first second at which the offset is that of the end. */
function changeBetween(start: number, end: number, timeZone: string): number {
  const after = offsetAt(end, timeZone);
  let [low, high] = [start, end];
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000;
    if (offsetAt(middle, timeZone) === after) high = middle;
    else low = middle;
  }
  return high;
}

/** Where no archive says how far back its conversations go. */
export const anyTime: Span = { from: 0, to: Date.UTC(2100, 0, 1) };
