import { fileURLToPath } from 'node:url';
import type { HostKind } from '../../preload/contract.ts';
import { forkEngineProcess } from '../host/fork-engine.ts';
import { createHost, type Host } from '../host/host.ts';
import { openLogFile } from '../host/log-file.ts';
import {
  chooseArchiveFolder,
  managedSettingsFile,
  readManagedSettings,
  useManagedProxy,
} from '../host/managed-settings.ts';
import { appPaths, thisMachine } from '../host/paths.ts';
import { openSecretsFile } from '../host/secrets-file.ts';

declare const __APP_VERSION__: string;

export const appVersion = __APP_VERSION__;
/** Built beside this file by Vite. */
const engineFile = fileURLToPath(new URL('./engine.js', import.meta.url));
export const rendererFolder = fileURLToPath(new URL('../renderer/', import.meta.url));

/** Starts a host on the archive that `--archive`, the environment or the platform's data folder names. */
export async function startHost(kind: HostKind, archive: string | undefined, demoPort = 0): Promise<Host> {
  const paths = appPaths();
  const managed = readManagedSettings(managedSettingsFile(thisMachine()));
  useManagedProxy(managed);
  const asked = archive ?? process.env['TRANSCRIPT_ARCHIVE_DIR'];
  return await createHost({
    kind,
    archiveFolder: chooseArchiveFolder(managed, asked, paths.archiveFolder),
    managed,
    appVersion,
    settingsFolder: paths.settingsFolder,
    forkEngine: (role) => forkEngineProcess(engineFile, role),
    secrets: openSecretsFile(paths.settingsFolder),
    log: openLogFile(paths.logFolder),
    demoPort,
  });
}
