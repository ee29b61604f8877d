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

/** Counts what each format without originals holds, as far as it can be told without the format's own reader. */
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
    const tags = (tag: string) => sum(pages, async (path) => (await countTags(source, path, [tag]))[0] ?? 0);
    found.set('html', { conversations: await tags('<article '), messages: await tags('<li ') });
  }
  const mails = source.paths.filter((path) => /^data\/(?:[^/]+\/)?eml\/.*\.eml$/u.test(path));
  if (mails.length > 0) found.set('eml', { conversations: mails.length, messages: null });
  const loads = dataFiles(source, 'dat/conversations.dat');
  if (loads.length > 0) {
    found.set('dat', { conversations: await sum(loads, (path) => countLoadRows(source, path)), messages: null });
  }
  return found;
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

/** How often each tag starts in an HTML file of ours, where text cannot hold a `<`. */
async function countTags(source: PackageSource, path: string, tags: readonly string[]): Promise<number[]> {
  const counts = tags.map(() => 0);
  const longest = Math.max(...tags.map((tag) => tag.length)) + 1;
  let rest = '';
  for await (const piece of source.read(path)) {
    const text = rest + piece.toString('latin1');
    for (const [index, tag] of tags.entries()) {
      for (let at = text.indexOf(tag); at >= 0; at = text.indexOf(tag, at + 1)) {
        // What begins in the part that is kept is counted with the next piece.
        if (at < text.length - longest + 1) counts[index] = (counts[index] ?? 0) + 1;
      }
    }
    rest = text.slice(-(longest - 1));
  }
  for (const [index, tag] of tags.entries()) if (rest.includes(tag)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}
