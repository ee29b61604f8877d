import { countLake, countPrinted, countReviewFiles, countWorkbook } from './count-containers.ts';
import { countMarks } from './count-marks.ts';
import type { PackageSource } from './package-source.ts';

/** What was found of a format; messages null where only conversations can be counted. */
export interface FormatCounts {
  conversations: number;
  messages: number | null;
}

/** Where a data file lies: once, or in each volume of an export that was split, in the order of the export. */
export function dataFiles(source: PackageSource, name: string): string[] {
  const pattern = /^data\/(?:\d{4}(?:-[^/]+)?\/)?(?<name>[^/].*)$/u;
  return source.paths.filter((path) => pattern.exec(path)?.groups?.['name'] === name);
}

/** Counts what each format without originals holds. */
export async function countFormats(source: PackageSource): Promise<Map<string, FormatCounts>> {
  const found = new Map<string, FormatCounts>();
  const sum = async (files: readonly string[], count: (path: string) => Promise<number>) => {
    let total = 0;
    for (const path of files) total += await count(path);
    return total;
  };
  const rows = (path: string) => countCsvRows(source, path);
  const tables = [dataFiles(source, 'conversations.csv'), dataFiles(source, 'messages.csv')] as const;
  if (tables[0].length > 0) {
    found.set('csv', { conversations: await sum(tables[0], rows), messages: await sum(tables[1], rows) });
  }
  const pages = dataFiles(source, 'conversations.html');
  if (pages.length > 0) {
    const tags = (tag: string) => sum(pages, async (path) => (await countMarks(source.read(path), [tag]))[0] ?? 0);
    found.set('html', { conversations: await tags('<article '), messages: await tags('<li ') });
  }
  const mails = source.paths.filter((path) => /^data\/(?:[^/]+\/)?eml\/.*\.eml$/u.test(path));
  if (mails.length > 0) found.set('eml', { conversations: mails.length, messages: null });
  const loads = dataFiles(source, 'dat/conversations.dat');
  if (loads.length > 0) {
    found.set('dat', { conversations: await sum(loads, (path) => countLoadRows(source, path)), messages: null });
  }
  await countContainers(source, found);
  return found;
}

async function countContainers(source: PackageSource, found: Map<string, FormatCounts>): Promise<void> {
  const workbooks = dataFiles(source, 'conversations.xlsx');
  if (workbooks.length > 0) {
    const total = { conversations: 0, messages: 0 };
    for (const path of workbooks) {
      const { conversations, messages } = await countWorkbook(source.read(path));
      total.conversations += conversations;
      total.messages += messages;
    }
    found.set('xlsx', total);
  }
  const reviews = source.paths.filter((path) => /^data\/(?:[^/]+\/)?rsmf\/.*\.rsmf$/u.test(path));
  if (reviews.length > 0) found.set('rsmf', await countReviewFiles(source, reviews));
  const lake = await countLake(source);
  if (lake !== null) found.set('parquet', lake);
  const printed = await countPrinted(
    source,
    source.paths.filter((path) => /^data\/(?:[^/]+\/)?conversations(?:-\d{4,})?\.pdf$/u.test(path)),
  );
  if (printed !== null) found.set('pdf', printed);
}

/** Rows of a Concordance file without its heading: line breaks inside values are other characters there. */
async function countLoadRows(source: PackageSource, path: string): Promise<number> {
  let rows = 0;
  for await (const piece of source.read(path)) for (const byte of piece) if (byte === 0x0a) rows += 1;
  return Math.max(0, rows - 1);
}

/** Rows of a CSV file without its heading: line ends outside quotes. */
async function countCsvRows(source: PackageSource, path: string): Promise<number> {
  let rows = 0;
  let quoted = false;
  for await (const piece of source.read(path)) {
    for (const byte of piece) {
      if (byte === 0x22) quoted = !quoted;
      else if (byte === 0x0a && !quoted) rows += 1;
    }
  }
  return Math.max(0, rows - 1);
}
