import type { Source } from '../../../preload/model.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
/** LivePerson rounds windows outwards to this; windows on these marks are asked exactly as meant. */
export const stepMs = 10 * minuteMs;

/** Data incl. attributes are final this long after a conversation ended (liveperson-api.md 5.1). */
const enrichmentMs = 2 * hourMs;
/** 10 minutes of rounding and 10 minutes of clock skew. */
export const marginMs = 20 * minuteMs;
export const settledMs = enrichmentMs + marginMs;

/** Longest conversation that sealing reckons with until a longer one was seen. */
const defaultLongestMs = dayMs;
/** A nonsensical end time must not keep the whole account open; the second look at 35 days covers the rest. */
const greatestLongestMs = 35 * dayMs;

const retentionMonths = 13;
/** Backfill begins this much before the 13 months: harmless, and their exact length is not documented. */
const retentionSlackMs = 3 * dayMs;

export function floorTo(time: number, step: number): number {
  return Math.floor(time / step) * step;
}

export function ceilTo(time: number, step: number): number {
  return Math.ceil(time / step) * step;
}

/** The instant before which the source may have deleted conversations: 13 calendar months back. */
export function retentionStart(now: number): number {
  const date = new Date(now);
  const month = date.getUTCMonth() - retentionMonths;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(
    date.getUTCFullYear(),
    month,
    Math.min(date.getUTCDate(), lastDay),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  );
}

/** Where backfill begins. */
export function backfillStart(now: number): number {
  return floorTo(retentionStart(now) - retentionSlackMs, dayMs);
}

/**
 * How long sealing waits after a window's end for conversations that are still running. A messaging conversation is
 * listed from its first message on, so only chats, listed when they end, need the length ever seen.
 */
export function waitForEnd(source: Source, longestSeenMs: number): number {
  if (source === 'messaging') return defaultLongestMs;
  return Math.min(greatestLongestMs, Math.max(defaultLongestMs, 2 * longestSeenMs));
}

/** From when on a window that ends at `to` may be sealed. */
export function sealableFrom(to: number, source: Source, longestSeenMs: number): number {
  return to + waitForEnd(source, longestSeenMs) + settledMs;
}

/** `YYYY-MM-DD` of an instant, in UTC. */
export function dayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A window in words: `3 to 10 Mar 2026`, or with times when it is shorter than a day. */
export function windowText(from: number, to: number): string {
  if (to - from < dayMs) return `${minuteText(from)} to ${minuteText(to).slice(-5)} UTC`;
  return to - from === dayMs ? dayText(from) : `${dayText(from)} to ${dayText(to - 1)}`;
}

/** `YYYY-MM-DD HH:MM` of an instant, in UTC. */
export function minuteText(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ');
}
