/** Builds the three worlds of the app into out/. `--if-stale` does nothing when no source is newer than the last build. */
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'out', '.built');
const sources = ['main', 'preload', 'renderer', 'vite.config.ts', 'package.json', 'package-lock.json'];

function newestChange(path: string): number {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), entry.mtimeMs);
}

export function isStale(): boolean {
  if (!existsSync(stamp)) return true;
  const built = statSync(stamp).mtimeMs;
  return sources.some((source) => newestChange(join(root, source)) > built);
}

export async function buildAll(): Promise<void> {
  // Vite resolves each mode's own root from here.
  process.chdir(root);
  const started = Date.now();
  for (const mode of ['main', 'preload', 'renderer']) {
    await build({ configFile: join(root, 'vite.config.ts'), mode, logLevel: 'warn' });
  }
  // Dated before the build began: a file saved meanwhile makes the next start build again.
  writeFileSync(stamp, new Date(started).toISOString());
  utimesSync(stamp, new Date(started), new Date(started));
  process.stderr.write(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!process.argv.includes('--if-stale') || isStale()) await buildAll();
}
