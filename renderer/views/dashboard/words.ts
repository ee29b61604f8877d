import type { Dashboard, DashboardBucket, Figure } from '../../../preload/model.ts';
import {
  formatDay,
  formatDayMonth,
  formatDays,
  formatDuration,
  formatMonth,
  formatMonthName,
  formatNumber,
  formatPercent,
} from '../../text/format.ts';
import { t } from '../../text/text.ts';
import { searchHref } from '../search/search-state.ts';

export type Unit = Dashboard['unit'];

/** Where a figure leads, as a plain link: charts are drawn without the router. */
export function hrefOf({ query }: Figure): string | null {
  return query === null ? null : `#${searchHref({ query })}`;
}

const utc = (day: string) => formatDay(Date.parse(`${day}T00:00:00Z`), 'UTC');

/** `14 – 20 Sep 2026`, `Sep 2026`, with a word where the month is not whole. */
export function bucketName(bucket: DashboardBucket, unit: Unit): string {
  const name = { day: utc, week: () => formatDays(bucket.from, bucket.to), month: formatMonth, year: yearOf }[unit];
  const when = name(bucket.from);
  return bucket.whole ? when : t('dashboard.part', { when });
}

const yearOf = (day: string) => day.slice(0, 4);

/** Under the axis. */
export function bucketTick({ from }: DashboardBucket, unit: Unit): string {
  if (unit === 'year') return yearOf(from);
  if (unit === 'month') return from.slice(5, 7) === '01' ? yearOf(from) : formatMonthName(from);
  return formatDayMonth(from);
}

/** A sentence on what changed from one number to another; empty where nothing is compared. */
export function changeWords(now: number, before: number | undefined): string {
  if (before === undefined) return '';
  if (before === 0) return now === 0 ? '' : t('dashboard.none-before');
  if (now === before) return t('dashboard.equal');
  const values = { change: formatPercent(Math.abs(now / before - 1)), before: formatNumber(before) };
  return now > before ? t('dashboard.more', values) : t('dashboard.fewer', values);
}

export function spanName(from: number, to: number | null): string {
  if (to === null) return t('dashboard.span.above', { from: formatDuration(from) });
  if (from === 0) return t('dashboard.span.below', { to: formatDuration(to) });
  return t('dashboard.span.between', { from: formatDuration(from), to: formatDuration(to) });
}

export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
