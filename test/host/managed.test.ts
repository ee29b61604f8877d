import { expect, test } from 'vitest';
import { join } from 'node:path';
import { ask, makeFolder, startHost } from './support.ts';

const schedule = { intervalMinutes: 60, onStart: false, onResume: true, onlyUnmetered: false, onlyOnAc: false };
const managed = { forbiddenExportFormats: ['csv' as const], schedule };

test('an export in a forbidden format is refused, and the page is told beforehand', async () => {
  const { host } = await startHost({ managed });
  const out = join(await makeFolder(), 'package');
  await expect(ask(host, 'export.start', { query: '', formats: ['csv'], out })).rejects.toMatchObject({
    code: 'unsupported-here',
  });
  expect((await ask(host, 'app.info', {})).managed).toEqual({ schedule: true, forbiddenExportFormats: ['csv'] });
});

test('a decided schedule is put into force by hosts that stay, and cannot be changed by a user', async () => {
  const { host } = await startHost({ managed });
  host.startSchedule();
  await expect.poll(() => ask(host, 'sync.getSchedule', {}), { timeout: 20_000 }).toEqual(schedule);
  await expect(ask(host, 'sync.setSchedule', { ...schedule, intervalMinutes: 15 })).rejects.toMatchObject({
    code: 'unsupported-here',
  });
});
