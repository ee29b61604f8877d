import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import type { DashboardPart, DashboardSlice, ValuesFigure } from '../../../preload/model.ts';
import { answering } from '../search/answer.ts';
import { explainQuery } from '../search/explain.ts';
import { matchingList } from '../search/match-list.ts';
import { parseQuery } from '../search/query.ts';
import { minuteStartOf, ridMinuteMs, spillMinutes } from '../store/rid.ts';
import { hoursOf } from './hours.ts';
import { narrower } from './narrow.ts';
import { dayOf, daysBefore, periodOf, type Period } from './period.ts';
import { ratesOf, volumeOf } from './volume.ts';
import { scoresOf } from './scores.ts';
import { makeSlice, type Slice } from './slice.ts';
import { spansOf } from './spans.ts';
import { sameValuesOf, valuesOf } from './values.ts';

type FiguresInput = ParsedInput<'dashboard.figures'>;

/**
 * Figures of the conversations that a query finds within some days, and of as many days before. All of one state of
 * the archive; each with the query that finds exactly the conversations behind it.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function dashboardFigures(db: Database, input: FiguresInput, now: number): Output<'dashboard.figures'> {
  const began = performance.now();
  const { query, timeZone } = input;
  const moment = { now, timeZone };
  const narrow = narrower(query);
  const compute = (): Output<'dashboard.figures'> => {
    const sliceOf = (period: Period): Slice => {
      const within = narrow(`from:${period.days.from}`, `to:${period.days.to}`);
      const rids = answering(db, within, moment, (plan) => matchingList(db, plan));
      return makeSlice(db, period, rids, narrow);
    };
    const whole = input.from === undefined || input.to === undefined ? spanOf(db, query, moment) : null;
    const days = { from: input.from ?? whole?.from ?? '', to: input.to ?? whole?.to ?? '' };
    const period = periodOf(days, timeZone);
    const shown = figuresOf(sliceOf(period), input);
    const everything = input.from === undefined && input.to === undefined;
    const before = everything ? null : periodOf(daysBefore(period), timeZone);
    return {
      understoodAs: explainQuery(parseQuery(query)),
      unit: period.unit,
      period: shown,
      before: before === null ? null : figuresOf(sliceOf(before), input, shown.values ?? []),
      elapsedMs: performance.now() - began,
    };
  };
  return db.inTransaction ? compute() : db.transaction(compute).deferred();
}

/** The days from the first conversation that a query finds to the last. */
function spanOf(db: Database, query: string, moment: { now: number; timeZone: string }): { from: string; to: string } {
  const rids = answering(db, query, moment, (plan) => matchingList(db, plan));
  const [first, last] = [rids[0], rids.at(-1)];
  const from = first === undefined ? moment.now : minuteStartOf(first) - spillMinutes(db) * ridMinuteMs;
  const to = last === undefined ? moment.now : minuteStartOf(last) + ridMinuteMs - 1;
  return { from: dayOf(from, moment.timeZone), to: dayOf(to, moment.timeZone) };
}

/** @param chosen values to count instead of the commonest: those that the figures are compared with. */
function figuresOf(slice: Slice, input: FiguresInput, chosen: readonly ValuesFigure[] | null = null): DashboardSlice {
  const wants = (part: DashboardPart) => input.parts.includes(part);
  const { days, buckets } = slice.period;
  return {
    days,
    buckets,
    total: slice.mark(slice.rids.length, []),
    ...(wants('volume') ? { volume: volumeOf(slice) } : {}),
    ...(wants('rates') ? { rates: ratesOf(slice) } : {}),
    ...(wants('scores') ? { scores: scoresOf(slice) } : {}),
    ...(wants('spans') ? { spans: spansOf(slice) } : {}),
    ...(wants('hours') && chosen === null ? { hours: hoursOf(slice, input.timeZone) } : {}),
    ...(wants('values')
      ? { values: chosen === null ? valuesOf(slice, input.values) : sameValuesOf(slice, chosen) }
      : {}),
  };
}
