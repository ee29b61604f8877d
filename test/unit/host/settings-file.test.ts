import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SettingsFile } from '../../../main/host/settings-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transcript-archive-settings-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => join(folder, 'settings.json');

test('without a file there are defaults and nothing to tell', async () => {
  const { settings, notices } = await SettingsFile.open(join(folder, 'not', 'yet', 'there'));
  expect(settings.current).toEqual({
    theme: 'system',
    density: 'comfortable',
    language: 'system',
    timeZone: 'system',
  });
  expect(notices).toEqual([]);
});

test('a change is there after a restart and leaves the other settings alone', async () => {
  const { settings } = await SettingsFile.open(folder);
  await Promise.all([settings.change({ theme: 'dark' }), settings.change({ density: 'compact' })]);
  await settings.change({ theme: undefined, timeZone: 'Europe/Berlin' });
  const { settings: again } = await SettingsFile.open(folder);
  expect(again.current).toEqual({ theme: 'dark', density: 'compact', language: 'system', timeZone: 'Europe/Berlin' });
  expect(await readdir(folder)).toEqual(['settings.json']);
});

test.each([
  ['cut off', '{"theme":"da'],
  ['of the wrong kind', '[]'],
  ['holding a value that does not exist', '{"theme":"pink"}'],
  ['empty', ''],
])('a file that is %s is set aside, told, and its content is kept', async (_what, text) => {
  await writeFile(file(), text);
  const { settings, notices } = await SettingsFile.open(folder, Date.UTC(2026, 2, 4, 5, 6, 7));
  expect(settings.current.theme).toBe('system');
  expect(await readdir(folder)).toEqual(['settings.broken-2026-03-04T05-06-07.000Z.json']);
  expect(await readFile(join(folder, 'settings.broken-2026-03-04T05-06-07.000Z.json'), 'utf8')).toBe(text);
  expect(notices).toEqual([expect.stringContaining('settings.broken-2026-03-04T05-06-07.000Z.json')]);
  await settings.change({ theme: 'dark' });
  expect((await SettingsFile.open(folder)).settings.current.theme).toBe('dark');
});

test('settings of a newer version are read as far as they are known', async () => {
  await writeFile(file(), '{"theme":"light","fromTheFuture":1}');
  const { settings, notices } = await SettingsFile.open(folder);
  expect([settings.current.theme, notices]).toEqual(['light', []]);
});

test('a folder that cannot be written to is told by code, and the setting holds for this run', async () => {
  await writeFile(join(folder, 'blocked'), '');
  const { settings } = await SettingsFile.open(join(folder, 'blocked'));
  await expect(settings.change({ theme: 'dark' })).rejects.toMatchObject({ code: 'path-unavailable' });
  expect(settings.current.theme).toBe('dark');
});
