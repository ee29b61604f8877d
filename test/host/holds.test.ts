import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, jobEnd, startHost } from './support.ts';

const startTimeL = Date.UTC(2026, 2, 4, 9, 15);
const record = {
  info: { engagementId: 'c1', accountId: '77', startTimeL, endTimeL: startTimeL + 60_000, duration: 60 },
  transcript: { lines: [{ timeL: startTimeL, lineSeq: '1', text: 'refund', by: 'Clara', source: 'visitor' }] },
};

test('a hold is made, found by a search, listed, logged and released through the calls of the contract', async () => {
  const started = await startHost();
  const { host, folder } = started;
  const file = join(folder, 'saved.json');
  await writeFile(file, JSON.stringify([record]));
  const { jobId } = await ask(host, 'archive.import', { files: [file] });
  expect(await jobEnd(started, jobId)).toMatchObject({ state: 'done' });

  const scope = { kind: 'query', query: 'refund' } as const;
  const hold = await ask(host, 'holds.create', { name: ' Smith ', reason: 'Case 7', scope });
  expect(hold).toMatchObject({ name: 'Smith', total: 1, released: null });
  expect(await ask(host, 'holds.list', {})).toEqual([hold]);
  expect(await ask(host, 'holds.members', { name: 'Smith' })).toEqual({ ids: ['chat:77:c1'], total: 1 });
  expect((await ask(host, 'search.count', { query: 'has:hold' })).total).toBe(1);

  const released = await ask(host, 'holds.release', { name: 'Smith', reason: 'settled' });
  expect(released.released).toMatchObject({ reason: 'settled', by: hold.createdBy });
  expect((await ask(host, 'search.count', { query: 'has:hold' })).total).toBe(0);
  const { entries } = await ask(host, 'custody.list', { subject: 'hold:Smith' });
  expect(entries.map(({ kind, user }) => [kind, user])).toEqual([
    ['hold-released', hold.createdBy],
    ['hold-created', hold.createdBy],
  ]);
});
