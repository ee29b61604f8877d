import type { CoverageDay, SourceStatus, Status } from '../../../preload/model.ts';

export interface CalendarMonth {
  /** `2026-03` */
  month: string;
  /** One entry a day of the month, from the 1st; null where nothing is known of the day. */
  days: (CoverageDay | null)[];
}

/** The days that are known, as whole months, newest last. Months between the first and the last are all there. */
export function calendarOf(coverage: readonly CoverageDay[]): CalendarMonth[] {
  const byDay = new Map(coverage.map((day) => [day.day, day]));
  const sorted = [...byDay.keys()].toSorted();
  const first = sorted[0]?.slice(0, 7);
  const last = sorted.at(-1)?.slice(0, 7);
  if (first === undefined || last === undefined) return [];
  const months: CalendarMonth[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) {
    months.push({
      month,
      days: Array.from({ length: daysIn(month) }, (_, index) => byDay.get(`${month}-${String(index + 1).padStart(2, '0')}`) ?? null),
    });
  }
  return months;
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

function daysIn(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}

/** What a cell of the calendar shows. `beyond`: the source had deleted (part of) the day before it was asked. */
export type CellState = 'complete' | 'pending' | 'gap' | 'beyond' | 'never';

export function cellState(day: CoverageDay): CellState {
  if (day.verdict === 'beyond-retention') return 'beyond';
  return day.state === 'partial' ? 'gap' : day.state;
}

export interface CoverageSummary {
  from: string;
  to: string;
  reported: number;
  archived: number;
  /** Days between `from` and `to` by state. */
  days: Record<CellState, number>;
}

/** What an auditor asks first: from when to when, reported against archived, days by state. */
export function summarise(coverage: readonly CoverageDay[]): CoverageSummary | null {
  const asked = coverage
    .filter((day) => ['complete', 'pending', 'gap'].includes(cellState(day)))
    .toSorted((a, b) => a.day.localeCompare(b.day));
  const first = asked[0];
  const last = asked.at(-1);
  if (first === undefined || last === undefined) return null;
  const days: CoverageSummary['days'] = { complete: 0, pending: 0, gap: 0, beyond: 0, never: 0 };
  for (const day of coverage) if (day.day >= first.day && day.day <= last.day) days[cellState(day)] += 1;
  return {
    from: first.day,
    to: last.day,
    reported: asked.reduce((sum, day) => sum + (day.reported ?? 0), 0),
    archived: asked.reduce((sum, day) => sum + day.archived, 0),
    days,
  };
}

/** A gap is a day that was asked for and could not be completed, or one left out between days that were asked for. */
export function gapsOf(source: SourceStatus): number {
  const summary = summarise(source.coverage);
  return summary === null ? 0 : summary.days.gap + summary.days.never;
}

export function countGaps(status: Status): number {
  return status.accounts
    .filter((account) => !account.removed)
    .flatMap((account) => account.sources)
    .reduce((sum, source) => sum + gapsOf(source), 0);
}
