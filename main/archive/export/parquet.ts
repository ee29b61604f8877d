import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SchemaElement } from 'hyparquet';
import { monthOf } from './file-names.ts';
import type { ExportRecord, Format, FormatContext, FormatWriter } from './format.ts';
import type { OutputFile } from './output-file.ts';
import { lakeColumns, lakeRows, type Column, type LakeTable, type Value } from './parquet-schema.ts';

/** A row group is written when it holds this many rows or units of text, whichever comes first. */
const groupRows = 20_000;
const groupText = 4 * 1024 * 1024;
/** Never more files open than this: accounts can be many. */
const mostOpen = 16;

/** Hive-partitioned by account and month, zstd: what warehouses read as it is. */
export const parquetFormat: Format = {
  name: 'parquet',
  mainFile: 'parquet',
  neverSplit: true,
  start(context) {
    return new LakeWriter(context);
  },
};

/** Where a partition's files lie, in the layout `column=value` that Hive began and everybody reads. */
export function partitionPath(table: LakeTable, accountId: string, month: string): string {
  return `${table}/account=${accountId}/month=${month}`;
}

class LakeWriter implements FormatWriter {
  readonly #context: FormatContext;
  /** Least recently used first. */
  readonly #open = new Map<string, PartitionFile>();
  readonly #parts = new Map<string, number>();
  #files = 0;

  constructor(context: FormatContext) {
    this.#context = context;
  }

  add({ transcript, original }: ExportRecord): void {
    const rows = lakeRows(transcript, original);
    for (const table of ['conversations', 'messages'] as const) {
      const path = partitionPath(table, transcript.accountId, monthOf(transcript.startedAt));
      const file = this.#partition(table, path);
      for (const row of rows[table]) file.add(row);
    }
  }

  #partition(table: LakeTable, path: string): PartitionFile {
    const found = this.#open.get(path);
    if (found !== undefined) {
      this.#open.delete(path);
      this.#open.set(path, found);
      return found;
    }
    for (const [other, file] of this.#open) {
      // Records come in the order of time: a table's former month is over, unless an account lags behind.
      if (this.#open.size < mostOpen && !sameAccount(other, path)) continue;
      file.finish(this.#context);
      this.#open.delete(other);
      if (this.#open.size < mostOpen) break;
    }
    const part = (this.#parts.get(path) ?? 0) + 1;
    this.#parts.set(path, part);
    this.#files += 1;
    const name = `parquet/${path}/part-${String(part - 1).padStart(5, '0')}.parquet`;
    const file = new PartitionFile(this.#context.open(name), lakeColumns[table], this.#context.appVersion);
    this.#open.set(path, file);
    return file;
  }

  finish(): void {
    for (const file of this.#open.values()) file.finish(this.#context);
    this.#open.clear();
  }

  facts(): Record<string, string | number> {
    return { files: this.#files, compression: 'zstd' };
  }
}

const sameAccount = (one: string, other: string) =>
  one.slice(0, one.lastIndexOf('/')) === other.slice(0, other.lastIndexOf('/'));

/** One Parquet file, written row group by row group. */
class PartitionFile {
  readonly #file: OutputFile;
  readonly #columns: readonly Column[];
  readonly #bytes: ByteWriter;
  readonly #parquet: ParquetWriter;
  #data: Value[][];
  #rows = 0;
  #text = 0;

  constructor(file: OutputFile, columns: readonly Column[], appVersion: string) {
    this.#file = file;
    this.#columns = columns;
    this.#data = columns.map(() => []);
    this.#bytes = new ByteWriter(64 * 1024);
    this.#parquet = new ParquetWriter({
      writer: this.#bytes,
      schema: schemaOf(columns),
      codec: 'ZSTD',
      compressors: { ZSTD: (input) => new Uint8Array(zstdCompressSync(input)) },
      createdBy: `Transcript Archive ${appVersion}`,
    });
  }

  add(row: readonly Value[]): void {
    for (const [index, value] of row.entries()) {
      this.#data[index]?.push(typeof value === 'string' ? value.toWellFormed() : (value ?? undefined));
      if (typeof value === 'string') this.#text += value.length;
    }
    this.#rows += 1;
    if (this.#rows >= groupRows || this.#text >= groupText) this.#flush();
  }

  #flush(): void {
    if (this.#rows > 0) {
      const columnData = this.#columns.map(({ name }, index) => ({ name, data: this.#data[index] ?? [] }));
      void this.#parquet.write({ columnData, rowGroupSize: this.#rows });
      this.#data = this.#columns.map(() => []);
      this.#rows = 0;
      this.#text = 0;
    }
    this.#move();
  }

  #move(): void {
    this.#file.write(Buffer.from(this.#bytes.getBytes()));
    this.#bytes.index = 0;
  }

  finish(context: FormatContext): void {
    this.#flush();
    void this.#parquet.finish();
    this.#move();
    context.close(this.#file);
  }
}

function schemaOf(columns: readonly Column[]): SchemaElement[] {
  return [{ name: 'root', num_children: columns.length }, ...columns.flatMap(elementsOf)] as SchemaElement[];
}

function elementsOf({ name, kind, required }: Column): SchemaElement[] {
  const repetition_type = required === true ? 'REQUIRED' : 'OPTIONAL';
  const string = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
  switch (kind) {
    case 'text':
      return [{ name, repetition_type, ...string }];
    case 'time':
      return [
        {
          name,
          repetition_type,
          type: 'INT64',
          converted_type: 'TIMESTAMP_MILLIS',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
        },
      ];
    case 'count':
      return [{ name, repetition_type, type: 'INT64' }];
    case 'score':
      return [{ name, repetition_type, type: 'DOUBLE' }];
    case 'truth':
      return [{ name, repetition_type, type: 'BOOLEAN' }];
    case 'texts':
      return [
        { name, repetition_type, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'REQUIRED', ...string },
      ];
  }
}
