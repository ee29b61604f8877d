import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test, vi } from 'vitest';
import { estimateExport } from '../../../main/archive/export/estimate.ts';
import { contract, type Input } from '../../../preload/contract.ts';
import type { ExportRequest } from '../../../preload/model.ts';
import { temporaryFolder } from '../store/support.ts';
import { filesBelow } from './readers.ts';
import { exportFrom, filledArchive } from './support.ts';

const estimate = (writer: ReturnType<typeof filledArchive>, input: Partial<Input<'export.estimate'>>) =>
  estimateExport(
    writer.db,
    contract['export.estimate'].input.parse({ query: '', timeZone: 'UTC', formats: ['csv'], ...input }),
    '0',
    Date.now(),
  );

test.each<[string, Pick<ExportRequest, 'formats' | 'split'>]>([
  ['tables and pages', { formats: ['csv', 'xlsx', 'html'] }],
  ['a file for each', { formats: ['eml', 'rsmf', 'dat', 'ndjson', 'json'] }],
  ['a lake', { formats: ['parquet'] }],
  ['parts', { formats: ['csv', 'ndjson', 'eml'], split: { by: 'count', conversations: 10 } }],
])('an estimate of %s is near what the export then makes', async (_name, input) => {
  const writer = filledArchive(60);
  const guess = await estimate(writer, input);
  const { path, result } = await exportFrom(writer, input);
  expect(guess).toMatchObject({ conversations: result.conversations, sampled: 30 });
  const files = filesBelow(path).length;
  expect(Math.abs(guess.files - files)).toBeLessThanOrEqual(Math.max(3, files * 0.05));
  expect(guess.bytes).toBeGreaterThan(result.bytes * 0.7);
  expect(guess.bytes).toBeLessThan(result.bytes * 1.4);
});

test('an estimate of nothing is nothing but the package itself, and leaves no files behind', async () => {
  const writer = filledArchive(4);
  // A folder of our own: others may be estimating on this machine.
  vi.stubEnv('TMPDIR', temporaryFolder());
  const guess = await estimate(writer, { query: 'word-that-nobody-wrote' });
  expect(guess).toMatchObject({ conversations: 0, sampled: 0 });
  expect(guess.bytes).toBeLessThan(20_000);
  expect(readdirSync(tmpdir())).toEqual([]);
  vi.unstubAllEnvs();
});
