import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { hitEnd, hitStart } from '../../preload/model.ts';
import { ask, jobEnd, startHost, type TestHost } from './support.ts';

const start = Date.UTC(2026, 2, 4, 9, 15);

/** A chat as LivePerson sends it, cut down to what these tests look at. */
function chat(id: string, text: string, minute: number): string {
  const startTimeL = start + minute * 60_000;
  return JSON.stringify({
    info: {
      engagementId: id,
      accountId: '77',
      startTimeL,
      endTimeL: startTimeL + 60_000,
      duration: 60,
      visitorName: 'Clara',
      agentId: '900100',
      agentNickName: 'Tomas',
      agentFullName: 'Tomas Brandt',
      agentLoginName: 'tomas@brand.example',
      skillId: 4011,
      skillName: 'Card disputes',
      isPartial: false,
      chatDataEnriched: true,
      channel: 1,
    },
    transcript: {
      lines: [
        {
          timeL: startTimeL,
          lineSeq: '1',
          text,
          by: 'Clara',
          source: 'visitor',
          subType: 'REGULAR',
          textType: 'plain',
        },
        {
          timeL: startTimeL + 1000,
          lineSeq: '2',
          text: 'Let me look at that',
          by: 'Tomas',
          source: 'agent',
          subType: 'REGULAR',
          textType: 'plain',
          agentId: 900100,
        },
      ],
    },
  });
}

let started: TestHost;
const records = [
  chat('a', 'My card was charged twice', 0),
  chat('b', 'Wo ist meine Lieferung?', 1),
  chat('c', 'card lost', 2),
];

// The host checks every answer against the contract here, so each test also proves its form.
beforeEach(async () => {
  started = await startHost();
  const file = join(started.folder, 'records.json');
  await writeFile(file, `[${records.join(',')}]`);
  const { jobId } = await ask(started.host, 'archive.import', { files: [file] });
  expect(await jobEnd(started, jobId)).toMatchObject({ state: 'done', result: { added: 3, rejected: [] } });
});

test('a search finds, counts, marks and sums up what was imported', async () => {
  const { host } = started;
  const page = await ask(host, 'search.page', { query: 'card' });
  expect(page.hits.map(({ id }) => id)).toEqual(['chat:77:c', 'chat:77:a']);
  expect(page.hits[1]?.matchedMessages[0]?.snippet).toContain(`${hitStart}card${hitEnd}`);
  expect(await ask(host, 'search.count', { query: 'card' })).toMatchObject({ total: 2 });
  const { facets } = await ask(host, 'search.facets', { query: '' });
  expect(facets.find(({ field }) => field === 'agent')?.values[0]).toMatchObject({ total: 3 });
  const { buckets } = await ask(host, 'search.histogram', { query: '' });
  expect(buckets.reduce((sum, { total }) => sum + total, 0)).toBe(3);
});

test('pages follow each other by their cursor and hold every hit once', async () => {
  const { host } = started;
  const first = await ask(host, 'search.page', { query: '', limit: 2 });
  const second = await ask(host, 'search.page', { query: '', limit: 2, cursor: first.nextCursor ?? '' });
  expect([...first.hits, ...second.hits].map(({ id }) => id)).toEqual(['chat:77:c', 'chat:77:b', 'chat:77:a']);
  expect(second.nextCursor).toBeNull();
});

test('a query that does not parse is told with its position', async () => {
  const reply = await started.host.call('search.page', { query: 'card AND (' });
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'invalid-input', details: { position: expect.any(Number) } },
  });
});

test('a transcript is read with the places of the hits, and its original is what came in', async () => {
  const { host } = started;
  const { transcript, marks } = await ask(host, 'conversations.get', { id: 'chat:77:a', query: 'card' });
  expect(transcript).toMatchObject({ id: 'chat:77:a', messageCount: 2, version: 1 });
  expect(marks.map(({ message, start: from, end }) => transcript.messages[message]?.text.slice(from, end))).toEqual([
    'card',
  ]);
  const { base64 } = await ask(host, 'conversations.original', { id: 'a' });
  expect(Buffer.from(base64, 'base64').toString()).toBe(records[0]);
});

test('a conversation that is not there is told as such', async () => {
  expect(await started.host.call('conversations.get', { id: 'chat:77:none' })).toMatchObject({
    ok: false,
    error: { code: 'not-found' },
  });
});

test('status, schedule, log and coverage answer for an archive that was only imported into', async () => {
  const { host, folder } = started;
  expect(await ask(host, 'status.get', {})).toMatchObject({
    archiveFolder: folder,
    accounts: [{ accountId: '77', sources: [{ source: 'chat', conversations: 3, messages: 6 }] }],
  });
  expect(await ask(host, 'sync.log', {})).toEqual([]);
  expect(await ask(host, 'sync.getSchedule', {})).toMatchObject({ intervalMinutes: 60 });
  expect(await ask(host, 'coverage.statement', { from: start, to: start })).toMatchObject({ from: '2026-03-04' });
});

test('the custody log tells of the import and its checkpoint is signed', async () => {
  const { host } = started;
  const { entries } = await ask(host, 'custody.list', {});
  expect(entries.map(({ kind }) => kind)).toContain('import');
  const { size, checkpoint } = await ask(host, 'custody.checkpoint', {});
  expect(checkpoint?.note).toContain('\u2014 ');
  expect(size).toBeGreaterThanOrEqual(checkpoint?.size ?? Infinity);
});

test('an account that is not connected cannot be synced, and is told how it can', async () => {
  expect(await started.host.call('sync.start', {})).toMatchObject({ ok: false, error: { code: 'not-found' } });
  expect(await started.host.call('accounts.test', { accountId: '77' })).toMatchObject({
    ok: false,
    error: { code: 'secret-unavailable' },
  });
});

test('a hundred searches at once are all answered, each with its own answer', async () => {
  const { host } = started;
  const counts = await Promise.all(
    Array.from({ length: 100 }, (_, n) => ask(host, 'search.count', { query: n % 2 === 0 ? 'card' : 'lieferung' })),
  );
  expect(counts.map(({ total }) => total)).toEqual(Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? 2 : 1)));
});

test('an export is written by a reader and sealed by the writer', async () => {
  const { host, folder } = started;
  const out = join(folder, 'package');
  const { jobId } = await ask(host, 'export.start', { query: 'card', formats: ['ndjson'], out });
  expect(await jobEnd(started, jobId)).toMatchObject({
    kind: 'export',
    state: 'done',
    result: { path: out, conversations: 2, messages: 4, errors: 0, formats: ['ndjson'] },
  });
  const { entries } = await ask(host, 'custody.list', { kinds: ['export', 'export-finished'] });
  expect(entries.map(({ kind }) => kind)).toEqual(['export-finished', 'export']);
});

test('an export is refused by a host that may not write its custody entry, and leaves nothing behind', async () => {
  const other = await startHost({ archiveFolder: started.folder });
  const out = join(started.folder, 'package');
  const { jobId } = await ask(other.host, 'export.start', { query: 'card', formats: ['ndjson'], out });
  expect(await jobEnd(other, jobId)).toMatchObject({ state: 'failed', error: { code: 'archive-locked' } });
  expect(existsSync(out)).toBe(false);
});

test('the archive and a package of it are verified, and a changed package is not', async () => {
  const { host, folder } = started;
  const archive = await jobEnd(started, (await ask(host, 'verify.start', {})).jobId);
  expect(archive).toMatchObject({
    kind: 'verify',
    state: 'done',
    result: { target: 'archive', ok: true, failures: [] },
  });
  expect((await ask(host, 'custody.list', { kinds: ['verified'] })).entries).toHaveLength(1);

  const out = join(folder, 'package');
  await jobEnd(started, (await ask(host, 'export.start', { query: '', formats: ['ndjson'], out })).jobId);
  const sound = await jobEnd(started, (await ask(host, 'verify.start', { path: out })).jobId);
  expect(sound).toMatchObject({ state: 'done', result: { target: out, ok: true } });

  const [file] = readdirSync(join(out, 'data'));
  appendFileSync(join(out, 'data', file ?? ''), ' ');
  const changed = await jobEnd(started, (await ask(host, 'verify.start', { path: out })).jobId);
  expect(changed).toMatchObject({ state: 'done', result: { ok: false } });
});
