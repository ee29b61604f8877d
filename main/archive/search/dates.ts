import { ArchiveError } from '../../../preload/errors.ts';
import type { DateNode, DateValue } from './query-tree.ts';

/** What dates of a query are read against. */
export interface Moment {
  /** Epoch milliseconds. */
  now: number;
  /** IANA name. */
  timeZone: string;
}

/** Half-open, epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-US', {
        timeZone,
        hourCycle: 'h23',
        era: 'short',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch (cause) {
      throw new ArchiveError('invalid-input', `There is no time zone called ${timeZone.slice(0, 64)}.`, {
        hint: 'Use a name such as UTC, Europe/Berlin or America/New_York.',
        cause,
      });
    }
    formats.set(timeZone, format);
  }
  return format;
}

/** The wall clock of a zone at an instant, written as if it were UTC. */
export function wallClock(instant: number, timeZone: string): number {
  if (timeZone === 'UTC') return instant;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
}

/**
 * The first instant of a calendar day in a zone. Where the clock skips midnight the day begins when the clock
 * goes on; where midnight comes twice it begins with the first.
 */
export function startOfDay(year: number, month: number, day: number, timeZone: string): number {
  const wanted = Date.UTC(year, month - 1, day);
  if (timeZone === 'UTC') return wanted;
  const candidates = [wanted - dayMs, wanted + dayMs].map((near) => wanted - (wallClock(near, timeZone) - near));
  const real = candidates.filter((instant) => wallClock(instant, timeZone) === wanted);
  return real.length > 0 ? Math.min(...real) : Math.max(...candidates);
}

/** What a date of a query covers, from its first instant to just after its last. */
export function spanOf(value: DateValue, { now, timeZone }: Moment): Span {
  if (value.kind === 'calendar') {
    const { year, month, day } = value;
    const from = startOfDay(year, month ?? 1, day ?? 1, timeZone);
    if (month === null) return { from, to: startOfDay(year + 1, 1, 1, timeZone) };
    if (day === null) return { from, to: startOfDay(year, month + 1, 1, timeZone) };
    return { from, to: startOfDay(year, month, day + 1, timeZone) };
  }
  if (value.unit === 'h') {
    const from = Math.floor((now - value.amount * hourMs) / minuteMs) * minuteMs;
    return { from, to: from + minuteMs };
  }
  const date = new Date(wallClock(now, timeZone));
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  if (value.unit === 'd' || value.unit === 'w') {
    const back = value.amount * (value.unit === 'w' ? 7 : 1);
    return {
      from: startOfDay(year, month, day - back, timeZone),
      to: startOfDay(year, month, day - back + 1, timeZone),
    };
  }
  const months = year * 12 + month - 1 - value.amount * (value.unit === 'y' ? 12 : 1);
  const [backYear, backMonth] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  // 31 March a month back is the last of February.
  const backDay = Math.min(day, new Date(Date.UTC(backYear, backMonth, 0)).getUTCDate());
  return {
    from: startOfDay(backYear, backMonth, backDay, timeZone),
    to: startOfDay(backYear, backMonth, backDay + 1, timeZone),
  };
}

/** When a conversation must have started for a date filter to hold. */
export function startsWithin(node: DateNode, moment: Moment): Span {
  const { from, to } = spanOf(node.value, moment);
  if (node.field === 'from') return { from, to: Infinity };
  if (node.field === 'to') return { from: -Infinity, to };
  return { from, to };
}
