import type { HostKind } from '../../preload/contract.ts';
import type { Log } from '../archive/log.ts';
import type { ForkEngine } from './engine-process.ts';
import type { ManagedSettings } from './managed-settings.ts';

/** Where credentials are kept. Values are opaque text; ids name an archive and an account. */
export interface SecretStore {
  /** @throws ArchiveError secret-unavailable when it is there but cannot be read. */
  get(id: string): Promise<string | undefined>;
  /** @throws ArchiveError secret-unprotected, secret-unavailable */
  set(id: string, secret: string): Promise<void>;
  delete(id: string): Promise<void>;
  /** What protects the secrets here and what does not, in words for the user. */
  describe(): string;
}

/** What only a desktop can do. */
export interface DesktopPort {
  /** Opens an https link in the user's browser. @throws ArchiveError invalid-input for any other scheme. */
  openLink(url: string): Promise<void>;
  chooseFolder(title: string, folder: string | undefined): Promise<string | null>;
  showInFolder(path: string): Promise<void>;
}

/** What a computer tells about its power and network; null where it cannot tell. */
export interface PowerPort {
  onBattery(): boolean | null;
  metered(): boolean | null;
  /** Called each time the computer wakes up. */
  onResume(listener: () => void): void;
}

export interface HostOptions {
  kind: HostKind;
  archiveFolder: string;
  appVersion: string;
  /** Folder of settings.json. */
  settingsFolder: string;
  /** Where exports go unless the settings say otherwise; the user's documents folder if absent. */
  exportFolder?: string;
  /** The administrator's rules; none if absent. */
  managed?: ManagedSettings;
  forkEngine: ForkEngine;
  secrets: SecretStore;
  log: Log;
  desktop?: DesktopPort;
  /** Checks answers against the contract too; on unless NODE_ENV is `production`. */
  checkOutputs?: boolean;
  /** Port of the simulated account's service; 0, the default, takes any free one. */
  demoPort?: number;
}
