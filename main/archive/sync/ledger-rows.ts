import type { Window } from '../liveperson/history-client.ts';
import { unreadWindow, type LedgerWindow } from '../store/windows.ts';
import type { PassFacts } from './pass.ts';
import { dayMs, floorTo } from './time.ts';

export interface SealContext {
  /** When the row is written. */
  now: number;
  /** Before this the source may have deleted conversations already when they were asked for. */
  retentionStart: number;
  /** Why the numbers don't agree, for a discrepancy that was accepted. */
  problem: string | null;
}

/**
 * The rows of a window that was read to its end: one a UTC day, each with its own numbers. They can be told apart
 * because a clean pass names every conversation that its count counted, with its start.
 */
export function sealedRows(window: Window, facts: PassFacts, context: SealContext): LedgerWindow[] {
  const unidentified = [...facts.records.values()].filter((start) => start === null).length;
  const starts = [...facts.records.values()].filter((start) => start !== null);
  const days = daysOf(window);
  return days.map((day, index) => {
    const first = index === 0;
    const last = index === days.length - 1;
    // A source that filters by another time than the start may list what lies outside: it counts at the edge.
    const own = starts.filter(
      (start) => (start >= day.from || first) && (start < day.to || (last && start > window.to)),
    ).length;
    const atEnd = starts.filter((start) => start === day.to).length;
    const extra = first ? unidentified : 0;
    const received = own + atEnd + extra;
    return {
      ...unreadWindow(day.from, day.to),
      state: day.from < context.retentionStart ? 'beyond' : 'sealed',
      count: days.length === 1 ? facts.count : received,
      reported: days.length === 1 ? facts.count - atEnd : own + extra,
      received,
      pages: facts.pages,
      partials: facts.partials,
      passes: facts.passes,
      readMs: facts.startedMs,
      sealedMs: context.now,
      problem: context.problem ?? (extra > 0 ? `${extra} records came without a usable id; they are kept aside` : null),
    };
  });
}

/** The row of a window that was read to its end but may still grow. */
export function openRow(window: Window, facts: PassFacts): LedgerWindow {
  const atEnd = [...facts.records.values()].filter((start) => start === window.to).length;
  return {
    ...unreadWindow(window.from, window.to),
    state: 'open',
    count: facts.count,
    reported: Math.max(0, facts.count - atEnd),
    received: facts.records.size,
    pages: facts.pages,
    partials: facts.partials,
    passes: facts.passes,
    readMs: facts.startedMs,
  };
}

/** A window cut at midnights, UTC. */
function daysOf(window: Window): Window[] {
  const days: Window[] = [];
  for (let from = window.from; from < window.to;) {
    const to = Math.min(window.to, floorTo(from, dayMs) + dayMs);
    days.push({ from, to });
    from = to;
  }
  return days;
}
