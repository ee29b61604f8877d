import { stat } from 'node:fs/promises';
import type { BrowserWindow, Dialog, Shell } from 'electron';
import { ArchiveError } from '../../preload/errors.ts';
import type { DesktopPort } from '../host/ports.ts';
import { isExternalLink } from './app-origin.ts';

/** What only a desktop can do: dialogs, the user's browser, the file manager. */
export function createDesktop(shell: Shell, dialog: Dialog, window: () => BrowserWindow | null): DesktopPort {
  return {
    async openLink(url) {
      if (!isExternalLink(url)) {
        throw new ArchiveError('invalid-input', 'Only https links are opened in the browser.');
      }
      await shell.openExternal(new URL(url).href);
    },
    async chooseFolder(title, folder) {
      const owner = window();
      const options = {
        title,
        properties: ['openDirectory', 'createDirectory'] as ('openDirectory' | 'createDirectory')[],
        ...(folder === undefined ? {} : { defaultPath: folder }),
      };
      const chosen =
        owner === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(owner, options);
      return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
    },
    async showInFolder(path) {
      // The file manager is given existing places only: some run what they are given otherwise.
      const found = await stat(path).catch(() => null);
      if (found === null) throw new ArchiveError('not-found', 'That file is not there any more.');
      shell.showItemInFolder(path);
    },
  };
}
