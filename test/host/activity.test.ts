import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import type { Host } from '../../main/host/host.ts';
import { ask, jobEnd, startHost, type TestHost } from './support.ts';

const startTimeL = Date.UTC(2026, 2, 4, 9, 15);
const record = (id: string) => ({
  info: { engagementId: id, accountId: '77', startTimeL, endTimeL: startTimeL + 60_000, duration: 60 },
  transcript: { lines: [{ timeL: startTimeL, lineSeq: '1', text: 'refund', by: 'Clara', source: 'visitor' }] },
});

let started: TestHost;
let pending: string;

beforeEach(async () => {
  started = await startHost();
  pending = join(started.folder, 'custody-pending');
  const file = join(started.folder, 'saved.json');
  writeFileSync(file, JSON.stringify([record('c1'), record('c2')]));
  const { jobId } = await ask(started.host, 'archive.import', { files: [file] });
  await jobEnd(started, jobId);
});

async function logOf(host: Host) {
  const { entries } = await ask(host, 'custody.list', {});
  // The archive's key is made with its first entry, which these tests are not about.
  const others = entries.filter(({ kind }) => kind !== 'key-created');
  return others.reverse().map(({ kind, subjects, details }) => ({ kind, subjects, details }));
}

test('who searched for what and opened what stands in the log, sealed, before anybody can ask for the log', async () => {
  const { host } = started;
  host.warmUp();
  await ask(host, 'search.page', { query: 'refund' });
  await ask(host, 'search.count', { query: 'refund' });
  await ask(host, 'conversations.get', { id: 'c1' });
  await ask(host, 'conversations.original', { id: 'chat:77:c2', version: 1 });
  await ask(host, 'settings.set', { theme: 'dark' });
  expect((await logOf(host)).slice(1)).toEqual([
    { kind: 'archive-opened', subjects: [], details: {} },
    { kind: 'search', subjects: [], details: { query: 'refund', timeZone: 'UTC', total: 2 } },
    { kind: 'conversation-opened', subjects: ['chat:77:c1'], details: {} },
    { kind: 'original-read', subjects: ['chat:77:c2'], details: { version: 1 } },
    { kind: 'settings-changed', subjects: [], details: { theme: 'dark' } },
  ]);
  const { size, checkpoint } = await ask(host, 'custody.checkpoint', {});
  expect(checkpoint?.size).toBe(size);
  expect(readdirSync(pending)).toEqual([]);
  const { jobId } = await ask(host, 'verify.start', {});
  expect(await jobEnd(started, jobId)).toMatchObject({ result: { ok: true } });
});

test('a failed call leaves no entry', async () => {
  await started.host.call('conversations.get', { id: 'chat:77:none' });
  await started.host.call('search.page', { query: '"' });
  expect((await logOf(started.host)).map(({ kind }) => kind)).toEqual(['import']);
});

test('what was done while another program had the archive locked, or before a crash, is sealed by the next writer', async () => {
  const { folder, host } = started;
  const second = await startHost({ archiveFolder: folder, kind: 'cli' });
  // The first host is the writer.
  await ask(second.host, 'search.page', { query: 'refund' });
  await ask(second.host, 'conversations.get', { id: 'c2' });
  await second.host.close();
  expect(readdirSync(pending).length).toBeGreaterThan(0);
  const kinds = (await logOf(host)).map(({ kind }) => kind);
  expect(kinds).toEqual(['import', 'search', 'conversation-opened']);
  expect(readdirSync(pending)).toEqual([]);
  const { entries } = await ask(host, 'custody.list', { limit: 1 });
  expect(entries[0]?.app).toContain('(cli)');
});

test('a command that only reads does not start the writer for its notes', async () => {
  const { folder, host } = started;
  await host.close();
  const { host: reading } = await startHost({ archiveFolder: folder, kind: 'cli' });
  await ask(reading, 'search.page', { query: 'refund' });
  expect(reading.enginePids().write).toBeUndefined();
  await reading.close();
  expect(readdirSync(pending)).toHaveLength(1);
});

test('notes that a crash left behind after they were sealed are not sealed twice', async () => {
  const { folder, host } = started;
  await ask(host, 'conversations.get', { id: 'c1' });
  await host.close();
  const db = new Database(join(folder, 'archive.sqlite'), { readonly: true });
  const sealed = JSON.parse(
    db.prepare<[], string>(`SELECT value FROM setting WHERE key = 'custody-pending-sealed'`).pluck().get() ?? '[]',
  ) as string[];
  db.close();
  expect(sealed).toHaveLength(1);
  const action = {
    kind: 'conversation-opened',
    time: 1,
    subjects: ['chat:77:c1'],
    details: {},
    actor: { user: 'a', host: 'b', app: 'c' },
  };
  writeFileSync(join(pending, sealed[0] ?? ''), `${JSON.stringify(action)}\n`);
  writeFileSync(join(pending, '2-broken.ndjson'), 'no note');
  const again = await startHost({ archiveFolder: folder });
  expect((await logOf(again.host)).map(({ kind }) => kind)).toEqual(['import', 'conversation-opened']);
  expect(readdirSync(pending)).toEqual(['2-broken.ndjson.unreadable']);
});

test('reading goes on where no note can be kept', async () => {
  const { folder, host, logged } = started;
  if (existsSync(pending)) throw new Error('no note was expected yet');
  writeFileSync(pending, 'a file where the folder should be');
  expect((await ask(host, 'conversations.get', { id: 'c1' })).transcript.id).toBe('chat:77:c1');
  await host.close();
  expect(logged.some(({ event }) => event === 'custody-note-not-kept')).toBe(true);
  expect(folder).not.toBe('');
});
