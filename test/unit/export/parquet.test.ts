import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, test } from 'vitest';
import { lakeColumns } from '../../../main/archive/export/parquet-schema.ts';
import { filesBelow } from './readers.ts';
import { chatText, march, take, testAccount } from '../store/support.ts';
import { exportFrom, filledArchive } from './support.ts';

const DuckDb = await import('@duckdb/node-api').catch(() => null);

let folder: string;
let lines: Line[];
beforeAll(async () => {
  const writer = filledArchive();
  const account = testAccount(writer, 'other');
  take(writer, account, 'chat', [
    chatText({ id: 'april', startedAt: march + 40 * 86_400_000, texts: ['April, 返金'] }),
    chatText({ id: 'march', startedAt: march, texts: ['March'] }),
  ]);
  ({ path: folder } = await exportFrom(writer, { formats: ['parquet', 'ndjson'] }));
  lines = readFileSync(join(folder, 'data/conversations.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
});

interface Line {
  id: string;
  accountId: string;
  startedAt: string;
  agents: { name: string }[];
  csat: number | null;
  messages: { index: number; text: string; private: boolean; time: string | null }[];
}

async function readLake(table: string): Promise<Record<string, unknown>[]> {
  const lake = join(folder, 'data/parquet');
  const rows: Record<string, unknown>[] = [];
  for (const path of filesBelow(lake).filter((name) => name.startsWith(`${table}/`))) {
    const file = readFileSync(join(lake, path));
    const buffer = file.buffer.slice(file.byteOffset, file.byteOffset + file.length);
    rows.push(
      ...(await parquetReadObjects({
        file: buffer,
        compressors: { ZSTD: (input) => new Uint8Array(zstdDecompressSync(input)) },
      })),
    );
  }
  return rows;
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

describe('the parquet format', () => {
  test('is laid out by account and month', () => {
    expect(filesBelow(join(folder, 'data/parquet'))).toEqual(
      ['conversations', 'messages'].flatMap((table) => [
        `${table}/account=12345678/month=2026-03/part-00000.parquet`,
        `${table}/account=other/month=2026-03/part-00000.parquet`,
        `${table}/account=other/month=2026-04/part-00000.parquet`,
      ]),
    );
  });

  test('is read by hyparquet with every value as it was', async () => {
    const rows = await readLake('conversations');
    expect(Object.keys(rows[0] ?? {})).toEqual(lakeColumns.conversations.map(({ name }) => name));
    const read = rows.map((row) => ({
      id: row['id'] as string,
      startedAt: (row['started_at'] as Date).toISOString(),
      agents: row['agents'],
      csat: row['csat'] ?? null,
    }));
    const expected = lines.map(({ id, startedAt, agents, csat }) => ({
      id,
      startedAt,
      agents: agents.map(({ name }) => name),
      csat,
    }));
    expect(read.sort(byId)).toEqual(expected.sort(byId));
    const messages = await readLake('messages');
    expect(messages.map((row) => [row['conversation_id'], Number(row['index']), row['text']].join()).sort()).toEqual(
      lines.flatMap(({ id, messages: own }) => own.map(({ index, text }) => [id, index, text].join())).sort(),
    );
  });

  test.skipIf(DuckDb === null)(
    'is queried by DuckDB as one table with partitions (where it is installed)',
    async () => {
      const connection = await (await (DuckDb ?? expect.fail()).DuckDBInstance.create(':memory:')).connect();
      const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
      const conversations = `read_parquet('${join(folder, 'data/parquet/conversations/**/*.parquet')}', hive_partitioning = true, hive_types = {'account': VARCHAR, 'month': VARCHAR})`;
      const messages = `read_parquet('${join(folder, 'data/parquet/messages/**/*.parquet')}', hive_partitioning = true, hive_types = {'account': VARCHAR, 'month': VARCHAR})`;
      expect(await ask(`SELECT account, month, count(*) FROM ${conversations} GROUP BY ALL ORDER BY ALL`)).toEqual([
        ['12345678', '2026-03', '12'],
        ['other', '2026-03', '1'],
        ['other', '2026-04', '1'],
      ]);
      expect(
        await ask(
          `SELECT c.id, m.text, c.agents[1], strftime(c.started_at AT TIME ZONE 'UTC', '%Y-%m') FROM ${conversations} c JOIN ${messages} m ON m.conversation_id = c.id WHERE m.text LIKE '%返金' `,
        ),
      ).toEqual([['chat:other:april', 'April, 返金', expect.any(String), '2026-04']]);
      expect(
        await ask(
          `SELECT DISTINCT compression FROM parquet_metadata('${join(folder, 'data/parquet/messages/**/*.parquet')}')`,
        ),
      ).toEqual([['ZSTD']]);
      connection.closeSync();
    },
  );

  test.skipIf(DuckDb === null)(
    'answers the queries of docs/lake.md as they stand there (where DuckDB is)',
    async () => {
      const page = readFileSync(join(import.meta.dirname, '../../../docs/lake.md'), 'utf8');
      const block = /## DuckDB\n+```sql\n(?<sql>[^`]*)```/u.exec(page)?.groups?.['sql'] ?? '';
      const statements = block
        .replaceAll('/data/lake', join(folder, 'data/parquet'))
        .split(/;\s*\n/u)
        .filter((sql) => sql.trim() !== '');
      expect(statements.length).toBeGreaterThanOrEqual(5);
      const connection = await (await (DuckDb ?? expect.fail()).DuckDBInstance.create(':memory:')).connect();
      const answers: unknown[][] = [];
      for (const sql of statements) answers.push((await connection.runAndReadAll(sql)).getRowsJson());
      connection.closeSync();
      expect(answers[2]).toEqual([['2026-03', '12', null]]);
      expect(answers[3]?.length).toBeGreaterThan(0);
    },
  );
});
