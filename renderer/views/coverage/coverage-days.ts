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
      days: Array.from(
        { length: daysIn(month) },
        (_, index) => byDay.get(`${month}-${String(index + 1).padStart(2, '0')}`) ?? null,
      ),
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

/**
 * What a cell of the calendar shows. `beyond`: the source had deleted (part of) the day before it was asked.
 * `never`: nobody asked for the day yet, which is no gap: the next sync asks.
 */
export type CellState = 'complete' | 'pending' | 'gap' | 'beyond' | 'never';

/** @param finished a sync went through all days once; before that, a day without a figure was not asked for yet */
export function cellState(day: CoverageDay, finished: boolean): CellState {
  if (day.verdict === 'beyond-retention') return 'beyond';
  // Planned and not read yet: the ledger calls it no more than pending, the auditor a gap.
  if (day.state === 'pending' && day.verdict === 'gap') return 'never';
  if (day.state !== 'partial') return day.state;
  return finished || day.reported !== null ? 'gap' : 'never';
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
export function summarise(source: Pick<SourceStatus, 'coverage' | 'lastSyncAt'>): CoverageSummary | null {
  const cells = source.coverage
    .map((day) => ({ ...day, cell: cellState(day, source.lastSyncAt !== null) }))
    .toSorted((a, b) => a.day.localeCompare(b.day));
  const asked = cells.filter(({ cell }) => cell === 'complete' || cell === 'pending' || cell === 'gap');
  const first = asked[0];
  const last = asked.at(-1);
  if (first === undefined || last === undefined) return null;
  const days: CoverageSummary['days'] = { complete: 0, pending: 0, gap: 0, beyond: 0, never: 0 };
  for (const { day, cell } of cells) if (day >= first.day && day <= last.day) days[cell] += 1;
  return {
    from: first.day,
    to: last.day,
    reported: asked.reduce((sum, day) => sum + (day.reported ?? 0), 0),
    archived: asked.reduce((sum, day) => sum + day.archived, 0),
    days,
  };
}

/** Days that were asked for and could not be completed. Days never asked for are not among them. */
export function gapsOf(source: Pick<SourceStatus, 'coverage' | 'lastSyncAt'>): number {
  return summarise(source)?.days.gap ?? 0;
}

const connected = (status: Status) =>
  status.accounts.filter((account) => !account.removed).flatMap((account) => account.sources);

export function countGaps(status: Status): number {
  return connected(status).reduce((sum, source) => sum + gapsOf(source), 0);
}

export type DayRange = NonNullable<SourceStatus['permanentGaps']>[number];

/** Different days of several ranges: one that is missing from both sources is still one day. */
export function countDays(ranges: readonly DayRange[]): number {
  const days = new Set<number>();
  for (const { from, days: length } of ranges) {
    const start = Date.parse(`${from}T00:00:00Z`) / dayMs;
    for (let day = start; day < start + length; day++) days.add(day);
  }
  return days.size;
}

const dayMs = 86_400_000;

/** What the retention clock says of all connected accounts: days lost, and days about to be. */
export function countLosses(status: Status): { lost: number; closing: number } {
  const sources = connected(status);
  return {
    lost: countDays(sources.flatMap((source) => source.permanentGaps ?? [])),
    closing: countDays(sources.flatMap((source) => source.gapsBecomingPermanent ?? [])),
  };
}
