/** Everything that the shell imports from `electron`; see README.md for what each part is and does not prove. */
import './control.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { crashReporter, dialog, Menu, powerMonitor, session, shell } from './desktop.ts';
export { ipcMain } from './ipc-main.ts';
export { protocol } from './protocol.ts';
export { safeStorage } from './safe-storage.ts';
export { utilityProcess } from './utility-process.ts';
