import type { Database } from 'better-sqlite3';

/**
 * A conversation's row id: minute of its start × slots + slot. Row ids then follow the start time, which makes
 * "newest first" and date ranges the index's own order (docs/decisions/0007). A minute that overflows spills into
 * the minutes after it; how far is remembered, because "oldest first" must know it.
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
  const row = db.prepare<[string], { value: string }>('SELECT value FROM setting WHERE key = ?').get(spillKey);
  return row === undefined ? 0 : Number(row.value);
}

/** Finds a free row id for a conversation that starts at `startMs`. */
export function allocateRid(db: Database, startMs: number): number {
  const last = db
    .prepare<[number, number], { rid: number }>(
      'SELECT rid FROM conversation WHERE rid BETWEEN ? AND ? ORDER BY rid DESC LIMIT 1',
    )
    .pluck();
  const first = firstRidOf(startMs);
  for (let minute = 0; ; minute += 1) {
    const from = first + minute * slotsPerMinute;
    const to = from + slotsPerMinute - 1;
    const taken = last.get(from, to) as number | undefined;
    if (taken !== undefined && taken >= to) continue;
    if (minute > 0) rememberSpill(db, minute);
    return taken === undefined ? from : taken + 1;
  }
}

function rememberSpill(db: Database, minutes: number): void {
  if (minutes <= spillMinutes(db)) return;
  db.prepare('INSERT INTO setting(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value').run(
    spillKey,
    String(minutes),
  );
}
