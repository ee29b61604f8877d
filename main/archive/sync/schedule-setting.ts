import type { Database } from 'better-sqlite3';
import { syncScheduleSchema, type SyncSchedule } from '../../../preload/model.ts';
import { readSetting, writeSetting } from '../store/settings.ts';

const settingKey = 'sync.schedule';

/** The schedule of this archive; the default where none was set, or where it can't be read any more. */
export function readSchedule(db: Database): SyncSchedule {
  const stored = syncScheduleSchema.safeParse(readSetting(db, settingKey) ?? {});
  return stored.success ? stored.data : syncScheduleSchema.parse({});
}

export function writeSchedule(db: Database, schedule: SyncSchedule): void {
  writeSetting(db, settingKey, schedule);
}

/** What the archive knows for `nextDue`: when the last sync began, and until when failures make scheduled ones wait. */
export function scheduleHistory(db: Database): { lastStartedAt: number | null; notBefore: number | null } {
  const last = db.prepare<[], { startedAt: number | null }>('SELECT max(started_ms) AS startedAt FROM sync_run').get();
  // One source that works is worth a run, whatever holds up the others.
  const wait = db
    .prepare<[], { notBefore: number | null }>(
      `SELECT CASE WHEN count(*) > count(not_before_ms) THEN NULL ELSE min(not_before_ms) END AS notBefore
         FROM sync_source JOIN account ON account.key = sync_source.account WHERE removed_ms IS NULL`,
    )
    .get();
  return { lastStartedAt: last?.startedAt ?? null, notBefore: wait?.notBefore ?? null };
}
