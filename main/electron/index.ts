/**
 * The desktop shell: thin on purpose, because it is the one part that needs Electron to run. Everything that must
 * precede `ready` stands before the first await (an ES module's imports are loaded asynchronously).
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  app,
  BrowserWindow,
  crashReporter,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
} from 'electron';
import { createHost, type Host } from '../host/host.ts';
import { openLogFile } from '../host/log-file.ts';
import {
  chooseArchiveFolder,
  managedSettingsFile,
  readManagedSettings,
  useManagedProxy,
} from '../host/managed-settings.ts';
import { appPaths, thisMachine } from '../host/paths.ts';
import { openStaticFiles } from '../host/static-files.ts';
import { appScheme, isExternalLink } from './app-origin.ts';
import { watchCrashes } from './crash.ts';
import { createDesktop } from './desktop.ts';
import { forkUtilityEngine } from './engine-process.ts';
import { connectIpc } from './ipc.ts';
import { readDeepLink, readLaunch, type Launch } from './launch.ts';
import { menuTemplate } from './menu.ts';
import { createPower } from './power.ts';
import { appSchemes, createAppHandler } from './protocol.ts';
import { openKeychainSecrets } from './secrets.ts';
import { guardContents, lockSession } from './security.ts';
import { bringToFront, openPage, preloadFileIn, windowOptions } from './window.ts';

const outFolder = fileURLToPath(new URL('..', import.meta.url));
const paths = appPaths();
const log = openLogFile(paths.logFolder);
const launch = readLaunch(process.argv);

protocol.registerSchemesAsPrivileged(appSchemes);
app.enableSandbox();
// Chromium's own files stay away from ours: the settings folder holds settings only.
app.setPath('sessionData', join(app.getPath('userData'), 'chromium'));
crashReporter.start({ uploadToServer: false });

let window: BrowserWindow | null = null;
let host: Host | null = null;

if (app.requestSingleInstanceLock(launch)) {
  app.on('second-instance', (_event, _argv, _folder, data) => showPlace((data as Launch).hash));
  app.on('open-url', (event, url) => {
    event.preventDefault();
    showPlace(readDeepLink(url) ?? '');
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => void openWindow(''));
  app.on('before-quit', quitWithCare);
  guardContents(app, openOutside, log);
  watchCrashes(app, log, (contents) => {
    dialog.showErrorBox('The page keeps failing', 'Nothing was lost. Please restart the app; its log says more.');
    contents.close();
  });
  void app.whenReady().then(start).catch(fail);
} else {
  app.quit();
}

async function start(): Promise<void> {
  lockSession(session.defaultSession);
  protocol.handle(appScheme, createAppHandler(openStaticFiles(join(outFolder, 'renderer'))));
  const managed = readManagedSettings(managedSettingsFile(thisMachine()));
  useManagedProxy(managed);
  const asked = launch.archive ?? process.env['TRANSCRIPT_ARCHIVE_DIR'];
  host = await createHost({
    kind: 'electron',
    archiveFolder: chooseArchiveFolder(managed, asked, paths.archiveFolder),
    managed,
    appVersion: app.getVersion(),
    settingsFolder: paths.settingsFolder,
    exportFolder: app.getPath('documents'),
    forkEngine: (role) => forkUtilityEngine(join(outFolder, 'main', 'engine.js'), role),
    secrets: openKeychainSecrets(safeStorage, paths.settingsFolder, launch.allowUnprotectedSecrets),
    log,
    desktop: createDesktop(shell, dialog, () => window),
  });
  connectIpc(ipcMain, host, () => window?.webContents ?? null);
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, app.isPackaged, {
        goTo: showPlace,
        openLogs: () => void shell.openPath(paths.logFolder),
      }),
    ),
  );
  host.warmUp();
  host.startSchedule(createPower(powerMonitor));
  if (launch.demo) await host.call('demo.connect', {});
  await openWindow(launch.hash);
}

async function openWindow(hash: string): Promise<void> {
  if (window !== null) return bringToFront(window);
  if (host === null) return;
  window = new BrowserWindow(windowOptions(preloadFileIn(outFolder)));
  window.on('closed', () => {
    window = null;
  });
  await openPage(window, hash);
}

/** Opens a place of the page in the window that is there, or in a new one. */
function showPlace(hash: string): void {
  if (window === null) {
    void openWindow(hash).catch(fail);
    return;
  }
  bringToFront(window);
  if (hash !== '') void window.loadURL(`${appScheme}://archive/#${hash}`).catch(fail);
}

function openOutside(url: string): void {
  if (!isExternalLink(url)) return;
  // Not within the handler of the window that asked, as Electron's security page advises.
  setImmediate(() => void shell.openExternal(url).catch(() => log('warn', 'link-not-opened')));
}

/** Quits once the engines have committed what they were doing. */
function quitWithCare(event: { preventDefault(): void }): void {
  const closing = host;
  if (closing === null) return;
  event.preventDefault();
  host = null;
  void closing.close().finally(() => app.quit());
}

function fail(error: unknown): void {
  log('error', 'shell-failed', { message: String(error) });
  dialog.showErrorBox(
    'Transcript Archive cannot go on',
    `${error instanceof Error ? error.message : String(error)}\n\nNothing was lost.`,
  );
  app.exit(1);
}
