import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, jobEnd, startHost, type TestHost } from './support.ts';

const startTimeL = Date.UTC(2026, 2, 4, 9, 15);
const record = (id: string, text: string) => ({
  info: { engagementId: id, accountId: '77', startTimeL, endTimeL: startTimeL + 60_000, duration: 60 },
  transcript: { lines: [{ timeL: startTimeL, lineSeq: '1', text, by: 'Clara', source: 'visitor' }] },
});

async function importRecords(started: TestHost, records: object[]): Promise<void> {
  const file = join(started.folder, 'saved.json');
  await writeFile(file, JSON.stringify(records));
  const { jobId } = await ask(started.host, 'archive.import', { files: [file] });
  expect(await jobEnd(started, jobId)).toMatchObject({ state: 'done' });
}

test('an erasure at the source is listed, decided, kept under a hold, and purged when that is released', async () => {
  const started = await startHost();
  const { host } = started;
  await importRecords(started, [record('c1', 'refund'), record('c2', 'refund')]);
  expect(await ask(host, 'erasure.setPolicy', { accountId: '77', policy: 'purge' })).toEqual({
    archive: 'keep',
    accounts: [{ accountId: '77', policy: 'purge' }],
  });
  expect(await ask(host, 'erasure.policies', {})).toMatchObject({ archive: 'keep' });
  await ask(host, 'holds.create', { name: 'Smith', reason: 'x', scope: { kind: 'ids', ids: ['c1'] } });
  const marker = '** LP deleted data **';
  await importRecords(started, [record('c1', marker), record('c2', marker)]);

  const waiting = await ask(host, 'erasure.list', {});
  expect(waiting).toMatchObject({ total: 1, remainsSince: null });
  expect(waiting.erasures).toMatchObject([{ id: 'chat:77:c1', state: 'held', holds: ['Smith'], versions: [1] }]);
  expect((await ask(host, 'search.count', { query: 'refund' })).total).toBe(1);

  await ask(host, 'holds.release', { name: 'Smith', reason: 'settled' });
  expect((await ask(host, 'erasure.list', {})).total).toBe(0);
  expect((await ask(host, 'erasure.list', { states: ['purged'] })).total).toBe(2);
  expect((await ask(host, 'search.count', { query: 'refund' })).total).toBe(0);
  const { transcript } = await ask(host, 'conversations.get', { id: 'c1' });
  expect(transcript.versions.map(({ destroyed }) => destroyed !== undefined)).toEqual([true, false]);
  const reply = await host.call('conversations.get', { id: 'c1', version: 1 });
  expect(reply).toMatchObject({ ok: false, error: { code: 'content-destroyed' } });
});
