import type { Database } from 'better-sqlite3';
import { preparedValue } from '../store/statements.ts';
import type { Plan, Segment } from './plan.ts';
import { ByteReader, parsePage, readStructure } from './postings-format.ts';
import type { QueryNode } from './query-tree.ts';

/** To visit all rows, more words than this FTS5 merges faster itself than it steps through them side by side. */
const mostWords = 64;
/** For the first few rows, stepping is faster up to many more. */
export const mostWordsForPage = 600;
const mostPages = 256;

/**
 * FTS5 answers `ref*` by merging the lists of all words that begin so before it gives the first row. Where they
 * are few, naming them gives the same rows at once. The order by relevance keeps the prefix: there it is one term.
 */
export function segmentsWithWords(db: Database, { root, segments }: Plan, most = mostWords): readonly Segment[] {
  const prefixes = root === null ? new Set<string>() : lonePrefixes(root);
  let result: readonly Segment[] = segments;
  for (const prefix of prefixes) {
    const words = wordsBeginningWith(db, prefix, most);
    if (words === null || words.length === 0) continue;
    const named = words.length === 1 ? `"${words[0] ?? ''}"` : `(${words.map((word) => `"${word}"`).join(' OR ')})`;
    const rename = (text: string) => text.replaceAll(`"${prefix}" *`, () => named);
    result = result.map((segment) => ({
      ...segment,
      match: rename(segment.match),
      certain: segment.certain === null ? null : rename(segment.certain),
    }));
  }
  return result;
}

/** Prefixes of one word, where none stands in a NEAR: there FTS5 takes no alternatives. */
function lonePrefixes(root: QueryNode): Set<string> {
  const prefixes = new Set<string>();
  const pending: QueryNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'near') {
      if (node.terms.some(({ prefix }) => prefix)) return new Set();
    } else if (node.kind === 'term') {
      if (node.prefix && node.tokens.length === 1) prefixes.add(node.tokens[0] ?? '');
    } else if (node.kind === 'not') pending.push(node.child);
    else if (node.kind === 'and' || node.kind === 'or') for (const child of node.children) pending.push(child);
  }
  return prefixes;
}

/** All words of the index that begin so, also such as only deleted rows have; null when there are many. */
export function wordsBeginningWith(db: Database, prefix: string, most = mostWords): string[] | null {
  const wanted = Buffer.from(`0${prefix}`, 'utf8');
  // The last byte of UTF-8 text is below 255: nothing that begins with the prefix comes after this.
  const after = Buffer.concat([wanted, Buffer.from([255])]);
  const words = new Set<string>();
  try {
    for (const { id } of readStructure(db).segments) {
      const pages = termPages(db, id, wanted, after);
      if (pages === null) return null;
      for (const page of pages) {
        for (const word of wordsOnPage(db, id, page, wanted)) words.add(word);
        if (words.size > most) return null;
      }
    }
  } catch (error) {
    // A format that this program does not know: FTS5 knows it.
    if (error instanceof Error) return null;
    throw error;
  }
  return [...words];
}

/** Pages of a segment on which words of the range begin; null when there are many. */
function termPages(db: Database, segment: number, wanted: Buffer, after: Buffer): number[] | null {
  const first = preparedValue<[number, Buffer]>(
    db,
    'SELECT pgno FROM ft_idx WHERE segid = ? AND term <= ? ORDER BY term DESC LIMIT 1',
  ).get(segment, wanted) as number | undefined;
  const others = preparedValue<[number, Buffer, Buffer, number]>(
    db,
    'SELECT pgno FROM ft_idx WHERE segid = ? AND term > ? AND term < ? ORDER BY term LIMIT ?',
  ).all(segment, wanted, after, mostPages) as number[];
  if (others.length >= mostPages) return null;
  return [first ?? 2, ...others].map((page) => page >>> 1);
}

function* wordsOnPage(db: Database, segment: number, page: number, wanted: Buffer): Generator<string> {
  const id = (BigInt(segment) << 37n) + BigInt(page);
  const bytes = preparedValue<[bigint]>(db, 'SELECT block FROM ft_data WHERE id = ?').get(id) as Buffer | undefined;
  if (bytes === undefined) return;
  let term: Buffer = Buffer.alloc(0);
  for (const [index, offset] of parsePage(bytes).terms.entries()) {
    const reader = new ByteReader(bytes, offset);
    const kept = index === 0 ? 0 : reader.varint();
    const length = reader.varint();
    term = Buffer.concat([term.subarray(0, kept), bytes.subarray(reader.position, reader.position + length)]);
    if (term.subarray(0, wanted.length).equals(wanted)) yield term.subarray(1).toString('utf8');
    else if (Buffer.compare(term, wanted) > 0) return;
  }
}
