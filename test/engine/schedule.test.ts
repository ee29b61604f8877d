import { fork, type ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallName } from '../../preload/contract.ts';
import type { FromEngine, ToEngine } from '../../preload/engine-protocol.ts';
import type { Reply } from '../../preload/envelope.ts';
import type { Job } from '../../preload/model.ts';

const entry = fileURLToPath(new URL('../../main/engine/entry.ts', import.meta.url));
/** Nothing listens there: a sync fails soon, which is all that these tests need of it. */
const deadOrigin = 'http://127.0.0.1:9';

let folder: string;
let child: ChildProcess;
let messages: AsyncIterator<[FromEngine]>;
let jobs: Job[];
let lastId = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transcript-archive-schedule-'));
  child = fork(entry, { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  messages = on(child, 'message')[Symbol.asyncIterator]() as AsyncIterator<[FromEngine]>;
  jobs = [];
  send({ kind: 'start', role: 'writer', archiveFolder: folder, appVersion: '0', hostName: 'web' });
  await until((message) => message.kind === 'ready');
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function send(message: ToEngine): void {
  child.send(message);
}

/** Plays the host: keeps job events, says yes to every question, until a message fits. */
async function until(fits: (message: FromEngine) => boolean): Promise<FromEngine> {
  for (;;) {
    const { value } = (await messages.next()) as { value: [FromEngine] };
    const [message] = value;
    if (message.kind === 'event' && message.event.type === 'job') jobs.push(message.event.job);
    if (message.kind === 'ask') {
      const credentials = { type: 'oauth2', clientId: 'a', clientSecret: 'b' };
      send({
        kind: 'answer',
        id: message.id,
        reply: { ok: true, value: message.question.what === 'credentials' ? credentials : null },
      });
    }
    if (fits(message)) return message;
  }
}

async function call(name: CallName, input: unknown): Promise<Reply<unknown>> {
  const id = ++lastId;
  send({ kind: 'call', id, name, input });
  const message = await until((candidate) => candidate.kind === 'reply' && candidate.id === id);
  if (message.kind !== 'reply') throw new Error('not a reply');
  return message.reply;
}

const addAccount = (accountId: string) =>
  call('accounts.add', {
    settings: { accountId, sources: ['chat'], domainApi: deadOrigin, requestIntervalMs: 0, retryBaseMs: 0 },
    credentials: { type: 'oauth2', clientId: 'a', clientSecret: 'b' },
  });
const facts = { appStartedAt: 0, resumedAt: null, metered: null, onBattery: null };
const startDue = (more = {}) => call('sync.startDue', { ...facts, ...more });
const neverByItself = { intervalMinutes: null, onStart: false, onResume: false, onlyUnmetered: false, onlyOnAc: false };

test('without an account nothing is ever due', async () => {
  expect(await startDue()).toMatchObject({ ok: true, value: { jobId: null } });
});

test('an account that was never synced is due at once, and not again while that sync runs or has just ended', async () => {
  await addAccount('1');
  const first = (await startDue()) as { ok: true; value: { jobId: string } };
  expect(first.value.jobId).toEqual(expect.any(String));
  expect(await startDue()).toMatchObject({ ok: true, value: { jobId: null } });
  if (!jobs.some((job) => job.state !== 'running')) {
    await until(
      (message) => message.kind === 'event' && message.event.type === 'job' && message.event.job.state !== 'running',
    );
  }
  expect(await startDue()).toMatchObject({ ok: true, value: { jobId: null } });
});

test('a schedule that says never starts nothing, and is kept', async () => {
  await addAccount('1');
  expect(await call('sync.setSchedule', neverByItself)).toMatchObject({ ok: true });
  expect(await startDue()).toEqual({ ok: true, value: { jobId: null, nextAt: null } });
});

test('on battery a schedule for the mains waits', async () => {
  await addAccount('1');
  await call('sync.setSchedule', { ...neverByItself, onStart: true, onlyOnAc: true });
  expect(await startDue({ onBattery: true, appStartedAt: Date.now() })).toMatchObject({ value: { jobId: null } });
  expect(await startDue({ onBattery: false, appStartedAt: Date.now() })).toMatchObject({
    value: { jobId: expect.any(String) },
  });
});

test('a paused account is left alone until it is resumed', async () => {
  await addAccount('1');
  await call('sync.pause', { accountId: '1' });
  expect(await startDue()).toMatchObject({ value: { jobId: null } });
  await call('sync.resume', { accountId: '1' });
  expect(await startDue()).toMatchObject({ value: { jobId: expect.any(String) } });
});
