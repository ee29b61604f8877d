import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

export interface AppPaths {
  /** The archive, unless the user names another folder. */
  archiveFolder: string;
  settingsFolder: string;
  logFolder: string;
}

export interface PathSurroundings {
  platform: NodeJS.Platform;
  home: string;
  environment: Readonly<Record<string, string | undefined>>;
}

export function thisMachine(): PathSurroundings {
  return { platform: process.platform, home: homedir(), environment: process.env };
}

const name = 'transcript-archive';
const title = 'Transcript Archive';

/** Where this platform wants an app's data: XDG on Linux, `~/Library` on macOS, `%LOCALAPPDATA%` and `%APPDATA%` on Windows. */
export function appPaths(surroundings: PathSurroundings = thisMachine()): AppPaths {
  const { platform, home, environment } = surroundings;
  /** The XDG specification: a relative path is invalid and is to be ignored. */
  const folder = (variable: string, fallback: string) => {
    const value = environment[variable];
    return value !== undefined && isAbsolute(value) ? value : fallback;
  };
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support', title);
    return {
      archiveFolder: join(support, 'archive'),
      settingsFolder: support,
      logFolder: join(home, 'Library', 'Logs', title),
    };
  }
  if (platform === 'win32') {
    // The archive does not roam: it is large, and SQLite needs one machine.
    const local = join(folder('LOCALAPPDATA', join(home, 'AppData', 'Local')), title);
    return {
      archiveFolder: join(local, 'archive'),
      settingsFolder: join(folder('APPDATA', join(home, 'AppData', 'Roaming')), title),
      logFolder: join(local, 'logs'),
    };
  }
  return {
    archiveFolder: join(folder('XDG_DATA_HOME', join(home, '.local', 'share')), name, 'archive'),
    settingsFolder: join(folder('XDG_CONFIG_HOME', join(home, '.config')), name),
    logFolder: join(folder('XDG_STATE_HOME', join(home, '.local', 'state')), name, 'logs'),
  };
}
