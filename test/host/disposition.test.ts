import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, jobEnd, startHost } from './support.ts';

const startTimeL = Date.UTC(2020, 2, 4, 9, 15);
const record = (id: string) => ({
  info: { engagementId: id, accountId: '77', startTimeL, endTimeL: startTimeL + 60_000, duration: 60 },
  transcript: { lines: [{ timeL: startTimeL, lineSeq: '1', text: 'refund', by: 'Clara', source: 'visitor' }] },
});

test('a destruction is planned, confirmed by somebody else, carried out and certified through the contract', async () => {
  const started = await startHost();
  const { host, folder } = started;
  const file = join(folder, 'saved.json');
  await writeFile(file, JSON.stringify([record('c1'), record('c2')]));
  expect(await jobEnd(started, (await ask(host, 'archive.import', { files: [file] })).jobId)).toMatchObject({
    state: 'done',
  });
  await ask(host, 'holds.create', { name: 'Smith', reason: 'x', scope: { kind: 'ids', ids: ['c2'] } });
  const made = await ask(host, 'retention.set', { name: 'all', query: '', keepDays: 365 });
  expect(await ask(host, 'retention.list', {})).toEqual([made]);

  const { sha256, plan } = await ask(host, 'disposition.plan', { by: 'Ana Alt' });
  expect(plan).toMatchObject({ conversations: 1, held: 1 });
  const same = await host.call('disposition.run', { sha256, confirmedBy: 'ana alt', reason: 'x' });
  expect(same).toMatchObject({ ok: false, error: { code: 'conflict' } });
  const done = await ask(host, 'disposition.run', { sha256, confirmedBy: 'Ben Braun', reason: 'Schedule 4' });
  expect(done.certificate).toMatchObject({ planSha256: sha256, destroyed: { conversations: 1 } });
  expect(await ask(host, 'disposition.list', {})).toEqual([done]);
  expect((await ask(host, 'search.count', { query: 'refund' })).total).toBe(1);
  expect((await ask(host, 'erasure.list', {})).remainsSince).toBeNull();
  const gone = await host.call('conversations.get', { id: 'c1' });
  expect(gone).toMatchObject({ ok: false, error: { code: 'content-destroyed' } });
});
