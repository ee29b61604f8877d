import { expect, test } from 'vitest';
import { appPaths } from '../../../main/host/paths.ts';

test('Linux follows the XDG folders and ignores relative ones, as the specification asks', () => {
  const environment = { XDG_DATA_HOME: '/data', XDG_CONFIG_HOME: 'relative' };
  expect(appPaths({ platform: 'linux', home: '/home/me', environment })).toEqual({
    archiveFolder: '/data/transcript-archive/archive',
    settingsFolder: '/home/me/.config/transcript-archive',
    logFolder: '/home/me/.local/state/transcript-archive/logs',
  });
});

test('macOS keeps everything in the Library', () => {
  expect(appPaths({ platform: 'darwin', home: '/Users/me', environment: { XDG_DATA_HOME: '/data' } })).toEqual({
    archiveFolder: '/Users/me/Library/Application Support/Transcript Archive/archive',
    settingsFolder: '/Users/me/Library/Application Support/Transcript Archive',
    logFolder: '/Users/me/Library/Logs/Transcript Archive',
  });
});

test('on Windows settings roam with the user and the archive stays on the machine', () => {
  const environment = { APPDATA: '/roaming', LOCALAPPDATA: '/local' };
  const paths = appPaths({ platform: 'win32', home: '/home', environment });
  expect(paths.settingsFolder).toMatch(/^\/roaming/u);
  expect(paths.archiveFolder).toMatch(/^\/local/u);
});
