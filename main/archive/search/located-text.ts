import { locateTokens, type Token } from './fold.ts';
import { indexTokens, type TokenIndex } from './occurrences.ts';

/** A text taken apart: its tokens, where each came from, and where each token stands. */
export interface LocatedText {
  located: readonly Token[];
  index: TokenIndex;
}

/** UTF-16 units of lately marked texts that are kept taken apart: some pages of results. Tokens take a hundred times as much. */
const mostUnits = 100_000;
const recent = new Map<string, LocatedText>();
let units = 0;

/**
 * Takes a text apart, lately seen ones from memory: with each letter of a query much the same messages are marked again, and
 * agents' ready answers stand in many conversations.
 */
export function locatedText(text: string): LocatedText {
  let known = recent.get(text);
  if (known !== undefined) {
    recent.delete(text);
    recent.set(text, known);
    return known;
  }
  const located = locateTokens(text);
  known = { located, index: indexTokens(located.map((token) => token.text)) };
  if (text.length > mostUnits / 10) return known;
  recent.set(text, known);
  units += text.length;
  for (const oldest of recent.keys()) {
    if (units <= mostUnits) break;
    recent.delete(oldest);
    units -= oldest.length;
  }
  return known;
}
