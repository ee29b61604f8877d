/**
 * `npm start [-- --demo]`: builds what is stale and opens the app. The Electron window where its program is there or
 * can be fetched; else one line says why and the same app opens in the browser.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildAll, isStale } from './build.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const passedOn = process.argv.slice(2);
const downloadTimeoutMs = 90_000;

if (isStale()) await buildAll();

const { program, why } = chooseWindow();
if (program !== null) {
  run(program, ['.', ...passedOn]);
} else {
  process.stderr.write(`No Electron window: ${why}. The same app opens in the browser.\n`);
  run(process.execPath, ['out/main/cli.js', 'serve', '--open', ...passedOn]);
}

function chooseWindow(): { program: string | null; why: string } {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { program: null, why: 'this session has no display' };
  }
  if (process.getuid?.() === 0) return { program: null, why: 'Electron does not run as root with its sandbox on' };
  const found = findElectron();
  if (found !== null) return { program: found, why: '' };
  const fetched = fetchElectron(downloadTimeoutMs);
  return { program: fetched.program, why: fetched.problem };
}

function run(command: string, args: string[]): void {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`error internal: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
