import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  chooseArchiveFolder,
  managedSettingsFile,
  readManagedSettings,
  refuseUnmanaged,
  useManagedProxy,
} from '../../../main/host/managed-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'archive-managed-'));

function written(text: string): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, text);
  return file;
}

const none = readManagedSettings(join(folder, 'nothing.json'));

describe('the file of an administrator', () => {
  test('lies where only administrators can write', () => {
    const home = '/home/me';
    expect(managedSettingsFile({ platform: 'linux', home, environment: {} })).toBe(
      '/etc/transcript-archive/managed.json',
    );
    expect(managedSettingsFile({ platform: 'darwin', home, environment: {} })).toMatch(/^\/Library\//u);
    expect(managedSettingsFile({ platform: 'win32', home, environment: { ProgramData: 'D:\\Data' } })).toBe(
      'D:\\Data\\Transcript Archive\\managed.json',
    );
  });

  test('is not needed', () => {
    expect(none).toEqual({ forbiddenExportFormats: [] });
  });

  test.each([
    ['no JSON', '{'],
    ['an unknown rule', '{"forbidExportFormats":["csv"]}'],
    ['an unknown format', '{"forbiddenExportFormats":["docx"]}'],
    ['a relative folder', '{"archiveFolder":"archive"}'],
    ['a proxy that is no address', '{"proxy":"proxy.example"}'],
    ['a proxy with a password', '{"proxy":"http://me:secret@proxy.example:3128"}'],
  ])('with %s stops the app instead of being passed over', (_what, text) => {
    const file = written(text);
    expect(() => readManagedSettings(file)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => readManagedSettings(file)).not.toThrow(/secret/u);
  });

  test('that cannot be read stops the app, too', () => {
    const file = join(folder, 'a-folder.json');
    mkdirSync(file);
    expect(() => readManagedSettings(file)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});

describe('an archive folder that was decided', () => {
  const managed = readManagedSettings(written('{"archiveFolder":"/srv/archive"}'));

  test('is used whether it is asked for or not', () => {
    expect(chooseArchiveFolder(managed, undefined, '/home/me/archive')).toBe('/srv/archive');
    expect(chooseArchiveFolder(managed, '/srv/archive/', '/home/me/archive')).toBe('/srv/archive');
  });

  test('cannot be exchanged for another', () => {
    expect(() => chooseArchiveFolder(managed, '/tmp/other', '/home/me/archive')).toThrow(
      expect.objectContaining({ code: 'unsupported-here' }),
    );
  });

  test('that was not decided is the one asked for, else the usual one', () => {
    expect(chooseArchiveFolder(none, '/tmp/other', '/home/me/archive')).toBe('/tmp/other');
    expect(chooseArchiveFolder(none, undefined, '/home/me/archive')).toBe('/home/me/archive');
  });
});

describe('rules', () => {
  const schedule = { intervalMinutes: 60, onStart: true, onResume: true, onlyUnmetered: false, onlyOnAc: false };
  const managed = readManagedSettings(
    written(JSON.stringify({ forbiddenExportFormats: ['csv', 'xlsx'], schedule, proxy: 'http://proxy.example:3128' })),
  );

  test('refuse forbidden formats by name, and let others through', () => {
    const request = (formats: string[]) => () => refuseUnmanaged(managed, 'export.start', { formats });
    expect(request(['html', 'csv'])).toThrow(/csv/u);
    expect(request(['html', 'pdf'])).not.toThrow();
  });

  test('keep a decided schedule from being changed', () => {
    expect(() => refuseUnmanaged(managed, 'sync.setSchedule', schedule)).toThrow(/administrator/u);
    expect(() => refuseUnmanaged(none, 'sync.setSchedule', schedule)).not.toThrow();
  });

  test('send requests through the decided proxy, whatever the user had set', () => {
    const environment: NodeJS.ProcessEnv = { HTTPS_PROXY: 'http://mine.example:1' };
    useManagedProxy(managed, environment);
    expect(environment['HTTPS_PROXY']).toBe('http://proxy.example:3128');
  });
});
