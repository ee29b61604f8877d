import { describe, expect, it } from 'vitest';
import { nextDue, type ScheduleFacts } from '../../../main/archive/sync/schedule.ts';
import { readSchedule, scheduleHistory, writeSchedule } from '../../../main/archive/sync/schedule-setting.ts';
import { syncScheduleSchema } from '../../../preload/model.ts';
import { bench, manyChats } from './support.ts';
import { day, hour, minute, noon } from './times.ts';

const facts = (more: Partial<ScheduleFacts> = {}): ScheduleFacts => ({
  now: noon,
  lastStartedAt: noon - 20 * minute,
  notBefore: null,
  appStartedAt: noon - 5 * hour,
  resumedAt: null,
  metered: null,
  onBattery: null,
  ...more,
});
const schedule = (more = {}) => syncScheduleSchema.parse({ onStart: false, onResume: false, ...more });

describe('the next scheduled sync', () => {
  it('comes an interval after the last one began, at once if there was none', () => {
    expect(nextDue(schedule({ intervalMinutes: 60 }), facts())).toBe(noon + 40 * minute);
    expect(nextDue(schedule({ intervalMinutes: 60 }), facts({ lastStartedAt: null }))).toBe(noon);
  });

  it('comes when the app starts and when the computer wakes up, once each', () => {
    const wishes = schedule({ intervalMinutes: null, onStart: true, onResume: true });
    expect(nextDue(wishes, facts({ appStartedAt: noon - minute }))).toBe(noon);
    expect(nextDue(wishes, facts({ resumedAt: noon - minute }))).toBe(noon);
    expect(nextDue(wishes, facts({ resumedAt: noon - hour }))).toBeNull();
  });

  it('does not come on a metered connection or on battery when that is not wanted', () => {
    const wishes = schedule({ intervalMinutes: 5, onlyUnmetered: true, onlyOnAc: true });
    expect(nextDue(wishes, facts({ metered: true }))).toBeNull();
    expect(nextDue(wishes, facts({ onBattery: true }))).toBeNull();
    expect(nextDue(wishes, facts({ metered: false, onBattery: false }))).toBe(noon - 15 * minute);
    expect(nextDue(wishes, facts())).toBe(noon - 15 * minute);
  });

  it('waits out the pause after failures', () => {
    expect(nextDue(schedule({ intervalMinutes: 5 }), facts({ notBefore: noon + 8 * minute }))).toBe(noon + 8 * minute);
  });

  it('is not put off for years by a last sync in the future', () => {
    expect(nextDue(schedule({ intervalMinutes: 60 }), facts({ lastStartedAt: noon + 900 * day }))).toBe(noon);
  });
});

it('the schedule of an archive is kept, and a damaged one falls back to the default', () => {
  const { archive } = bench();
  expect(readSchedule(archive.db)).toMatchObject({ intervalMinutes: 60, onStart: true });
  writeSchedule(archive.db, schedule({ intervalMinutes: 15 }));
  expect(readSchedule(archive.db).intervalMinutes).toBe(15);
  archive.db.prepare(`UPDATE setting SET value = '{"intervalMinutes":"soon"}' WHERE key = 'sync.schedule'`).run();
  expect(readSchedule(archive.db).intervalMinutes).toBe(60);
});

it('failures make scheduled syncs wait only while every source failed', async () => {
  const at = bench({ records: manyChats(3, noon - 3 * day, noon), since: noon - 4 * day });
  at.faults.set({ revokedPermission: ['chat'] });
  await at.sync();
  expect(scheduleHistory(at.archive.db)).toEqual({ lastStartedAt: noon, notBefore: null });
  at.faults.set({ revokedPermission: ['chat', 'messaging'] });
  await at.sync();
  expect(scheduleHistory(at.archive.db).notBefore).toBeGreaterThan(noon);
});
