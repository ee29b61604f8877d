import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask, jobEnd, startHost } from './support.ts';

const startTimeL = Date.UTC(2026, 2, 4, 9, 15);

function record(id: string, text: string) {
  return {
    info: { engagementId: id, accountId: '77', startTimeL, endTimeL: startTimeL + 60_000, duration: 60 },
    transcript: { lines: [{ timeL: startTimeL, lineSeq: '1', text, by: 'Clara', source: 'visitor' }] },
  };
}

test('a standing hold takes in what an import brings, before the job ends', async () => {
  const started = await startHost();
  const { host, folder } = started;
  const bring = async (name: string, records: object[]) => {
    const file = join(folder, name);
    await writeFile(file, JSON.stringify(records));
    const { jobId } = await ask(host, 'archive.import', { files: [file] });
    expect(await jobEnd(started, jobId)).toMatchObject({ state: 'done' });
  };
  await bring('one.json', [record('c1', 'refund')]);
  const scope = { kind: 'query', query: 'refund', standing: true } as const;
  await ask(host, 'holds.create', { name: 'Refunds', reason: 'order', scope });
  await bring('two.json', [record('c2', 'another refund'), record('c3', 'hello')]);
  expect(await ask(host, 'holds.members', { name: 'Refunds' })).toEqual({
    ids: ['chat:77:c1', 'chat:77:c2'],
    total: 2,
  });
  expect((await ask(host, 'search.count', { query: 'has:hold' })).total).toBe(2);
});
