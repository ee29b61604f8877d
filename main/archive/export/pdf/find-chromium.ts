import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ArchiveError } from '../../../../preload/errors.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'];

const usualPlaces: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
    const folder = process.env[variable];
    if (folder === undefined) return [];
    return ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((program) =>
      join(folder, program),
    );
  }),
};

/**
 * The Chromium that prints: the one that `TRANSCRIPT_ARCHIVE_CHROMIUM` names, or one that is installed.
 * @throws ArchiveError unsupported-here
 */
export function findChromium(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['TRANSCRIPT_ARCHIVE_CHROMIUM'];
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates =
    named === undefined || named === ''
      ? [
          ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
          ...(usualPlaces[process.platform] ?? []),
        ]
      : [named];
  const found = candidates.find(isProgram);
  if (found !== undefined) return found;
  throw new ArchiveError('unsupported-here', 'PDF files are printed by Chromium, Chrome or Edge, and none was found.', {
    hint: 'Install one, or name its program in TRANSCRIPT_ARCHIVE_CHROMIUM; or export html and print it from any browser.',
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
