import type { Database } from 'better-sqlite3';
import { firstAtLeast } from './documents.ts';
import { checkTotal, isTrusted, trusting } from './index-trust.ts';
import { viewIndex, type IndexView } from './index-view.ts';
import { lengthsOf } from './length-table.ts';
import { columnsOf, matchSet } from './match-set.ts';
import { eachPhrase } from './phrase-set.ts';
import type { Plan } from './plan.ts';
import { distinct, wordGroups, type Word } from './rank-words.ts';
import { indexStamp } from './stamp.ts';
import { termFrequencies, wordBounds, type Bounds, type OccurrenceCounter } from './term-set.ts';
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

/** The best `wanted` matches, best first, newest first among equals; null where this way cannot tell. */
export function rankByPostings(db: Database, plan: Plan, wanted: number): Ranked[] | null {
  const [segment, ...more] = plan.segments;
  const groups = plan.root === null ? null : wordGroups(plan.root);
  if (segment === undefined || more.length > 0 || segment.verify || groups === null) return null;
  if (wanted > mostRanked || !isTrusted(db)) return null;
  // FTS5 adds up the words' shares in the order of its expression; so does this, for the last bit's sake.
  const terms = distinct(groups.words.flat()).sort(
    (one, other) => segment.match.indexOf(one.text) - segment.match.indexOf(other.text),
  );
  if (terms.length === 0 || terms.length > mostTerms) return null;
  return trusting(db, () => {
    const view = viewIndex(db);
    const lengths = lengthsOf(db, view.rids);
    const lists = new Map(terms.map((term) => [term.text, frequenciesOf(db, view, term)]));
    const listOf = ({ text }: Word): WordList => lists.get(text) ?? noList;
    const from = firstAtLeast(view.rids, segment.from, 0);
    const to = firstAtLeast(view.rids, segment.to + 1, from);
    const holds = groups.pure ? holdsAll(groups.words.map((group) => anyOf(group.map(listOf)))) : holdsIn(db, plan);
    if (holds === null) return null;
    return best(view, lengths, terms.map(listOf), { from, to, holds, wanted });
  });
}

/** How often each conversation has a word at most, and how many have it at all. */
interface WordList {
  frequencies: Uint16Array;
  hits: number;
  /** Null: `frequencies` are exact. */
  counter: OccurrenceCounter | null;
}

/** Whoever types a query asks for its first words again with every letter. */
const mostRemembered = 16;
const remembered = new WeakMap<Database, { stamp: string; known: Map<string, WordList> }>();

function frequenciesOf(db: Database, view: IndexView, word: Word): WordList {
  const stamp = indexStamp(db);
  let cache = remembered.get(db);
  if (cache?.stamp !== stamp) {
    cache = { stamp, known: new Map() };
    remembered.set(db, cache);
  }
  const known = cache.known.get(word.text);
  if (known !== undefined) return known;
  const { bounds, counter } = readBounds(db, view, word);
  const read = { frequencies: bounds, hits: holding(bounds), counter };
  checkTotal(db, { match: word.text }, read.hits);
  // Lists of common words are read again rather than kept.
  if (counter === null) {
    if (cache.known.size >= mostRemembered) cache.known.delete(cache.known.keys().next().value ?? '');
    cache.known.set(word.text, read);
  }
  return read;
}

function readBounds(db: Database, view: IndexView, { node: { tokens, prefix, scope } }: Word): Bounds {
  const columns = columnsOf(scope);
  const [token = '', ...others] = tokens;
  if (others.length === 0) {
    if (!prefix && columns === null) return wordBounds(db, view, token);
    return { bounds: termFrequencies(db, view, { token, prefix, columns }), counter: null };
  }
  const bounds = new Uint16Array(view.rids.length);
  eachPhrase(db, view, tokens, columns, (at, count) => {
    bounds[at] = count;
  });
  return { bounds, counter: null };
}

function holding(frequencies: Uint16Array): number {
  let total = 0;
  for (let at = 0; at < frequencies.length; at += 1) if (frequencies[at] !== 0) total += 1;
  return total;
}

type Held = Pick<WordList, 'frequencies' | 'hits'>;

const noList: WordList = { frequencies: new Uint16Array(), hits: 0, counter: null };

/** Where any of the words occurs. */
function anyOf(words: readonly WordList[]): Held {
  const [first, ...others] = words;
  if (first === undefined || others.length === 0) return first ?? { frequencies: new Uint16Array(), hits: 0 };
  const frequencies = first.frequencies.slice();
  for (const { frequencies: added } of others) {
    for (let at = 0; at < added.length; at += 1) if (added[at] !== 0) frequencies[at] = 1;
  }
  return { frequencies, hits: holding(frequencies) };
}

function holdsAll(groups: readonly Held[]): (at: number) => boolean {
  const [first = new Uint16Array(), ...others] = groups
    .toSorted((one, other) => one.hits - other.hits)
    .map(({ frequencies }) => frequencies);
  const [second, ...more] = others;
  if (second === undefined) return (at) => first[at] !== 0;
  if (more.length === 0) return (at) => first[at] !== 0 && second[at] !== 0;
  return (at) => first[at] !== 0 && others.every((frequencies) => frequencies[at] !== 0);
}

function holdsIn(db: Database, plan: Plan): ((at: number) => boolean) | null {
  const found = matchSet(db, plan);
  return found === null ? null : (at) => found.set.has(at);
}

interface Wanted {
  from: number;
  to: number;
  holds: (at: number) => boolean;
  wanted: number;
}

function best(
  { rids, structure: { rows, tokens } }: IndexView,
  lengths: Uint32Array,
  lists: readonly WordList[],
  { from, to, holds, wanted }: Wanted,
): Ranked[] {
  const top = new TopRanked(wanted);
  const average = tokens / rows;
  const weights = lists.map(({ hits }) => weightOf(hits, rows));
  const frequencies = lists.map((list) => list.frequencies);
  const counters = lists.map(({ counter }) => counter);
  const exact = counters.every((counter) => counter === null);
  const [firstList = new Uint16Array(), ...others] = frequencies;
  const [firstWeight = 0] = weights;
  const alone = others.length === 0;
  let worst = top.worst;
  for (let at = from; at < to; at += 1) {
    const first = firstList[at] ?? 0;
    if ((alone && first === 0) || !holds(at)) continue;
    const norm = k1 * (1 - b + (b * (lengths[at] ?? 0)) / average);
    let score = first === 0 ? 0 : share(firstWeight, first, norm);
    for (let index = 1; index < frequencies.length; index += 1) {
      const frequency = frequencies[index]?.[at] ?? 0;
      if (frequency > 0) score += share(weights[index] ?? 0, frequency, norm);
    }
    // Most are refused here: even with as many occurrences as there can be, they would not be among the best.
    if (-score > worst) continue;
    const rid = rids[at] ?? 0;
    if (!exact) {
      score = 0;
      for (let index = 0; index < frequencies.length; index += 1) {
        const most = frequencies[index]?.[at] ?? 0;
        const frequency = most === 0 ? 0 : (counters[index]?.count(at) ?? most);
        if (frequency > 0) score += share(weights[index] ?? 0, frequency, norm);
      }
    }
    top.offer(rid, -score);
    worst = top.worst;
  }
  return top.sorted();
}

/** What a word adds to the rank: more for each occurrence, less the longer the conversation. */
function share(weight: number, frequency: number, norm: number): number {
  return weight * ((frequency * (k1 + 1)) / (frequency + norm));
}

function weightOf(hits: number, rows: number): number {
  const weight = Math.log((rows - hits + 0.5) / (hits + 0.5));
  return weight > 0 ? weight : leastWeight;
}
