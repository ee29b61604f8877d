import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ask, jobEnd, startHost, type TestHost } from './support.ts';

const startTimeL = Date.UTC(2026, 2, 4, 9, 15);
const total = 2600;
const everything = { kind: 'query', query: '' } as const;

function record(nth: number) {
  const at = startTimeL + nth * 60_000;
  return {
    info: { engagementId: `c${nth}`, accountId: '77', startTimeL: at, endTimeL: at + 60_000, duration: 60 },
    transcript: { lines: [{ timeL: at, lineSeq: '1', text: 'refund', by: 'Clara', source: 'visitor' }] },
  };
}

let started: TestHost;

beforeEach(async () => {
  started = await startHost();
  const file = join(started.folder, 'saved.json');
  await writeFile(file, JSON.stringify(Array.from({ length: total }, (_, nth) => record(nth))));
  const { jobId } = await ask(started.host, 'archive.import', { files: [file] });
  await jobEnd(started, jobId);
}, 120_000);

const count = async (query: string) => (await ask(started.host, 'search.count', { query })).total;

test('many are changed by a job that can be cancelled: what was done stays, is said, and can be taken back', async () => {
  const { host } = started;
  const change = { kind: 'tag', tag: 'bulk' } as const;
  const { action, jobId } = await ask(host, 'review.apply', { change, scope: everything });
  expect(action).toMatchObject({ matched: total, state: 'running' });
  await ask(host, 'jobs.cancel', { jobId: jobId ?? '' });
  const job = await jobEnd(started, jobId ?? '');
  expect(job.state).toBe('cancelled');
  const [last] = await ask(host, 'review.actions', { limit: 1 });
  expect(last?.state).toBe('stopped');
  expect(last?.changed).toBeLessThan(total);
  expect(await count('tag:bulk')).toBe(last?.changed);
  // Going on is doing it again: what has the tag already stays as it is.
  const again = await ask(host, 'review.apply', { change, scope: everything });
  const done = await jobEnd(started, again.jobId ?? '');
  expect(done).toMatchObject({ kind: 'review', state: 'done', result: { changed: total - (last?.changed ?? 0) } });
  expect(await count('tag:bulk')).toBe(total);
  const undo = await ask(host, 'review.undo', { action: again.action.action });
  await jobEnd(started, undo.jobId ?? '');
  expect(await count('tag:bulk')).toBe(last?.changed);
}, 120_000);

test('a report that leaves the archive is an entry of the log, with the hash of what left', async () => {
  const { host } = started;
  await ask(host, 'cases.create', { name: 'Smith' });
  await ask(host, 'review.apply', {
    change: { kind: 'case-add', case: 'Smith' },
    scope: { kind: 'ids', ids: ['c1', 'c2'] },
  });
  const file = await ask(host, 'review.reportFile', { scope: { kind: 'case', case: 'Smith' }, format: 'csv' });
  const { entries } = await ask(host, 'custody.list', { kinds: ['review-reported'] });
  const sha256 = createHash('sha256').update(file.text).digest('hex');
  expect(entries).toMatchObject([{ subjects: ['case:Smith'], details: { format: 'csv', sha256 } }]);
}, 120_000);
