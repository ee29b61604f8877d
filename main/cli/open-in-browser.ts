import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const chromiums = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'brave-browser',
];

/**
 * Opens a link in a window of its own (Chromium's `--app`), else in the default browser.
 * @returns one line that says what was done or why not
 */
export function openInBrowser(link: string): string {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return 'There is no display here: open the link in a browser of this machine.';
  }
  if (process.getuid?.() === 0) return 'Browsers refuse to run as root: open the link yourself.';
  const chromium = chromiums.map(findOnPath).find((found) => found !== null);
  if (chromium !== null && chromium !== undefined) {
    start(chromium, [`--app=${link}`]);
    return 'Opened in a window of its own.';
  }
  if (process.platform === 'darwin') start('open', [link]);
  else if (process.platform === 'win32') start('explorer.exe', [link]);
  else start('xdg-open', [link]);
  return 'Opened in the default browser.';
}

function findOnPath(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

function start(command: string, args: string[]): void {
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => process.stderr.write('The browser could not be started: open the link yourself.\n'));
  child.unref();
}
