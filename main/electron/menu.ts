import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  /** Opens a place of the page, e.g. `/search`. */
  goTo(hash: string): void;
  openLogs(): void;
}

/** The application menu of each platform. Roles carry their own words, shortcuts and behaviour. */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const settings: MenuItemConstructorOptions = {
    label: mac ? 'Settings…' : 'Settings',
    accelerator: 'CommandOrControl+,',
    click: () => actions.goTo('/settings'),
  };
  const appMenu: MenuItemConstructorOptions[] = mac
    ? [
        {
          role: 'appMenu',
          submenu: [
            { role: 'about' },
            { type: 'separator' },
            settings,
            { type: 'separator' },
            { role: 'services' },
            { type: 'separator' },
            { role: 'hide' },
            { role: 'hideOthers' },
            { role: 'unhide' },
            { type: 'separator' },
            { role: 'quit' },
          ],
        },
      ]
    : [];
  const fileMenu: MenuItemConstructorOptions = {
    label: 'File',
    submenu: mac ? [{ role: 'close' }] : [settings, { type: 'separator' }, { role: 'quit' }],
  };
  const viewMenu: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      { label: 'Search', accelerator: 'CommandOrControl+1', click: () => actions.goTo('/search') },
      { label: 'Coverage', accelerator: 'CommandOrControl+2', click: () => actions.goTo('/coverage') },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
      // Developer tools show everything that the page holds: for developers of the app, not on an officer's desk.
      ...(isPackaged ? [] : ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] as const)),
    ],
  };
  const helpMenu: MenuItemConstructorOptions = {
    role: 'help',
    submenu: [
      { label: 'Keyboard shortcuts', click: () => actions.goTo('/search?shortcuts') },
      { label: 'Show log files', click: () => actions.openLogs() },
      ...(mac ? [] : ([{ type: 'separator' }, { role: 'about' }] as const)),
    ],
  };
  return [...appMenu, fileMenu, { role: 'editMenu' }, viewMenu, { role: 'windowMenu' }, helpMenu];
}
