import type { Role } from '../../../preload/model.ts';
import { columnOfRole } from './document.ts';
import { clockWords, filterAlternatives, numberWords, type FilterWord } from './filter-words.ts';
import { everyConversation } from './filter-token.ts';
import { messageSeparator } from './fold.ts';
import { rangeTokens } from './number-token.ts';
import type { ClockNode, DateNode, FilterNode, NearNode, NumberNode, QueryNode, TermNode } from './query-tree.ts';

/**
 * A part of a query as an FTS5 expression. FTS5 has no "everything but" on its own, so that negation is kept
 * beside the text until a positive part comes along. `text` null: no conversation at all.
 */
interface Compiled {
  text: string | null;
  negated: boolean;
}

/**
 * Where tokens cannot say exactly what is asked, `over` finds all that match and perhaps more, `under` only such
 * as match and perhaps not all.
 */
type Mode = 'over' | 'under';

export interface CompileOptions {
  mode: Mode;
  /** Whether a date filter holds; null: unknown here, then `mode` decides. */
  dateHolds: (node: DateNode) => boolean | null;
  /** How far the asker's clock runs before UTC; null: it changes here, then `mode` decides. */
  clockOffset: number | null;
}

const nothing: Compiled = { text: null, negated: false };
const everything: Compiled = { text: null, negated: true };

/** FTS5 joins a longer phrase with quadratic effort. */
const longestPhrase = 200;

/** Whether FTS5 can say it exactly, dates and clocks aside. */
export function isExact(node: QueryNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.children.every(isExact);
    case 'not':
      return isExact(node.child);
    case 'term':
      return node.tokens.length <= longestPhrase;
    case 'near':
      return false;
    case 'number':
      return node.ranges.every((range) => rangeTokens(node.field, range, 'over').exact);
    case 'filter':
    case 'date':
    case 'clock':
      return true;
  }
}

/** The whole query as one FTS5 expression; null when nothing can match. */
export function matchText(node: QueryNode | null, options: CompileOptions): string | null {
  const { text, negated } = node === null ? everything : compile(node, options);
  const all = quote(everyConversation);
  if (!negated) return text;
  return text === null ? all : `(${all} NOT ${text})`;
}

// Recursion is as deep as the parser lets a query be nested.
function compile(node: QueryNode, options: CompileOptions): Compiled {
  switch (node.kind) {
    case 'and':
      return allOf(node.children.map((child) => compile(child, options)));
    case 'or':
      return complement(allOf(node.children.map((child) => complement(compile(child, options)))));
    case 'not':
      return complement(compile(node.child, { ...options, mode: options.mode === 'over' ? 'under' : 'over' }));
    case 'term':
      return term(node, options.mode);
    case 'near':
      return near(node, options.mode);
    case 'filter':
      return filter(node);
    case 'number':
      return number(node, options.mode);
    case 'date':
      return (options.dateHolds(node) ?? options.mode === 'over') ? everything : nothing;
    case 'clock':
      return clock(node, options);
  }
}

function complement({ text, negated }: Compiled): Compiled {
  return { text, negated: !negated };
}

function positive(text: string): Compiled {
  return { text, negated: false };
}

/** AND, with negated parts gathered behind one NOT: `(a AND b) NOT (c OR d)`. */
function allOf(parts: readonly Compiled[]): Compiled {
  const wanted = new Set<string>();
  const unwanted = new Set<string>();
  for (const { text, negated } of parts) {
    if (text !== null) (negated ? unwanted : wanted).add(text);
    else if (!negated) return nothing;
  }
  if (wanted.size === 0) return unwanted.size === 0 ? everything : { text: join([...unwanted], 'OR'), negated: true };
  const all = join([...wanted], 'AND');
  return positive(unwanted.size === 0 ? all : `(${all} NOT ${join([...unwanted], 'OR')})`);
}

function anyOf(texts: readonly string[]): Compiled {
  return texts.length === 0 ? nothing : positive(join([...new Set(texts)], 'OR'));
}

/** Groups of so many: FTS5 copies a flat list once for each of its members. */
const groupSize = 64;

function join(texts: readonly string[], operator: 'AND' | 'OR'): string {
  let level = [...texts];
  while (level.length > 1) {
    // Deep parts first: FTS5's parser keeps what stands to the left of an operand on a short stack.
    const parts = level.length <= groupSize ? level.sort((one, other) => other.length - one.length) : level;
    level = [];
    for (let start = 0; start < parts.length; start += groupSize) {
      const group = parts.slice(start, start + groupSize);
      level.push(group.length === 1 ? (group[0] ?? '') : `(${group.join(` ${operator} `)})`);
    }
  }
  return level[0] ?? '';
}

function quote(tokens: string): string {
  return `"${tokens}"`;
}

/** Nothing a person types reaches the filter column: filter tokens begin with a character that folding removes. */
function scoped(expression: string, scope: readonly Role[] | null): string {
  return scope === null ? expression : `{${scope.map((role) => columnOfRole[role]).join(' ')}} : ${expression}`;
}

function phrase({ tokens, prefix }: TermNode): string {
  return quote(tokens.join(' ')) + (prefix ? ' *' : '');
}

function term(node: TermNode, mode: Mode): Compiled {
  if (node.tokens.length <= longestPhrase) return positive(scoped(phrase(node), node.scope));
  if (mode === 'under') return nothing;
  const pieces: Compiled[] = [];
  for (let start = 0; start < node.tokens.length; start += longestPhrase) {
    const tokens = node.tokens.slice(start, start + longestPhrase);
    const last = start + longestPhrase >= node.tokens.length;
    pieces.push(positive(scoped(phrase({ ...node, tokens, prefix: last && node.prefix }), node.scope)));
  }
  return allOf(pieces);
}

/**
 * FTS5's NEAR sees a column, not a message. It finds all candidates; those where a border between messages lies
 * near as well have to be looked at.
 */
function near({ terms, distances, scope }: NearNode, mode: Mode): Compiled {
  if (terms.some(({ tokens }) => tokens.length > longestPhrase)) {
    return mode === 'under' ? nothing : allOf(terms.map((each) => term(each, mode)));
  }
  if (mode === 'under' && terms.length > 2) return nothing;
  const pairs = distances.map((distance, index) => {
    const pair = terms.slice(index, index + 2).map(phrase);
    const together = scoped(`NEAR(${pair.join(' ')}, ${distance})`, scope);
    if (mode === 'over') return together;
    const apart = scoped(`NEAR(${pair.join(' ')} ${quote(messageSeparator)}, ${distance})`, scope);
    return `(${together} NOT ${apart})`;
  });
  return allOf(pairs.map(positive));
}

function filter(node: FilterNode): Compiled {
  return anyOf(filterAlternatives(node).map((words) => join(words.map(wordText), 'AND')));
}

function wordText({ token, prefix }: FilterWord): string {
  return quote(token) + (prefix ? ' *' : '');
}

function number(node: NumberNode, mode: Mode): Compiled {
  return anyOf(numberWords(node, mode).map(wordText));
}

function clock(node: ClockNode, { mode, clockOffset }: CompileOptions): Compiled {
  if (clockOffset === null) return mode === 'over' ? everything : nothing;
  const { words, negated } = clockWords(node, clockOffset);
  const any = anyOf(words.map(wordText));
  return negated ? complement(any) : any;
}
