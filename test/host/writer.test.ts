import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Credentials } from '../../preload/model.ts';
import { ask, engineFile, eventually, jobEnd, makeFolder, onEnd, startHost } from './support.ts';

const credentials: Credentials = { type: 'oauth2', clientId: 'client', clientSecret: 'secret' };

/** A remote side that accepts requests and never answers; `asked` resolves when the first one came in. */
async function silentRemote(): Promise<{ origin: string; asked: Promise<void> }> {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const server = createServer(() => resolve());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function startWithSilentAccount() {
  const started = await startHost();
  const remote = await silentRemote();
  await ask(started.host, 'accounts.add', { settings: { accountId: '1', domainApi: remote.origin }, credentials });
  return { started, remote };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('when the writer dies, what waited for it fails as restarted, and the next call finds a new writer', async () => {
  const { started, remote } = await startWithSilentAccount();
  const { host } = started;
  const pending = host.call('accounts.test', { accountId: '1' });
  await remote.asked;
  const before = host.enginePids()['write'] ?? 0;
  process.kill(before, 'SIGKILL');
  expect(await pending).toMatchObject({ ok: false, error: { code: 'engine-restarted', retryable: true } });
  await ask(host, 'accounts.add', { settings: { accountId: '2' }, credentials });
  expect(host.enginePids()['write']).not.toBe(before);
  expect((await ask(host, 'accounts.list', {})).map(({ accountId }) => accountId)).toEqual(['1', '2']);
  expect(started.events).toContainEqual({ type: 'engine-restarted', role: 'write' });
});

test('a job dies with its writer and the job list says so', async () => {
  const { started, remote } = await startWithSilentAccount();
  const { jobId } = await ask(started.host, 'sync.start', {});
  await remote.asked;
  process.kill(started.host.enginePids()['write'] ?? 0, 'SIGKILL');
  const job = await jobEnd(started, jobId);
  expect(job).toMatchObject({ state: 'failed', error: { code: 'engine-restarted' } });
  expect(await ask(started.host, 'jobs.list', {})).toEqual([job]);
});

test('a second sync of the same account is a conflict that names the first, until that is cancelled', async () => {
  const { started, remote } = await startWithSilentAccount();
  const { jobId } = await ask(started.host, 'sync.start', { accountId: '1' });
  await remote.asked;
  const second = await started.host.call('sync.start', {});
  expect(second).toMatchObject({ ok: false, error: { code: 'conflict', details: { jobId, accountId: '1' } } });
  await ask(started.host, 'jobs.cancel', { jobId });
  expect(await jobEnd(started, jobId)).toMatchObject({ state: 'cancelled' });
  const third = await ask(started.host, 'sync.start', {});
  expect(third.jobId).not.toBe(jobId);
});

test('pausing an account stops its sync', async () => {
  const { started, remote } = await startWithSilentAccount();
  const { jobId } = await ask(started.host, 'sync.start', {});
  await remote.asked;
  await ask(started.host, 'sync.pause', { accountId: '1' });
  expect(await jobEnd(started, jobId)).toMatchObject({ state: 'cancelled' });
  expect((await ask(started.host, 'status.get', {})).accounts).toMatchObject([{ accountId: '1', paused: true }]);
});

test('cancelling a call to the writer answers at once and keeps the writer alive', async () => {
  const { started, remote } = await startWithSilentAccount();
  const { host } = started;
  const pending = host.call('accounts.test', { accountId: '1' }, { callId: 'test' });
  await remote.asked;
  const writer = host.enginePids()['write'];
  host.cancel('test');
  expect(await pending).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  await ask(host, 'accounts.add', { settings: { accountId: '2' }, credentials });
  expect(host.enginePids()['write']).toBe(writer);
});

test('a second host learns who holds the archive, may read it, and may write once the first has closed', async () => {
  const first = await startHost({ kind: 'electron' });
  await ask(first.host, 'accounts.add', { settings: { accountId: '1' }, credentials });
  const second = await startHost({ kind: 'cli', archiveFolder: first.folder });
  const refused = await second.host.call('accounts.remove', { accountId: '1' });
  expect(refused).toMatchObject({
    ok: false,
    error: {
      code: 'archive-locked',
      retryable: true,
      details: { hostName: 'electron', pid: first.host.enginePids()['write'] },
    },
  });
  expect(await ask(second.host, 'accounts.list', {})).toHaveLength(1);
  await first.host.close();
  await ask(second.host, 'accounts.remove', { accountId: '1' });
  expect(await ask(second.host, 'accounts.list', {})).toEqual([]);
});

test('a file that is no archive is told as damaged by readers and the writer, and stays as it is', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'archive.sqlite'), 'this is not a database, however you look at it. '.repeat(100));
  const { host } = await startHost({ archiveFolder: folder });
  expect(await host.call('accounts.list', {})).toMatchObject({ ok: false, error: { code: 'archive-corrupt' } });
  expect(await host.call('sync.start', {})).toMatchObject({ ok: false, error: { code: 'archive-corrupt' } });
});

test('an archive folder that cannot be made is told with its path', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'blocked'), '');
  const { host } = await startHost({ archiveFolder: join(folder, 'blocked', 'archive'), settingsFolder: folder });
  expect(await host.call('accounts.list', {})).toMatchObject({
    ok: false,
    error: { code: 'path-unavailable', message: expect.stringContaining('blocked') },
  });
});

test('engines end by themselves when their host is killed', async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, 'archive'));
  const script = `
    import { createHost } from ${JSON.stringify(new URL('../../main/host/host.ts', import.meta.url).href)};
    import { forkEngineProcess } from ${JSON.stringify(new URL('../../main/host/fork-engine.ts', import.meta.url).href)};
    const secrets = { get: async () => undefined, set: async () => {}, delete: async () => {}, describe: () => '' };
    const host = await createHost({
      kind: 'cli', archiveFolder: ${JSON.stringify(join(folder, 'archive'))}, appVersion: '0', settingsFolder: ${JSON.stringify(folder)},
      forkEngine: (role) => forkEngineProcess(${JSON.stringify(engineFile)}, role), secrets, log: () => {},
    });
    await host.call('accounts.list', {});
    console.log(JSON.stringify(host.enginePids()));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
  const pids = Object.values(JSON.parse(line) as Record<string, number>);
  expect(pids.length).toBeGreaterThanOrEqual(2);
  expect(pids.filter(isAlive)).toEqual(pids);
  child.kill('SIGKILL');
  while (pids.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
});

test('broken settings are set aside, told in the app info, and nothing else is held up', async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, 'settings'));
  await writeFile(join(folder, 'settings', 'settings.json'), '{"theme":');
  const { host } = await startHost({ archiveFolder: folder });
  const info = await ask(host, 'app.info', {});
  expect(info.notices).toEqual([expect.stringContaining('settings.broken-')]);
  expect(host.notices).toEqual(info.notices);
  expect(await ask(host, 'settings.set', { theme: 'dark' })).toMatchObject({ theme: 'dark' });
});

test('an import starts a job whose end is told with what came in and what was refused', async () => {
  const started = await startHost();
  const file = join(started.folder, 'records.ndjson');
  const record = {
    info: { engagementId: '100', accountId: '77', startTimeL: 1_770_000_000_000, endTimeL: 1_770_000_060_000 },
  };
  await writeFile(file, `${JSON.stringify(record)}\n{"info":{}}\nnot json\n`);
  const { jobId } = await ask(started.host, 'archive.import', { files: [file] });
  const job = await jobEnd(started, jobId);
  expect(job).toMatchObject({
    kind: 'import',
    state: 'done',
    result: {
      files: 1,
      records: 3,
      added: 1,
      changed: 0,
      unchanged: 0,
      rejected: [
        { file, position: 2 },
        { file, position: 3 },
      ],
    },
  });
  expect(started.events).toContainEqual({ type: 'archive-changed' });
  const { base64 } = await ask(started.host, 'conversations.original', { id: 'chat:77:100' });
  expect(Buffer.from(base64, 'base64').toString()).toBe(JSON.stringify(record));
  const again = await ask(started.host, 'archive.import', { files: [file] });
  expect(await jobEnd(started, again.jobId)).toMatchObject({ result: { added: 0, unchanged: 1 } });
});

test('an import of a file that is not there fails before anything is taken in', async () => {
  const started = await startHost();
  const { jobId } = await ask(started.host, 'archive.import', { files: [join(started.folder, 'none.json')] });
  expect(await jobEnd(started, jobId)).toMatchObject({ state: 'failed', error: { code: 'path-unavailable' } });
});

test('optimizing merges the index and ends', async () => {
  const started = await startHost();
  const { jobId } = await ask(started.host, 'archive.optimize', {});
  expect(await jobEnd(started, jobId)).toMatchObject({ kind: 'optimize', state: 'done' });
});

test('a job that does not exist cannot be cancelled', async () => {
  const { host } = await startHost();
  expect(await host.call('jobs.cancel', { jobId: 'x' })).toMatchObject({ ok: false, error: { code: 'not-found' } });
});

test('the first event of a job comes no later than the answer that names it', async () => {
  const started = await startHost();
  const { jobId } = await ask(started.host, 'archive.optimize', {});
  expect(started.events.some((event) => event.type === 'job' && event.job.id === jobId)).toBe(true);
  await eventually(started, (event) => event.type === 'job' && event.job.state === 'done');
});

test('a backup is restored in place, and the archive it replaced is kept', async () => {
  const started = await startHost();
  const { host, folder } = started;
  await ask(host, 'accounts.add', { settings: { accountId: '1' }, credentials });
  const file = join(folder, 'backup.sqlite');
  const backup = await ask(host, 'archive.backup', { file });
  expect(await jobEnd(started, backup.jobId)).toMatchObject({ state: 'done', result: { path: file } });
  await ask(host, 'accounts.add', { settings: { accountId: '2' }, credentials });
  const { replaced } = await ask(host, 'archive.restore', { file });
  expect((await ask(host, 'accounts.list', {})).map(({ accountId }) => accountId)).toEqual(['1']);
  expect(existsSync(replaced ?? '')).toBe(true);
  await ask(host, 'accounts.remove', { accountId: '1' });
});

test('a restore from a damaged file changes nothing', async () => {
  const { host, folder } = await startHost();
  await ask(host, 'accounts.add', { settings: { accountId: '1' }, credentials });
  const file = join(folder, 'damaged.sqlite');
  await writeFile(file, 'no archive '.repeat(1000));
  expect(await host.call('archive.restore', { file })).toMatchObject({ ok: false, error: { code: 'archive-corrupt' } });
  expect(await ask(host, 'accounts.list', {})).toHaveLength(1);
});

test('a restore waits for no job: it is refused while one runs', async () => {
  const { started, remote } = await startWithSilentAccount();
  await ask(started.host, 'sync.start', {});
  await remote.asked;
  const reply = await started.host.call('archive.restore', { file: join(started.folder, 'x.sqlite') });
  expect(reply).toMatchObject({ ok: false, error: { code: 'conflict' } });
});
