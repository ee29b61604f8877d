import { formatLocale, formatNumber } from './locale.ts';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making a DateTimeFormat costs a millisecond; a transcript needs thousands of times. */
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(formatLocale, { ...options, timeZone: zone });
    formatters.set(key, found);
  }
  return found;
}

/** `14 Mar 2026` */
export function formatDay(ms: number, zone: string): string {
  return formatter(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(ms);
}

/** `Saturday, 14 March 2026` */
export function formatLongDay(ms: number, zone: string): string {
  return formatter(zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(ms);
}

/** `14 Mar`, with the year where it is not this one. */
export function formatShortDay(ms: number, zone: string, now: number): string {
  const year = formatter(zone, { year: 'numeric' });
  if (year.format(ms) === year.format(now)) return formatter(zone, { day: 'numeric', month: 'short' }).format(ms);
  return formatDay(ms, zone);
}

/** `09:15`; 24 hours for everyone, because evidence must not hang on an "am". */
export function formatTime(ms: number, zone: string): string {
  return formatter(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(ms);
}

/** `09:15:26` */
export function formatSeconds(ms: number, zone: string): string {
  return formatter(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(ms);
}

/** `14 Mar 2026, 09:15 CET` */
export function formatMoment(ms: number, zone: string): string {
  return `${formatDay(ms, zone)}, ${formatTime(ms, zone)} ${zoneName(ms, zone)}`;
}

/** `Mar 2026` from `2026-03` or a longer day. */
export function formatMonth(day: string): string {
  return formatter('UTC', { month: 'short', year: 'numeric' }).format(Date.parse(`${day.slice(0, 7)}-01T00:00:00Z`));
}

/** `14 Mar` from `2026-03-14`: where the year is said elsewhere. */
export function formatDayMonth(day: string): string {
  return formatter('UTC', { day: 'numeric', month: 'short' }).format(Date.parse(`${day}T00:00:00Z`));
}

/** `Mar`, from a day of it. */
export function formatMonthName(day: string): string {
  return formatter('UTC', { month: 'short' }).format(Date.parse(`${day.slice(0, 7)}-01T00:00:00Z`));
}

/** `14 – 20 Mar 2026`, from two days of the calendar. */
export function formatDays(from: string, to: string): string {
  const [start, end] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  const format = formatter('UTC', { day: 'numeric', month: 'short', year: 'numeric' });
  return from === to ? format.format(start) : format.formatRange(start, end);
}

/** `Mon`, for the so-manieth day of a week that begins on Monday; in full where there is room. */
export function formatWeekday(index: number, width: 'short' | 'long'): string {
  // The fifth of January 1970 was a Monday.
  return formatter('UTC', { weekday: width }).format((4 + index) * 86_400_000);
}

/** `CET`, `GMT+2`, `UTC` */
export function zoneName(ms: number, zone: string): string {
  const parts = formatter(zone, { timeZoneName: 'short', year: 'numeric' }).formatToParts(ms);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** A key that is equal for two times of the same calendar day. */
export function dayKey(ms: number, zone: string): string {
  return formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(ms);
}

const isoParts = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-14`: the calendar day of the zone, as the query language writes it. */
export function isoDay(ms: number, zone: string): string {
  let found = isoParts.get(zone);
  if (found === undefined) {
    // Swedish writes dates as ISO 8601 does.
    found = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    isoParts.set(zone, found);
  }
  return found.format(ms);
}

/** `45 s`, `6 min`, `1 h 20 min`, `3 d 4 h` */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${Math.floor(hours / 24)} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const percents = new Intl.NumberFormat(formatLocale, { style: 'percent', maximumFractionDigits: 1 });
const decimals = new Intl.NumberFormat(formatLocale, { maximumFractionDigits: 2 });

/** `12.5%` from 0.125 */
export function formatPercent(share: number): string {
  return percents.format(share);
}

/** `3.94`, `4` */
export function formatDecimal(value: number): string {
  return decimals.format(value);
}

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `4.4 GB` */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(formatLocale, {
    style: 'unit',
    unit: byteUnits[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

const relative = new Intl.RelativeTimeFormat(formatLocale, { numeric: 'auto', style: 'short' });

/** `now`, `4 min. ago`, `in 2 days` */
export function formatRelative(ms: number, now: number): string {
  const seconds = (ms - now) / 1000;
  const size = Math.abs(seconds);
  if (size < 45) return relative.format(0, 'second');
  if (size < 45 * 60) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 22 * 3600) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

const list = new Intl.ListFormat(formatLocale, { style: 'long', type: 'conjunction' });

export function formatList(parts: readonly string[]): string {
  return list.format(parts);
}

/** `12 %` of a job; null while nobody knows the total. */
export function fractionOf(done: number, total: number | null): number | null {
  if (total === null || total === 0) return null;
  return Math.min(1, done / total);
}

export { formatNumber };
