/** `npm run package [-- options of electron-builder]`: installers for this platform, with notices and a bill of materials. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAll, isStale } from './build.ts';
import { writeNotices } from './notices.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
if (isStale()) await buildAll();
writeNotices();
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
const { status } = spawnSync(process.execPath, [builder, ...process.argv.slice(2), '--publish', 'never'], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
