import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { chatText, march, take, testAccount } from '../store/support.ts';
import { filesBelow } from './readers.ts';
import { exportFrom, filledArchive, verify } from './support.ts';

let writer: ArchiveWriter;
beforeAll(() => {
  writer = filledArchive();
  take(writer, testAccount(writer, 'other'), 'chat', [
    chatText({ id: 'april', startedAt: march + 40 * 86_400_000, texts: ['April'] }),
  ]);
});

const idsIn = (folder: string, file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);

function runVerifyText(path: string): string {
  const lines = readFileSync(join(path, 'VERIFY.txt'), 'utf8').split('\n');
  const script = lines.filter((line) => line.startsWith('    ')).map((line) => line.slice(4));
  return spawnSync('bash', ['-c', script.join('\n')], { cwd: path, encoding: 'utf8' }).stdout;
}

describe('an export that is split', () => {
  test('by month has a folder for each month, in order, and verifies as one', async () => {
    const formats = ['csv', 'ndjson', 'html', 'eml', 'dat', 'xlsx', 'parquet'] as const;
    const { path, result } = await exportFrom(writer, { formats: [...formats], split: { by: 'month' } });
    const tops = new Set(filesBelow(join(path, 'data')).map((name) => name.split('/')[0]));
    expect([...tops].toSorted((one = '', other = '') => (one < other ? -1 : 1))).toEqual([
      '0001-2026-03',
      '0002-2026-04',
      'conversation.schema.json',
      'parquet',
    ]);
    expect(idsIn(path, 'data/0002-2026-04/conversations.ndjson')).toEqual(['chat:other:april']);
    expect(result.conversations).toBe(13);
    expect((await verify(path)).failures).toEqual([]);
    const said = runVerifyText(path);
    expect(said).toContain('4. 12 originals are what was sealed, 1 were not checked.');
    expect(said).toContain('ALL CHECKS PASSED');
  });

  test('by count holds every conversation once, newest first too', async () => {
    const { path } = await exportFrom(writer, {
      formats: ['ndjson', 'dat'],
      sort: 'newest',
      split: { by: 'count', conversations: 5 },
    });
    const parts = filesBelow(join(path, 'data')).filter((name) => name.endsWith('.ndjson'));
    expect(parts).toEqual(['0001', '0002', '0003'].map((name) => `${name}/conversations.ndjson`));
    const ids = parts.map((part) => idsIn(join(path, 'data'), part));
    expect(ids.map((part) => part.length)).toEqual([5, 5, 3]);
    expect(new Set(ids.flat()).size).toBe(13);
    expect(ids[0]?.[0]).toBe('chat:other:april');
    const numbers = ['0001', '0002', '0003'].flatMap((name) =>
      [...readFileSync(join(path, `data/${name}/dat/conversations.dat`), 'utf8').matchAll(/\r\nþ(TA\d+)þ/gu)].map(
        (match) => match[1],
      ),
    );
    expect(new Set(numbers).size).toBe(13);
    expect((await verify(path)).failures).toEqual([]);
  });

  test('by size starts a part when the last one has reached it', async () => {
    const large = filledArchive(2);
    const texts = ['x'.repeat(600_000)];
    const chats = [1, 2, 3, 4, 5].map((day) =>
      chatText({ id: `big${day}`, startedAt: march + day * 86_400_000, texts }),
    );
    take(large, testAccount(large, 'big'), 'chat', chats);
    const { path } = await exportFrom(large, {
      formats: ['ndjson'],
      query: 'account:big',
      split: { by: 'size', megabytes: 2 },
    });
    const parts = filesBelow(join(path, 'data')).filter((name) => name.endsWith('.ndjson'));
    expect(parts.map((part) => idsIn(join(path, 'data'), part).length)).toEqual([2, 2, 1]);
    expect((await verify(path)).failures).toEqual([]);
  });
});

describe('an export of chosen conversations', () => {
  test('holds exactly those, each once, in order', async () => {
    const ids = ['chat:12345678:c3', 'c1', 'chat:12345678:c3'];
    const { path } = await exportFrom(writer, { formats: ['ndjson'], ids });
    expect(idsIn(path, 'data/conversations.ndjson')).toEqual(['chat:12345678:c1', 'chat:12345678:c3']);
    expect((await verify(path)).failures).toEqual([]);
    const facts = JSON.parse(readFileSync(join(path, 'custody/export.json'), 'utf8')) as Record<string, unknown>;
    expect(facts).toMatchObject({ ids, understoodAs: '2 chosen conversations' });
  });

  test('is refused when one of them is not there', async () => {
    await expect(exportFrom(writer, { ids: ['chat:12345678:nobody'] })).rejects.toMatchObject({ code: 'not-found' });
  });
});
