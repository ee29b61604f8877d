import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { FromEngine, ToEngine } from '../../preload/engine-protocol.ts';

const entry = fileURLToPath(new URL('../../main/engine/entry.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'transcript-archive-engine-'));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(execArgv: string[] = []) {
  const child = fork(entry, { serialization: 'advanced', execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  children.push(child);
  let words = '';
  child.stderr?.on('data', (chunk) => (words += String(chunk)));
  const drained = once(child.stderr!, 'end');
  const send = (message: ToEngine) => child.send(message);
  const next = async () => ((await once(child, 'message')) as [FromEngine])[0];
  // Not 'close': it never comes after a disconnect from this side.
  const exit = async () => {
    const [[code]] = (await Promise.all([once(child, 'exit'), drained])) as [[number | null], unknown];
    return code;
  };
  return { child, send, next, exit, words: () => words };
}

const writer: ToEngine = { kind: 'start', role: 'writer', archiveFolder: folder, appVersion: '0', hostName: 'cli' };

test('started by nobody, the engine says what to start instead', () => {
  const { status, stderr } = spawnSync(process.execPath, [entry], { encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stderr).toContain('start the app or the command line');
});

test('the writer gets ready, answers a call, stops when told and frees the archive', async () => {
  const first = start();
  first.send(writer);
  expect(await first.next()).toEqual({ kind: 'ready', warnings: [] });
  first.send({ kind: 'call', id: 7, name: 'accounts.remove', input: { accountId: 'none' } });
  expect(await first.next()).toMatchObject({
    kind: 'reply',
    id: 7,
    reply: { ok: false, error: { code: 'not-found' } },
  });
  first.send({ kind: 'stop' });
  expect(await first.exit()).toBe(0);
  const second = start();
  second.send(writer);
  expect(await second.next()).toEqual({ kind: 'ready', warnings: [] });
});

test('a call of another role is answered with an error, not with silence', async () => {
  const engine = start();
  engine.send(writer);
  await engine.next();
  engine.send({ kind: 'call', id: 1, name: 'search.page', input: {} });
  expect(await engine.next()).toMatchObject({
    kind: 'reply',
    id: 1,
    reply: { ok: false, error: { code: 'internal' } },
  });
});

test('a reader of an archive that is not there says so and does not make one', async () => {
  const engine = start();
  engine.send({ kind: 'start', role: 'reader', archiveFolder: folder, appVersion: '0', hostName: 'cli' });
  expect(await engine.next()).toMatchObject({ kind: 'start-failed', error: { code: 'not-found' } });
});

test.each([
  ['unhandled rejection', 'unhandled-rejection', 'setTimeout(() => Promise.reject(new Error("boom")), 50)'],
  ['uncaught exception', 'uncaught-exception', 'setTimeout(() => { throw new Error("boom") }, 50)'],
])('an %s ends the process with a log line, so that the host starts a sound one', async (_what, event, fault) => {
  const engine = start(['--import', `data:text/javascript,${encodeURIComponent(fault)}`]);
  expect(await engine.exit()).toBe(1);
  expect(engine.words()).toContain(`"event":"${event}"`);
  expect(engine.words()).toContain('boom');
});

test('Ctrl-C in the terminal leaves the decision to the host', async () => {
  const engine = start();
  engine.send(writer);
  await engine.next();
  engine.child.kill('SIGINT');
  engine.send({ kind: 'call', id: 1, name: 'accounts.remove', input: { accountId: 'none' } });
  expect(await engine.next()).toMatchObject({ kind: 'reply', id: 1 });
});

test.each([
  ['its host goes away', (child: ChildProcess) => child.disconnect()],
  ['it is asked to terminate', (child: ChildProcess) => child.kill('SIGTERM')],
])('the engine ends in order when %s', async (_what, act) => {
  const engine = start();
  engine.send(writer);
  await engine.next();
  const exit = engine.exit();
  act(engine.child);
  expect(await exit).toBe(0);
});
