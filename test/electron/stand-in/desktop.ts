import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { state } from './state.ts';

type PermissionRequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type PermissionCheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];

class Session
  extends EventEmitter
  implements
    Pick<
      Electron.Session,
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setSpellCheckerEnabled'
    >
{
  request: PermissionRequestHandler = null;
  check: PermissionCheckHandler = null;
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null;

  setPermissionRequestHandler(handler: PermissionRequestHandler): void {
    this.request = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheckHandler): void {
    this.check = handler;
  }

  setDevicePermissionHandler(handler: typeof this.device): void {
    this.device = handler;
  }

  setSpellCheckerEnabled(): void {
    // Chromium's spell checker would fetch dictionaries; there is none here.
  }
}

export const defaultSession = new Session();
export const session = { defaultSession: defaultSession as unknown as Electron.Session } satisfies Pick<
  typeof Electron.session,
  'defaultSession'
>;

export const shell = {
  openExternal: async (url: string) => void state.openedLinks.push(url),
  openPath: async (path: string) => {
    state.openedPaths.push(path);
    return Promise.resolve('');
  },
  showItemInFolder: (path: string) => void state.openedPaths.push(path),
} satisfies Pick<typeof Electron.shell, 'openExternal' | 'openPath' | 'showItemInFolder'>;

export const dialog = {
  showErrorBox(title: string, content: string): void {
    state.errorBoxes.push(`${title}\n${content}`);
    process.stderr.write(`${title}\n${content}\n`);
  },
  showOpenDialog(): Promise<Electron.OpenDialogReturnValue> {
    const folder = state.folders.shift();
    return Promise.resolve({ canceled: folder === undefined, filePaths: folder === undefined ? [] : [folder] });
  },
} satisfies Pick<typeof Electron.dialog, 'showErrorBox'> & { showOpenDialog: unknown };

export const Menu = {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => ({ template }) as unknown as Electron.Menu,
  setApplicationMenu(menu: Electron.Menu | null): void {
    state.menu = (menu as unknown as { template: Electron.MenuItemConstructorOptions[] } | null)?.template ?? [];
  },
} satisfies Pick<typeof Electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>;

export const crashReporter = {
  start(options: Electron.CrashReporterStartOptions): void {
    state.crashReporterUploads = options.uploadToServer ?? true;
  },
} satisfies Pick<typeof Electron.crashReporter, 'start'>;

export const powerMonitor = Object.assign(new EventEmitter(), { onBatteryPower: false }) as unknown as Pick<
  typeof Electron.powerMonitor,
  'onBatteryPower' | 'on'
>;
