import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';
import { tokensOf } from './fold.ts';
import { wantedTerms } from './marks.ts';
import type { Query, TermNode } from './query-tree.ts';

export interface Suggestion {
  /** The word without a hit, as typed. */
  term: string;
  suggestion: string;
  /** The whole query with the word replaced. */
  query: string;
}

const mostTerms = 50;
const mostSuggestions = 3;
const shortest = 3;
const longest = 30;
/** Folded letters of scripts written with an alphabet. */
const alphabets: readonly [RegExp, string][] = [
  [/\p{Script=Cyrillic}/u, 'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћџђ'],
  [/\p{Script=Greek}/u, 'αβγδεζηθικλμνξοπρστυφχψω'],
  [/\p{Script=Arabic}/u, 'ابتثجحخدذرزسشصضطظعغفقكلمنهويىةء'],
  [/\p{Script=Hebrew}/u, 'אבגדהוזחטיכךלמםנןסעפףצץקרשת'],
  [/[a-z]/u, 'abcdefghijklmnopqrstuvwxyz'],
];

/** Words of a query that nothing in the archive has, with the commonest word of the archive one slip away. */
export function suggestWords(db: Database, { text, root }: Query): Suggestion[] {
  const suggestions: Suggestion[] = [];
  const terms = wantedTerms(root).flatMap((node) => (node.kind === 'near' ? node.terms : [node]));
  for (const term of terms.slice(0, mostTerms).sort((one, other) => one.position - other.position)) {
    for (const token of new Set(term.prefix ? [] : term.tokens)) {
      if (suggestions.length >= mostSuggestions) return suggestions;
      if (token.length < shortest || token.length > longest || occurs(db, token)) continue;
      const suggestion = closest(db, token);
      const typed = typedWord(term, token);
      if (suggestion === null || typed === null) continue;
      const at = text.indexOf(typed, term.position);
      if (at < 0) continue;
      // Two words in place of one belong together.
      const replacement = suggestion.includes(' ') && !term.quoted ? `"${suggestion}"` : suggestion;
      const query = text.slice(0, at) + replacement + text.slice(at + typed.length);
      suggestions.push({ term: typed, suggestion, query });
    }
  }
  return suggestions;
}

/** The piece of a term's text that folds into a token. */
function typedWord({ text, tokens }: TermNode, token: string): string | null {
  if (tokens.length === 1) return text;
  return text.match(/[\p{L}\p{N}\p{M}]+/gu)?.find((word) => tokensOf(word)[0] === token) ?? null;
}

function occurs(db: Database, token: string): boolean {
  return prepared<[string]>(db, 'SELECT 1 FROM ft WHERE ft MATCH ? LIMIT 1').get(`"${token}"`) !== undefined;
}

function conversationsWith(db: Database, token: string): number {
  const row = prepared<[string], { doc: number }>(db, 'SELECT doc FROM ft_term WHERE term = ?').get(token);
  return row?.doc ?? 0;
}

function closest(db: Database, token: string): string | null {
  let best: string | null = null;
  let bestTotal = 0;
  for (const candidate of oneSlipAway(token)) {
    if (!occurs(db, candidate)) continue;
    const total = conversationsWith(db, candidate);
    if (total > bestTotal) [best, bestTotal] = [candidate, total];
  }
  return best ?? twoWords(db, token);
}

/** All words that a wrong, missing, extra or swapped letter makes of the token. */
function oneSlipAway(token: string): Set<string> {
  const characters = Array.from(token);
  const alphabet = new Set([...characters, ...Array.from(alphabets.find(([script]) => script.test(token))?.[1] ?? '')]);
  const words = new Set<string>();
  const add = (from: number, skip: number, ...put: string[]) =>
    words.add([...characters.slice(0, from), ...put, ...characters.slice(from + skip)].join(''));
  for (let at = 0; at <= characters.length; at += 1) {
    for (const letter of alphabet) {
      add(at, 0, letter);
      if (at < characters.length) add(at, 1, letter);
    }
    if (at < characters.length) add(at, 1);
    if (at + 1 < characters.length) add(at, 2, characters[at + 1] ?? '', characters[at] ?? '');
  }
  words.delete(token);
  words.delete('');
  return words;
}

/** `moneyback` for `money back`. */
function twoWords(db: Database, token: string): string | null {
  const characters = Array.from(token);
  for (let at = 2; at + 2 <= characters.length; at += 1) {
    const words = [characters.slice(0, at).join(''), characters.slice(at).join('')];
    const found = prepared<[string]>(db, 'SELECT 1 FROM ft WHERE ft MATCH ? LIMIT 1').get(`"${words.join(' ')}"`);
    if (found !== undefined) return words.join(' ');
  }
  return null;
}
