import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packageFolder = fileURLToPath(new URL('../node_modules/electron', import.meta.url));

/**
 * The Electron program, if it is on this machine. Never `require('electron')`: that starts a download and waits for it.
 */
export function findElectron(): string | null {
  const pathFile = join(packageFolder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : defaultName();
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(packageFolder, 'dist');
  const program = join(folder, name);
  return existsSync(program) ? program : null;
}

/** Electron's package has fetched its program on first use, not on install, since version 42. */
export function fetchElectron(timeoutMs: number): { program: string | null; problem: string } {
  const installer = join(packageFolder, 'install.js');
  if (!existsSync(installer)) return { program: null, problem: 'the electron package is not installed' };
  const run = spawnSync(process.execPath, [installer], { encoding: 'utf8', timeout: timeoutMs });
  const program = findElectron();
  if (program !== null) return { program, problem: '' };
  if (run.error !== undefined) return { program: null, problem: 'its download took too long' };
  const reason = /(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|HTTPError[^\n]*|certificate[^\n]*)/u.exec(
    run.stderr,
  );
  return {
    program: null,
    problem: `its program could not be downloaded (${reason?.[1] ?? 'see npx install-electron'})`,
  };
}

function defaultName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
