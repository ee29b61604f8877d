import { firstRidOf, ridMinuteMs, slotsPerMinute } from '../store/rid.ts';
import { anyTime, clockChanges, offsetAt } from './clock.ts';
import { isWholeQuarters } from './clock-token.ts';
import { startsWithin, type Moment, type Span } from './dates.ts';
import { isExact, matchText, type CompileOptions } from './match-text.ts';
import { queryError } from './query-error.ts';
import type { DateNode, Query, QueryNode } from './query-tree.ts';

/** Conversations of a span of time that match, found by one MATCH. */
export interface Segment {
  /** Row ids, both inclusive. */
  from: number;
  to: number;
  /** FTS5 expression that finds all that match, and nothing else when `verify` is false. */
  match: string;
  /** Each row found has to be checked against the stored conversation. */
  verify: boolean;
  /** With `verify`: an expression that finds only such as need no check; null when there is none. */
  certain: string | null;
  /** An instant for which dates say what they say for the whole segment; null where starts on both sides of one meet. */
  at: number | null;
  /** How far the asker's clock runs before UTC; null where the query does not ask, or it changes. */
  clockOffset: number | null;
}

/** How a query is answered: segments in ascending order of row ids, none overlapping. */
export interface Plan {
  root: QueryNode | null;
  /** When a conversation must have started for each date filter to hold. */
  spans: ReadonlyMap<DateNode, Span>;
  segments: Segment[];
  /** How many minutes after its start a conversation's row id may lie (store/rid.ts). */
  spill: number;
  /** Whose wall clock the query asks about. */
  timeZone: string;
}

/** Beyond any start time; still exact as a number and as a 64-bit integer. */
const highestRid = Number.MAX_SAFE_INTEGER;
const mostDates = 100;

/**
 * Row ids follow the start time. Between two dates that a query names, each of its date filters is simply true or
 * false: there the rest of the query is one MATCH within a range of row ids, wherever in the query the dates stand.
 * The same holds for clocks between two moments at which they are put forward or back.
 * @param reach from the first start in the archive to the last, so that only changes of the clock within it count
 */
export function planQuery({ root }: Query, moment: Moment, spill: number, reach: Span = anyTime): Plan {
  const { timeZone } = moment;
  const { dates, clocks } = timeNodes(root);
  if (dates.length > mostDates) {
    const position = dates[mostDates]?.position ?? 0;
    throw queryError('There are too many dates', position, `at most ${mostDates} dates in one query`);
  }
  const spans = new Map(dates.map((node) => [node, startsWithin(node, moment)]));
  const exact = root === null || isExact(root);
  const segments: Segment[] = [];
  const hands = clocks ? clockChanges(reach, timeZone).map((from) => ({ from, to: Infinity })) : [];
  for (const region of regions([...spans.values(), ...hands], spill)) {
    const inside = region.at;
    const clockOffset = clocks && inside !== null ? knownOffset(Math.max(inside, reach.from), timeZone) : null;
    const holds = (node: DateNode) => (inside === null ? null : contains(spans.get(node), inside));
    const match = matchText(root, options('over', holds, clockOffset));
    if (match === null) continue;
    const verify = !exact || inside === null || (clocks && clockOffset === null);
    const certain = verify ? matchText(root, options('under', holds, clockOffset)) : null;
    append(segments, { from: region.from, to: region.to, match, verify, certain, at: inside, clockOffset });
  }
  return { root, spans, segments, spill, timeZone };
}

function options(
  mode: 'over' | 'under',
  dateHolds: CompileOptions['dateHolds'],
  clockOffset: number | null,
): CompileOptions {
  return { mode, dateHolds, clockOffset };
}

/** Null for a clock that tokens cannot follow, as some zones had before 1972. */
function knownOffset(instant: number, timeZone: string): number | null {
  const offset = offsetAt(instant, timeZone);
  return isWholeQuarters(offset) ? offset : null;
}

function contains(span: Span | undefined, instant: number): boolean {
  return span !== undefined && span.from <= instant && instant < span.to;
}

/** Neighbours that ask the same become one. */
function append(segments: Segment[], segment: Segment): void {
  const last = segments.at(-1);
  if (
    last !== undefined &&
    last.to + 1 === segment.from &&
    last.match === segment.match &&
    last.verify === segment.verify &&
    last.certain === segment.certain
  ) {
    last.to = segment.to;
  } else segments.push(segment);
}

interface Region {
  from: number;
  to: number;
  /** An instant for which each date filter says what it says for all of the region; null where starts differ. */
  at: number | null;
}

/** Row ids between the dates of a query, and those around a date that may belong to either side of it. */
function* regions(spans: Iterable<Span>, spill: number): Generator<Region> {
  const borders = new Set<number>();
  for (const { from, to } of spans) for (const border of [from, to]) if (Number.isFinite(border)) borders.add(border);
  let next = 0;
  let at = -Infinity;
  for (const border of [...borders].sort((one, other) => one - other)) {
    const first = firstRidOf(border);
    const mixed = spill + (border > 0 && border % ridMinuteMs !== 0 ? 1 : 0);
    if (first > next) yield { from: next, to: first - 1, at };
    next = Math.max(next, first);
    const end = first + mixed * slotsPerMinute;
    if (end > next) yield { from: next, to: end - 1, at: null };
    next = Math.max(next, end);
    at = border;
  }
  yield { from: next, to: highestRid, at };
}

function timeNodes(root: QueryNode | null): { dates: DateNode[]; clocks: boolean } {
  const dates: DateNode[] = [];
  let clocks = false;
  const pending: QueryNode[] = root === null ? [] : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'date') dates.push(node);
    else if (node.kind === 'clock') clocks = true;
    else if (node.kind === 'not') pending.push(node.child);
    else if (node.kind === 'and' || node.kind === 'or') for (const child of node.children) pending.push(child);
  }
  return { dates, clocks };
}
