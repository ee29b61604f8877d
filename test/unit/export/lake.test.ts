import { mkdirSync, readFileSync, statSync, writeFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { ExportRequest } from '../../../preload/model.ts';
import { chatText, march, take, temporaryFolder, testAccount } from '../store/support.ts';
import { filesBelow } from './readers.ts';
import { exportFrom, filledArchive } from './support.ts';

const april = march + 40 * 86_400_000;
const lakeOf = (out: string): Partial<ExportRequest> => ({ out, formats: ['parquet'], bare: true, update: true });

/** Which file is which on disk: a file that was written again is another one. */
const identities = (lake: string) =>
  Object.fromEntries(
    filesBelow(lake)
      .filter((name) => name.endsWith('.parquet'))
      .map((name) => [name, statSync(join(lake, name)).ino]),
  );

test('a lake that is updated gets only the months again that changed', async () => {
  const writer = filledArchive();
  const other = testAccount(writer, 'other');
  take(writer, other, 'chat', [chatText({ id: 'one', startedAt: april, texts: ['April'] })]);
  const out = join(temporaryFolder(), 'lake');
  const first = await exportFrom(writer, lakeOf(out));
  expect(first.result.conversations).toBe(13);
  const before = identities(out);

  const nothing = await exportFrom(writer, lakeOf(out));
  expect(nothing.result.conversations).toBe(0);
  expect(identities(out)).toEqual(before);

  take(writer, other, 'chat', [
    chatText({ id: 'one', startedAt: april, texts: ['April', 'and more'] }),
    chatText({ id: 'two', startedAt: april + 60_000, texts: ['Another'] }),
  ]);
  const changed = await exportFrom(writer, lakeOf(out));
  expect(changed.result.conversations).toBe(2);
  const after = identities(out);
  for (const [name, inode] of Object.entries(before)) {
    if (name.includes('account=other')) expect(after[name]).not.toBe(inode);
    else expect(after[name]).toBe(inode);
  }
  expect(readdirSync(dirname(out))).toEqual(['lake']);
  const state = JSON.parse(readFileSync(join(out, '_lake.json'), 'utf8')) as {
    partitions: Record<string, { conversations: number }>;
  };
  expect(state.partitions['account=other/month=2026-04']?.conversations).toBe(2);
});

test('a month that no conversation is left in leaves the lake', async () => {
  const writer = filledArchive();
  take(writer, testAccount(writer, 'other'), 'chat', [chatText({ id: 'one', startedAt: april, texts: ['April'] })]);
  const out = join(temporaryFolder(), 'lake');
  await exportFrom(writer, lakeOf(out));
  await exportFrom(writer, { ...lakeOf(out), query: 'account:12345678' });
  expect(filesBelow(out).filter((name) => name.includes('account=other'))).toEqual([]);
});

test('what an interrupted update left half done is written again by the next', async () => {
  const writer = filledArchive();
  const out = join(temporaryFolder(), 'lake');
  await exportFrom(writer, lakeOf(out));
  const file = join(out, '_lake.json');
  const state = JSON.parse(readFileSync(file, 'utf8')) as { partitions: Record<string, unknown> };
  // As `publishPartitions` leaves it before it moves anything.
  writeFileSync(file, JSON.stringify({ ...state, partitions: {} }));
  const again = await exportFrom(writer, lakeOf(out));
  expect(again.result.conversations).toBe(12);
});

test('a folder of something else is no lake, and other formats have no updates', async () => {
  const writer = filledArchive(2);
  const out = join(temporaryFolder(), 'documents');
  mkdirSync(out);
  writeFileSync(join(out, 'letter.txt'), 'dear');
  await expect(exportFrom(writer, lakeOf(out))).rejects.toMatchObject({ code: 'conflict' });
  await expect(exportFrom(writer, { formats: ['csv'], update: true })).rejects.toMatchObject({ code: 'invalid-input' });
  expect(readdirSync(out)).toEqual(['letter.txt']);
});
