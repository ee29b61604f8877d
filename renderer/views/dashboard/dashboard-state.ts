import { useMemo } from 'react';
import { useSearch } from 'wouter';
import { navigate } from '../../state/hash-location.ts';
import { isoDay } from '../../text/format.ts';

export const periods = ['4w', '13w', '12m', 'all', 'days'] as const;
export type PeriodChoice = (typeof periods)[number];

export interface DashboardAddress {
  query: string;
  period: PeriodChoice;
  /** Of period `days`. */
  from: string;
  to: string;
}

const dayMs = 86_400_000;

export function readDashboardAddress(search: string): DashboardAddress {
  const parameters = new URLSearchParams(search);
  const period = parameters.get('period') ?? '';
  return {
    query: parameters.get('q') ?? '',
    period: (periods as readonly string[]).includes(period) ? (period as PeriodChoice) : '13w',
    from: parameters.get('from') ?? '',
    to: parameters.get('to') ?? '',
  };
}

export function dashboardHref({ query, period, from, to }: DashboardAddress): string {
  const parameters = new URLSearchParams();
  if (query !== '') parameters.set('q', query);
  if (period !== '13w') parameters.set('period', period);
  if (period === 'days') {
    parameters.set('from', from);
    parameters.set('to', to);
  }
  const text = parameters.toString();
  return text === '' ? '/dashboard' : `/dashboard?${text}`;
}

/** Query and period live in the address, so that "back" and links keep them. */
export function useDashboardAddress() {
  const search = useSearch();
  const address = useMemo(() => readDashboardAddress(search), [search]);
  return {
    address,
    go: (patch: Partial<DashboardAddress>, replace = false) =>
      navigate(dashboardHref({ ...address, ...patch }), { replace }),
  };
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/u.test(text) && Number.isFinite(Date.parse(`${text}T00:00:00Z`));

/**
 * The days that are asked for. They end with yesterday: today is not over, and would look like a fall.
 * Null: everything. Undefined: no days yet.
 */
export function daysOf(
  { period, from, to }: DashboardAddress,
  now: number,
  zone: string,
): { from: string; to: string } | null | undefined {
  const yesterday = isoDay(now - dayMs, zone);
  const back = (days: number) =>
    new Date(Date.parse(`${yesterday}T00:00:00Z`) - days * dayMs).toISOString().slice(0, 10);
  switch (period) {
    case '4w':
      return { from: back(27), to: yesterday };
    case '13w':
      return { from: back(90), to: yesterday };
    case '12m': {
      const [year = 0, month = 1] = yesterday.split('-').map(Number);
      return { from: new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10), to: yesterday };
    }
    case 'all':
      return null;
    case 'days':
      return isDay(from) && isDay(to) ? { from, to } : undefined;
  }
}
