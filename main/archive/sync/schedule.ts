import type { SyncSchedule } from '../../../preload/model.ts';
import { minuteMs } from './time.ts';

/** What the host knows when it asks. */
export interface ScheduleFacts {
  now: number;
  /** Start of the last sync, whoever asked for it; null: never. */
  lastStartedAt: number | null;
  /** After failures: no scheduled sync before this time. */
  notBefore: number | null;
  /** When this app started, and when the computer last woke up. */
  appStartedAt: number;
  resumedAt: number | null;
  /** Null where the host can't tell; then the wish counts as fulfilled. */
  metered: boolean | null;
  onBattery: boolean | null;
}

/**
 * When the next scheduled sync is due, as epoch milliseconds; null: not before something changes, such as power or
 * network. A time that has passed means "now".
 */
export function nextDue(schedule: SyncSchedule, facts: ScheduleFacts): number | null {
  if (schedule.onlyUnmetered && facts.metered === true) return null;
  if (schedule.onlyOnAc && facts.onBattery === true) return null;
  const due: number[] = [];
  const last = sensibleLast(facts);
  if (schedule.intervalMinutes !== null) {
    due.push(last === null ? facts.now : last + schedule.intervalMinutes * minuteMs);
  }
  if (schedule.onStart && (last === null || last < facts.appStartedAt)) due.push(facts.now);
  if (schedule.onResume && facts.resumedAt !== null && (last === null || last < facts.resumedAt)) due.push(facts.now);
  if (due.length === 0) return null;
  return Math.max(Math.min(...due), facts.notBefore ?? -Infinity);
}

/** A last sync in the future was started by a clock that was ahead: waiting for it could take years. */
function sensibleLast({ lastStartedAt, now }: ScheduleFacts): number | null {
  return lastStartedAt === null || lastStartedAt > now + minuteMs ? null : lastStartedAt;
}
