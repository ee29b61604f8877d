import { parquetMetadata } from 'hyparquet';
import { z } from 'zod';
import { countMarks } from './count-marks.ts';
import type { PackageSource } from './package-source.ts';
import type { FormatCounts } from './verify-counts.ts';
import { zipEntries } from './zip-stream.ts';

type Counts = { conversations: number; messages: number };

/** A footer names each column of each row group: some hundred bytes apiece. */
const longestFooter = 64 * 1024 * 1024;

/** Rows of the sheets of a workbook, without headings. */
export async function countWorkbook(pieces: AsyncIterable<Buffer>): Promise<Counts> {
  const counts: Counts = { conversations: 0, messages: 0 };
  const sheets = new Map<string, string>();
  for await (const { name, content } of zipEntries(pieces)) {
    if (name === 'xl/workbook.xml') {
      const text = (await all(content())).toString('utf8');
      for (const [index, [, sheet = '']] of [...text.matchAll(/<sheet name="([^"]*)"/gu)].entries()) {
        sheets.set(`xl/worksheets/sheet${index + 1}.xml`, sheet.replace(/_\d+$/u, ''));
      }
    }
    const table = sheets.get(name);
    if (table !== 'conversations' && table !== 'messages') continue;
    const [rows = 0] = await countMarks(content(), ['<row ']);
    counts[table] += Math.max(0, rows - 1);
  }
  return counts;
}

const manifestSchema = z.object({
  eventcollectionid: z.string(),
  events: z.array(z.object({ type: z.string() })),
});

/** Conversations and messages of RSMF files: several may hold slices of one conversation. */
export async function countReviewFiles(source: PackageSource, paths: readonly string[]): Promise<Counts> {
  const conversations = new Set<string>();
  let messages = 0;
  for (const path of paths) {
    const text = (await all(source.read(path))).toString('latin1');
    const packed = /filename="rsmf\.zip"\r\n\r\n([A-Za-z0-9+/=\r\n]+)/u.exec(text)?.[1] ?? '';
    for await (const { name, content } of zipEntries(one(Buffer.from(packed, 'base64')))) {
      if (name !== 'rsmf_manifest.json') continue;
      const manifest = manifestSchema.parse(JSON.parse((await all(content())).toString('utf8')));
      conversations.add(manifest.eventcollectionid);
      // System lines are disclaimers; joining and leaving is told by transfers, not by messages.
      messages += manifest.events.filter(({ type }) => type === 'message' || type === 'disclaimer').length;
    }
  }
  return { conversations: conversations.size, messages };
}

/** Rows of a lake's files, as their own footers state them. */
export async function countLake(source: PackageSource): Promise<Counts | null> {
  const counts: Counts = { conversations: 0, messages: 0 };
  const files = source.paths.filter((path) => /^data\/parquet\/.*\.parquet$/u.test(path));
  for (const path of files) {
    const table = path.startsWith('data/parquet/conversations/') ? 'conversations' : 'messages';
    counts[table] += await countRows(source, path);
  }
  return files.length === 0 ? null : counts;
}

async function countRows(source: PackageSource, path: string): Promise<number> {
  let tail: Buffer[] = [];
  let kept = 0;
  for await (const piece of source.read(path)) {
    tail.push(piece);
    kept += piece.length;
    while (kept - (tail[0]?.length ?? kept) >= longestFooter) kept -= tail.shift()?.length ?? 0;
  }
  const end = Buffer.concat(tail);
  tail = [];
  const bytes = new Uint8Array(end);
  return Number(parquetMetadata(bytes.buffer).num_rows);
}

/**
 * Articles and list items in the tags of PDF files: each conversation is one, each message the other. Null where a
 * browser wrote no tags, or not in the open.
 */
export async function countPrinted(source: PackageSource, paths: readonly string[]): Promise<FormatCounts | null> {
  const tag = '<</Type /StructElem\n';
  let tags = 0;
  const counts: Counts = { conversations: 0, messages: 0 };
  for (const path of paths) {
    const marks = [tag, `${tag}/S /Art\n`, `${tag}/S /LI\n`];
    const [any = 0, articles = 0, items = 0] = await countMarks(source.read(path), marks);
    tags += any;
    counts.conversations += articles;
    counts.messages += items;
  }
  return tags === 0 ? null : counts;
}

async function all(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const list: Buffer[] = [];
  for await (const piece of pieces) list.push(piece);
  return Buffer.concat(list);
}

async function* one(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}
