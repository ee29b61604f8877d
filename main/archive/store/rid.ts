import type { Database } from 'better-sqlite3';
import { readSetting, writeSetting } from './settings.ts';
import { preparedValue } from './statements.ts';

/**
 * A conversation's row id: minute of its start × slots + slot. Row ids then follow the start time, which makes
 * "newest first" and date ranges the index's own order (docs/decisions/0007). Within the minute the slot follows
 * the second. A minute that overflows spills into the minutes after it; how far is remembered, because "oldest
 * first" must know it.
 */
export const slotsPerMinute = 64;
const minuteMs = 60_000;
const spillKey = 'rid.spillMinutes';

/** The first row id of the minute in which `startMs` lies. Starts before 1970 share the first minute. */
export function firstRidOf(startMs: number): number {
  return Math.max(0, Math.floor(startMs / minuteMs)) * slotsPerMinute;
}

/** Epoch milliseconds at which the minute of a row id begins. */
export function minuteStartOf(rid: number): number {
  return Math.floor(rid / slotsPerMinute) * minuteMs;
}

export const ridMinuteMs = minuteMs;

/** How many minutes after its own a conversation's row id may lie at most. */
export function spillMinutes(db: Database): number {
  const value = readSetting(db, spillKey);
  return typeof value === 'number' ? value : 0;
}

/** From the minute of the first start in the archive to the end of the minute of the last. */
export function archiveReach(db: Database): { from: number; to: number } {
  const end = (order: 'ASC' | 'DESC') =>
    preparedValue<[], number>(db, `SELECT rid FROM conversation ORDER BY rid ${order} LIMIT 1`).get();
  const [first = 0, last = 0] = [end('ASC'), end('DESC')];
  return { from: minuteStartOf(first) - spillMinutes(db) * minuteMs, to: minuteStartOf(last) + minuteMs };
}

/** Finds a free row id for a conversation that starts at `startMs`. */
export function allocateRid(db: Database, startMs: number): number {
  const taken = preparedValue<[number, number], number>(
    db,
    'SELECT rid FROM conversation WHERE rid BETWEEN ? AND ? ORDER BY rid',
  );
  const first = firstRidOf(startMs);
  const slot = startMs < 0 ? 0 : Math.floor(((startMs % minuteMs) * slotsPerMinute) / minuteMs);
  for (let minute = 0; ; minute += 1) {
    const from = first + minute * slotsPerMinute;
    const wanted = minute === 0 ? from + slot : from;
    const rid = freeRid(taken.all(from, from + slotsPerMinute - 1), from, wanted);
    if (rid === null) continue;
    if (minute > 0 && minute > spillMinutes(db)) writeSetting(db, spillKey, minute);
    return rid;
  }
}

/** The free row id of a minute that is nearest after `wanted`, else nearest before it; null when it is full. */
function freeRid(taken: readonly number[], from: number, wanted: number): number | null {
  if (taken.length === 0) return wanted;
  if (taken.length >= slotsPerMinute) return null;
  const used = new Set(taken);
  for (let rid = wanted; rid < from + slotsPerMinute; rid += 1) if (!used.has(rid)) return rid;
  for (let rid = wanted - 1; rid >= from; rid -= 1) if (!used.has(rid)) return rid;
  return null;
}
