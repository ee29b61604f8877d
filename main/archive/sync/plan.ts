import type { Source } from '../../../preload/model.ts';
import type { Window } from '../liveperson/history-client.ts';
import {
  backfillStart,
  ceilTo,
  dayMs,
  floorTo,
  retentionStart,
  sealableFrom,
  stepMs,
  waitForEnd,
  settledMs,
} from './time.ts';

/** The largest answer that comes in one response, and so needs no offsets at all. */
export const pageSize = 100;
/** A settled window with more than this is halved. */
export const settledLimit = 2000;
/** No request goes deeper: the search engine behind the API is believed to refuse beyond 10,000. */
export const deepestOffset = 5000;
export const defaultWidthMs = 7 * dayMs;
export const greatestWidthMs = 28 * dayMs;
export const messagingSpanMs = 90 * dayMs;
/** A window is cut so that it holds about this much of a page, to leave room for late arrivals. */
const comfortablePage = 80;
/** Expiry moves through the oldest windows while they are read. */
const expiryZoneMs = 2 * dayMs;

export interface Extent {
  from: number;
  to: number;
}

/**
 * Both clocks at one moment. A wrong local clock must neither seal a window early nor leave one unread, so what
 * decides about completeness takes the earlier one, and what decides how far to read takes the later one.
 */
export interface Moment {
  earlier: number;
  later: number;
}

export interface ExtentLimits {
  accountSince: number | null;
  since?: number | undefined;
  until?: number | undefined;
}

/** The range that a run looks after. Empty when the limits exclude everything. */
export function extentAt(moment: Moment, limits: ExtentLimits): Extent {
  const from = Math.max(
    backfillStart(moment.earlier),
    limits.accountSince === null ? -Infinity : floorTo(limits.accountSince, stepMs),
    limits.since === undefined ? -Infinity : floorTo(limits.since, stepMs),
  );
  const end = floorTo(moment.later, stepMs) + stepMs;
  const to = Math.min(end, limits.until === undefined ? Infinity : ceilTo(limits.until, stepMs));
  return { from, to: Math.max(from, to) };
}

/** Parts of `extent` that no row of the ledger covers. `rows` in order of time, without overlaps. */
export function uncovered(rows: readonly Window[], extent: Extent): Window[] {
  const gaps: Window[] = [];
  let at = extent.from;
  for (const row of rows) {
    if (row.to <= at) continue;
    if (row.from >= extent.to) break;
    if (row.from > at) gaps.push({ from: at, to: Math.min(row.from, extent.to) });
    at = row.to;
  }
  if (at < extent.to) gaps.push({ from: at, to: extent.to });
  return gaps;
}

/** Where the hot tail begins: rows that reach beyond it can't be sealed yet and are read in every run. */
export function hotTailStart(now: number, source: Source, longestSeenMs: number): number {
  return floorTo(now - waitForEnd(source, longestSeenMs) - settledMs, dayMs);
}

/** The next window to read from the front of an unread stretch. Windows end with a day where they can. */
export function takeFront(stretch: Window, widthMs: number, tailStart: number): Window {
  const { from } = stretch;
  if (from >= tailStart) return { from, to: Math.min(stretch.to, floorTo(from, dayMs) + dayMs) };
  const to = Math.min(stretch.to, tailStart, from + Math.max(stepMs, floorTo(widthMs, stepMs)));
  const endOfDay = floorTo(to, dayMs);
  return { from, to: endOfDay > from ? endOfDay : to };
}

/** Nothing new can appear in a settled window, and nothing expires from it: only there is it safe to turn pages. */
export function isSettled(window: Window, moment: Moment, source: Source, longestSeenMs: number): boolean {
  return (
    moment.earlier >= sealableFrom(window.to, source, longestSeenMs) &&
    window.from >= retentionStart(moment.later) + expiryZoneMs
  );
}

/** How many hits a window may have before it is cut. */
export function countLimit(settled: boolean): number {
  return settled ? settledLimit : pageSize;
}

/**
 * Cuts a window that holds too much. `starts` are the start times on its first page: they tell where about a page
 * full ends, which beats halving when everything lies at one end. Null: it is as small as windows get.
 */
export function splitWindow(window: Window, settled: boolean, starts: readonly number[]): [Window, Window] | null {
  if (window.to - window.from <= stepMs) return null;
  const cut = settled ? middle(window) : endOfFirstPage(window, starts);
  return [
    { from: window.from, to: cut },
    { from: cut, to: window.to },
  ];
}

function middle(window: Window): number {
  const half = window.from + (window.to - window.from) / 2;
  const day = floorTo(half, dayMs);
  return day > window.from && window.to - window.from >= 2 * dayMs
    ? day
    : Math.max(floorTo(half, stepMs), window.from + stepMs);
}

function endOfFirstPage(window: Window, starts: readonly number[]): number {
  const sorted = starts.filter((start) => start >= window.from && start < window.to).toSorted((a, b) => a - b);
  const start = sorted[comfortablePage - 1];
  if (start === undefined) return middle(window);
  return Math.min(Math.max(floorTo(start, stepMs), window.from + stepMs), window.to - stepMs);
}

/** The width of the next backfill window, from what the last one held. */
export function nextWidth(widthMs: number, count: number): number {
  if (count > settledLimit / 2) return Math.max(stepMs, floorTo(widthMs / 2, stepMs));
  if (count < settledLimit / 8) return Math.min(greatestWidthMs, widthMs * 2);
  return widthMs;
}

export interface CountedWindow extends Window {
  count: number | null;
}

/** Neighbours of one day that fit in one page together, so that frequent runs don't leave a crumb each. */
export function coalesce<T extends CountedWindow>(rows: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const sum = (group ?? []).reduce((total, member) => total + (member.count ?? 0), row.count ?? 0);
    const joins =
      last !== undefined &&
      last.to === row.from &&
      floorTo(group?.[0]?.from ?? 0, dayMs) === floorTo(row.to - 1, dayMs) &&
      sum <= comfortablePage;
    if (joins) group?.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** The start windows of an update query: at most 90 days each, because a start window is mandatory and capped. */
export function incrementWindows(extent: Extent): Window[] {
  const windows: Window[] = [];
  for (let from = extent.from; from < extent.to; from += messagingSpanMs) {
    windows.push({ from, to: Math.min(extent.to, from + messagingSpanMs) });
  }
  return windows;
}
