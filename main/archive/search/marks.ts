import type { FactMark, Mark, Message, Transcript } from '../../../preload/model.ts';
import type { Moment } from './dates.ts';
import { foldText, type Token } from './fold.ts';
import { locatedText } from './located-text.ts';
import { nearStarts, termStarts } from './occurrences.ts';
import { parseQuery } from './query.ts';
import type { NearNode, QueryNode, TermNode } from './query-tree.ts';

type Wanted = TermNode | NearNode;

/** The words of a query that a reader looks for: everything but what stands behind NOT. */
export function wantedTerms(root: QueryNode | null): Wanted[] {
  const wanted: Wanted[] = [];
  const pending: QueryNode[] = root === null ? [] : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'term' || node.kind === 'near') wanted.push(node);
    else if (node.kind === 'and' || node.kind === 'or') for (const child of node.children) pending.push(child);
  }
  return wanted;
}

/**
 * The places in messages that a query matches, by the same rules as the search itself: same folding, speakers,
 * distances, prefixes. In reading order, overlapping places joined.
 * @param _moment what dates are read against; no mark depends on it, but searches all take it
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function marksIn(messages: readonly Message[], query: string, _moment?: Moment): Mark[] {
  const mark = marker(wantedTerms(parseQuery(query).root));
  return messages.flatMap((message) => mark(message).map(({ start, end }) => ({ message: message.index, start, end })));
}

/**
 * The places in the facts beside the transcript that a query matches. Words that somebody is to have said match none.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function marksInFacts(transcript: Transcript, query: string): FactMark[] {
  const mark = marker(wantedTerms(parseQuery(query).root).filter(({ scope }) => scope === null));
  const { customer } = transcript;
  const texts = [
    customer.name,
    customer.email,
    customer.phone,
    customer.id,
    transcript.summary,
    ...transcript.surveys.map(({ answer }) => answer),
    ...transcript.attributes.map(({ value }) => value),
    ...transcript.details.map(({ value }) => value),
  ].filter((text): text is string => text !== null);
  return [...new Set(texts)].flatMap((text) =>
    mark({ role: 'other', text }).map(({ start, end }) => ({ text, start, end })),
  );
}

export interface TextRange {
  start: number;
  end: number;
}

/** `folded`: the text as `foldText` gives it, where the caller has it at hand. */
type MarkedMessage = Pick<Message, 'role' | 'text'> & { folded?: string };

const none: readonly TermNode[] = [];

/** Up to so many words, looking for each in the text costs less than taking the text apart. */
const fewTerms = 100;

/** Finds the wanted terms in one message after the other. */
export function marker(wanted: readonly Wanted[]): (message: MarkedMessage) => TextRange[] {
  const simple = new Map<string, TermNode[]>();
  const others: Wanted[] = [];
  for (const term of wanted) {
    // A query of thousands of words looks each token of the text up, not each word of the query.
    if (term.kind === 'near' || term.prefix) others.push(term);
    else {
      const first = term.tokens[0] ?? '';
      const known = simple.get(first);
      if (known === undefined) simple.set(first, [term]);
      else known.push(term);
    }
  }
  const firstTokens = new Set(
    wanted.flatMap((node) => (node.kind === 'near' ? node.terms : [node])).map(({ tokens }) => tokens[0] ?? ''),
  );
  const canHold = (folded: string) => {
    if (firstTokens.size > fewTerms) return true;
    for (const token of firstTokens) if (folded.includes(token)) return true;
    return false;
  };
  return ({ role, text, folded }) => {
    if (wanted.length === 0 || text === '' || !canHold(folded ?? foldText(text))) return [];
    const { located, index } = locatedText(text);
    const ranges: TextRange[] = [];
    const add = (starts: readonly number[], length: number) => {
      for (const start of starts) ranges.push(rangeOf(located, start, length));
    };
    const applies = ({ scope }: Wanted) => scope === null || scope.includes(role);
    const mark = (terms: readonly TermNode[]) => {
      for (const term of terms) if (applies(term)) add(termStarts(index, term), term.tokens.length);
    };
    if (simple.size < index.places.size) {
      for (const [first, terms] of simple) if (index.places.has(first)) mark(terms);
    } else for (const first of index.places.keys()) mark(simple.get(first) ?? none);
    for (const term of others) {
      if (!applies(term)) continue;
      if (term.kind === 'term') add(termStarts(index, term), term.tokens.length);
      else nearStarts(index, term).forEach((starts, each) => add(starts, term.terms[each]?.tokens.length ?? 1));
    }
    return joined(ranges);
  };
}

function rangeOf(located: readonly Token[], start: number, length: number): TextRange {
  return { start: located[start]?.start ?? 0, end: located[start + length - 1]?.end ?? 0 };
}

function joined(ranges: TextRange[]): TextRange[] {
  const result: TextRange[] = [];
  for (const range of ranges.sort((one, other) => one.start - other.start || one.end - other.end)) {
    const last = result.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else result.push({ ...range });
  }
  return result;
}
