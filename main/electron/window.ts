import { join } from 'node:path';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { appPage } from './app-origin.ts';

/**
 * How the window is made. Everything that Electron's security checklist asks of `webPreferences` stands here in
 * words, although most of it is the default: a test reads it.
 */
export function windowOptions(preloadFile: string): BrowserWindowConstructorOptions {
  return {
    name: 'main',
    windowStatePersistence: true,
    title: 'Transcript Archive',
    width: 1440,
    height: 900,
    minWidth: 360,
    minHeight: 480,
    // Shown when the page has painted: no white flash in dark mode.
    show: false,
    autoHideMenuBar: false,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableDialogs: true,
      safeDialogs: true,
      enableWebSQL: false,
    },
  };
}

export function preloadFileIn(outFolder: string): string {
  return join(outFolder, 'preload', 'electron.cjs');
}

/** Loads the page, at a deep link's place if there is one, and shows the window once it has painted. */
export async function openPage(window: BrowserWindow, hash: string): Promise<void> {
  window.once('ready-to-show', () => window.show());
  await window.loadURL(hash === '' ? appPage : `${appPage}#${hash}`);
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
