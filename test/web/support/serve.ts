/**
 * The real app for one test: a host with real engines on an archive of its own, served to a browser on loopback.
 * Runs in its own process, as it does for users; prints its link as JSON and new ones on demand.
 *
 * Arguments: the folder to work in. Reads lines from stdin: `link` prints another link, `demo` prints where the simulated
 * account listens and how to sign in to it, `connect` connects the demo account, `fill` connects the demo account, syncs it and then says so.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { forkEngineProcess } from '../../../main/host/fork-engine.ts';
import { createHost } from '../../../main/host/host.ts';
import { openSecretsFile } from '../../../main/host/secrets-file.ts';
import { startWebHost } from '../../../main/web/server.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: serve.ts FOLDER');
const engineFile = fileURLToPath(new URL('../../../main/engine/entry.ts', import.meta.url));
const rendererFolder = fileURLToPath(new URL('../../../out/renderer/', import.meta.url));

// As the user's documents folder is: there already.
mkdirSync(join(folder, 'exports'), { recursive: true });
const host = await createHost({
  kind: 'web',
  archiveFolder: join(folder, 'archive'),
  settingsFolder: join(folder, 'settings'),
  exportFolder: join(folder, 'exports'),
  appVersion: '0.1.0',
  forkEngine: (role) => forkEngineProcess(engineFile, role),
  secrets: openSecretsFile(join(folder, 'settings')),
  log: (level, event, fields) => {
    if (level === 'error' || level === 'warn') process.stderr.write(`${level} ${event} ${JSON.stringify(fields)}\n`);
  },
});
const web = await startWebHost({ host, rendererFolder, port: 0 });
const say = (message: Record<string, unknown>) => process.stdout.write(`${JSON.stringify(message)}\n`);
say({ link: web.createLink() });

async function ask(name: string, input: unknown): Promise<unknown> {
  const reply = await host.call(name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
  return reply.value;
}

async function fill(): Promise<void> {
  await ask('demo.connect', {});
  const ended = new Promise<string>((resolve) => {
    host.subscribe((event) => {
      if (event.type === 'job' && event.job.kind === 'sync' && event.job.state !== 'running') resolve(event.job.state);
    });
  });
  await ask('sync.start', {});
  const state = await ended;
  if (state !== 'done') throw new Error(`The demo account could not be synced: ${state}`);
}

// The parent's end of the pipe closes with it, so nothing outlives a killed test run.
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'link') say({ link: web.createLink() });
  else if (line === 'demo') say({ demo: await host.startDemo() });
  else if (line === 'connect') {
    await ask('demo.connect', {});
    say({ connected: true });
  } else if (line === 'fill') {
    await fill();
    say({ filled: true });
  }
}
await web.close();
await host.close();
