import type { Database } from 'better-sqlite3';
import { readSetting, writeSetting } from '../store/settings.ts';

/** Since when the file may still hold remains of what was destroyed. */
const remainsSetting = 'disposal.remainsSince';

/** Notes that the file has to be scrubbed. Called in the transaction that destroys, so that a crash forgets nothing. */
export function remainsToScrub(db: Database, now: number): void {
  if (remainsSince(db) === null) writeSetting(db, remainsSetting, now);
}

/** Epoch milliseconds, or null when there is nothing to scrub. */
export function remainsSince(db: Database): number | null {
  const value = readSetting(db, remainsSetting);
  return typeof value === 'number' ? value : null;
}

export function remainsScrubbed(db: Database): void {
  writeSetting(db, remainsSetting, undefined);
}
