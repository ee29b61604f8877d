import PQueue from 'p-queue';

/**
 * One account's way to LivePerson: a single request at a time, whoever asks. Chat and messaging share the account's
 * keys, and a process may hold several clients of one account (a sync and a connection test).
 */
export interface Lane {
  queue: PQueue;
  /** When the last history request ended. */
  lastEndedAt: number | null;
}

const lanes = new Map<string, Lane>();

/** The lane of an account at one service; the same object for the same key throughout the process. */
export function laneOf(key: string): Lane {
  const known = lanes.get(key);
  if (known !== undefined) return known;
  const lane: Lane = { queue: new PQueue({ concurrency: 1 }), lastEndedAt: null };
  lanes.set(key, lane);
  return lane;
}

/** How long to wait so that `intervalMs` lie between two requests. A clock that was set back costs one interval. */
export function paceWait(lane: Lane, intervalMs: number, now: number): number {
  if (lane.lastEndedAt === null) return 0;
  return Math.min(intervalMs, Math.max(0, lane.lastEndedAt + intervalMs - now));
}
