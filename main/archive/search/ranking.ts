import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';
import { columnOfRole, indexColumns } from './document.ts';
import { firstAtLeast, lengthsOf, type Lengths } from './length-table.ts';
import { matchingList } from './match-list.ts';
import type { Plan } from './plan.ts';
import { readStructure, type Structure } from './postings-format.ts';
import { readPostings } from './postings.ts';
import type { QueryNode, TermNode } from './query-tree.ts';
import { archiveStamp } from './stamp.ts';
import { TopRanked, type Ranked } from './top-ranked.ts';

/**
 * FTS5's bm25, computed from the index's own lists instead of row by row inside FTS5: the same numbers in a
 * fraction of the time. Takes queries whose words are ANDed, with ORs of words among them; gives the others back.
 */

/** As FTS5 has them. */
const k1 = 1.2;
const b = 0.75;
/** A word that most conversations hold would count against them; FTS5 lets it count for next to nothing. */
const leastWeight = 1e-6;

const mostTerms = 16;
const mostRanked = 10_000;
const highestFrequency = 65_535;

/** Connections on which the lists once disagreed with MATCH: there SQL does the work from then on. */
const distrusted = new WeakSet<Database>();
const checksLeft = new WeakMap<Database, number>();
const checks = 8;

/** The best `wanted` matches, best first, newest first among equals; null where this way cannot tell. */
export function rankByPostings(db: Database, plan: Plan, wanted: number): Ranked[] | null {
  const [segment, ...more] = plan.segments;
  const groups = plan.root === null ? null : wordGroups(plan.root);
  if (segment === undefined || more.length > 0 || segment.verify || groups === null) return null;
  if (wanted > mostRanked || distrusted.has(db)) return null;
  // FTS5 adds up the words' shares in the order of its expression; so does this, for the last bit's sake.
  const terms = distinct(groups.words.flat()).sort(
    (one, other) => segment.match.indexOf(one.text) - segment.match.indexOf(other.text),
  );
  if (terms.length === 0 || terms.length > mostTerms) return null;
  try {
    const structure = readStructure(db);
    const documents = lengthsOf(db);
    const lists = new Map<string, WordLists>();
    for (const term of terms) {
      const read = frequenciesOf(db, structure, documents, term);
      if (read === null) return null;
      lists.set(term.text, read);
    }
    const listOf = ({ text }: Word): WordLists => lists.get(text) ?? { frequencies: new Uint16Array(), hits: 0 };
    const weighed = terms.map((term) => weigh(listOf(term), structure));
    const from = firstAtLeast(documents.rids, segment.from, 0);
    const to = firstAtLeast(documents.rids, segment.to + 1, from);
    const best = new TopRanked(wanted);
    const score = scorer(documents, structure, weighed, best);
    if (groups.pure) {
      const holds = groups.words.map((group) => anyOf(group.map(listOf)));
      const [first = new Uint16Array(), ...others] = holds
        .sort((one, other) => one.hits - other.hits)
        .map((each) => each.frequencies);
      for (let at = from; at < to; at += 1) if (first[at] !== 0 && holdAll(others, at)) score(at);
    } else {
      let at = from;
      for (const rid of matchingList(db, plan)) {
        at = firstAtLeast(documents.rids, rid, at);
        if (documents.rids[at] !== rid) return null;
        score(at);
      }
    }
    return best.sorted();
  } catch (error) {
    // A format that this program does not know, or a damaged index: SQL will tell which.
    if (!(error instanceof Error)) throw error;
    distrusted.add(db);
    return null;
  }
}

interface Word {
  node: TermNode;
  /** As it stands in the MATCH expression. */
  text: string;
}

interface WordGroups {
  /** ANDed groups of ORed words. */
  words: Word[][];
  /** There is nothing else in the query: the groups alone say what matches. */
  pure: boolean;
}

/** The words of a query that is an AND of words, ORs of words, and things without a share in the rank. */
function wordGroups(root: QueryNode): WordGroups | null {
  const groups: WordGroups = { words: [], pure: true };
  for (const node of root.kind === 'and' ? root.children : [root]) {
    switch (node.kind) {
      case 'term':
      case 'or': {
        const nodes = node.kind === 'or' ? node.children : [node];
        const words = nodes.filter((each) => each.kind === 'term').map((each) => ({ node: each, text: textOf(each) }));
        if (words.some((word) => word.node.tokens.length !== 1)) return null;
        if (nodes.some(({ kind }) => kind !== 'term' && kind !== 'filter' && kind !== 'number')) return null;
        if (words.length < nodes.length) groups.pure = false;
        groups.words.push(words);
        break;
      }
      case 'filter':
      case 'number':
      case 'clock':
        groups.pure = false;
        break;
      // Dates have become the range of row ids.
      case 'date':
        break;
      case 'not':
        // Words that a match must not hold have no share in its rank. In an AND behind NOT one of them may occur.
        if (!isPlain(node.child)) return null;
        groups.pure = false;
        break;
      case 'and':
      case 'near':
        return null;
    }
  }
  return groups;
}

function isPlain(node: QueryNode): boolean {
  if (node.kind === 'or') return node.children.every(isPlain);
  return node.kind !== 'and' && node.kind !== 'not' && node.kind !== 'near';
}

function textOf({ tokens, prefix, scope }: TermNode): string {
  const text = `"${tokens.join(' ')}"${prefix ? ' *' : ''}`;
  return scope === null ? text : `{${scope.map((role) => columnOfRole[role]).join(' ')}} : ${text}`;
}

function distinct(words: readonly Word[]): Word[] {
  return [...new Map(words.map((word) => [word.text, word])).values()];
}

/** How often each document has a word, and how many have it at all. */
interface WordLists {
  frequencies: Uint16Array;
  hits: number;
}

/** Whoever types a query asks for its first words again with every letter. */
const mostRemembered = 16;
const remembered = new WeakMap<Database, { stamp: string; known: Map<string, WordLists> }>();

function frequenciesOf(db: Database, structure: Structure, documents: Lengths, word: Word): WordLists | null {
  const stamp = archiveStamp(db);
  let cache = remembered.get(db);
  if (cache?.stamp !== stamp) {
    cache = { stamp, known: new Map() };
    remembered.set(db, cache);
  }
  const known = cache.known.get(word.text);
  if (known !== undefined) return known;
  const frequencies = readFrequencies(db, structure, documents, word.node);
  if (frequencies === null) return null;
  const read = { frequencies, hits: holding(frequencies) };
  if (!isConfirmed(db, word, read.hits)) return null;
  if (cache.known.size >= mostRemembered) cache.known.delete(cache.known.keys().next().value ?? '');
  cache.known.set(word.text, read);
  return read;
}

function readFrequencies(
  db: Database,
  structure: Structure,
  { rids }: Lengths,
  { tokens, prefix, scope }: TermNode,
): Uint16Array | null {
  const allowed = scope?.map((role) => columnOfRole[role]);
  const columns = indexColumns.map((column) => column !== 'filter' && (allowed?.includes(column) ?? true));
  const postings = readPostings(db, structure, tokens[0] ?? '', prefix, columns);
  const frequencies = new Uint16Array(rids.length);
  let at = 0;
  for (let index = 0; index < postings.length; index += 1) {
    const rid = postings.rids[index] ?? 0;
    // Ascending within a segment and a term; the next one begins anew.
    if ((rids[at] ?? Infinity) > rid) at = 0;
    for (let step = 0; step < 16 && (rids[at] ?? Infinity) < rid; step += 1) at += 1;
    if (rids[at] !== rid) at = firstAtLeast(rids, rid, at);
    const sum = (frequencies[at] ?? 0) + (postings.frequencies[index] ?? 0);
    if (rids[at] !== rid || sum > highestFrequency) return null;
    frequencies[at] = sum;
  }
  return frequencies;
}

/** For the first queries of a connection, FTS5 itself is asked whether the list is right. */
function isConfirmed(db: Database, { text }: Word, hits: number): boolean {
  const left = checksLeft.get(db) ?? checks;
  if (left === 0) return true;
  const { total } = prepared<[string], { total: number }>(db, 'SELECT count(*) AS total FROM ft WHERE ft MATCH ?').get(
    text,
  ) ?? { total: -1 };
  if (total !== hits) {
    distrusted.add(db);
    return false;
  }
  checksLeft.set(db, left - 1);
  return true;
}

function holding(frequencies: Uint16Array): number {
  let total = 0;
  for (let at = 0; at < frequencies.length; at += 1) if (frequencies[at] !== 0) total += 1;
  return total;
}

interface Weighed {
  frequencies: Uint16Array;
  weight: number;
}

function weigh({ frequencies, hits }: WordLists, { rows }: Structure): Weighed {
  const weight = Math.log((rows - hits + 0.5) / (hits + 0.5));
  return { frequencies, weight: weight > 0 ? weight : leastWeight };
}

function scorer(
  { rids, lengths }: Lengths,
  { rows, tokens }: Structure,
  weighed: readonly Weighed[],
  best: TopRanked,
): (at: number) => void {
  const average = tokens / rows;
  const count = weighed.length;
  const lists = weighed.map(({ frequencies }) => frequencies);
  const weights = weighed.map(({ weight }) => weight);
  return (at) => {
    const norm = k1 * (1 - b + (b * (lengths[at] ?? 0)) / average);
    let score = 0;
    for (let index = 0; index < count; index += 1) {
      const frequency = lists[index]?.[at] ?? 0;
      if (frequency > 0) score += (weights[index] ?? 0) * ((frequency * (k1 + 1)) / (frequency + norm));
    }
    best.offer(rids[at] ?? 0, -score);
  };
}

/** Where any of the words occurs. */
function anyOf(words: readonly WordLists[]): WordLists {
  const [first, ...others] = words;
  if (first === undefined || others.length === 0) return first ?? { frequencies: new Uint16Array(), hits: 0 };
  const frequencies = first.frequencies.slice();
  for (const other of others) {
    const added = other.frequencies;
    for (let at = 0; at < added.length; at += 1) if (added[at] !== 0) frequencies[at] = 1;
  }
  return { frequencies, hits: holding(frequencies) };
}

function holdAll(lists: readonly Uint16Array[], at: number): boolean {
  for (let index = 0; index < lists.length; index += 1) if (lists[index]?.[at] === 0) return false;
  return true;
}
