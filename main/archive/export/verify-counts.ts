import type { PackageSource } from './package-source.ts';

/** Rows of a CSV file without its heading: line ends outside quotes. */
export async function countCsvRows(source: PackageSource, path: string): Promise<number> {
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
export async function countTags(source: PackageSource, path: string, tags: readonly string[]): Promise<number[]> {
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
