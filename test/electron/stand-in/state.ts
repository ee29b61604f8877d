import type { MenuItemConstructorOptions } from 'electron';

/** What the shell did to the desktop, told to the test that asks. */
export interface DesktopState {
  ready: boolean;
  openedLinks: string[];
  openedPaths: string[];
  errorBoxes: string[];
  crashReporterUploads: boolean | null;
  sandboxed: boolean;
  schemes: string[];
  menu: MenuItemConstructorOptions[];
  /** Answers for the next folder dialogs, given by the test. */
  folders: string[];
}

export const state: DesktopState = {
  ready: false,
  openedLinks: [],
  openedPaths: [],
  errorBoxes: [],
  crashReporterUploads: null,
  sandboxed: false,
  schemes: [],
  menu: [],
  folders: [],
};
