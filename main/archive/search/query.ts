import { tokensOf } from './fold.ts';
import { lexemes, type Lexeme } from './lexer.ts';
import { queryError } from './query-error.ts';
import type { NearNode, Query, QueryNode, TermNode } from './query-tree.ts';
import { filterNode } from './values.ts';
import type { Role } from '../../../preload/model.ts';

export type { Query } from './query-tree.ts';

/**
 * Levels of AND within OR within NOT … that a query may have. Parentheses that change nothing do not count.
 * FTS5's own parser gives up at about thirty.
 */
const deepest = 14;

type Prefix = { kind: 'not'; position: number } | { kind: 'said'; roles: Role[]; position: number };

/** A node, how deep it is, or nothing where the text held no letter or digit. */
interface Built {
  node: QueryNode | null;
  depth: number;
}

/** One pair of parentheses that is being read; the outermost stands for the whole query. */
interface Frame {
  position: number;
  /** Alternatives that are complete. */
  alternatives: Built[];
  /** What has been ANDed so far in the current alternative. */
  conjuncts: Built[];
  /** NOT and said: that wait for their operand. */
  prefixes: Prefix[];
  /** AND or OR that waits for its right side. */
  operator: { word: string; position: number } | null;
  scope: readonly Role[] | null;
}

/**
 * Reads a query (cli.md) into a tree. Loops rather than recursing, so that no length or nesting of a query can
 * exhaust the stack.
 * @throws ArchiveError invalid-input, with `details.position` and `details.expected`.
 */
export function parseQuery(text: string): Query {
  const stack: Frame[] = [frame(0, null)];
  const source = [...lexemes(text)];
  for (let next = 0; next < source.length; next += 1) {
    const lexeme = source[next] as Lexeme;
    const top = stack.at(-1) as Frame;
    switch (lexeme.kind) {
      case 'and':
      case 'or':
        startOperator(top, lexeme);
        break;
      case 'not':
        top.prefixes.push({ kind: 'not', position: lexeme.position });
        break;
      case 'said':
        if (scopeOf(top) !== null)
          throw queryError('said: stands inside another said:', lexeme.position, 'one speaker for each word');
        top.prefixes.push({ kind: 'said', roles: lexeme.roles, position: lexeme.position });
        break;
      case 'near':
        throw queryError(
          'NEAR has no word before it',
          lexeme.position,
          'a word or a quoted phrase on both sides of NEAR',
        );
      case 'open':
        stack.push(frame(lexeme.position, scopeOf(top)));
        break;
      case 'close': {
        if (stack.length === 1)
          throw queryError(
            'A parenthesis is closed that was never opened',
            lexeme.position,
            'an opening parenthesis before it',
          );
        const built = closeFrame(top, lexeme.position);
        stack.pop();
        addOperand(stack.at(-1) as Frame, built);
        break;
      }
      case 'filter':
        addOperand(top, { node: filterNode(lexeme.field, lexeme.values, lexeme.position), depth: 1 });
        break;
      case 'word': {
        const last = endOfChain(source, next);
        addOperand(
          top,
          last === next ? leaf(termNode(lexeme, scopeOf(top))) : leaf(nearNode(source, next, last, scopeOf(top))),
        );
        next = last;
        break;
      }
    }
  }
  const top = stack.pop() as Frame;
  if (stack.length > 0) throw queryError('A parenthesis is not closed', top.position, 'a closing parenthesis');
  if (source.length === 0) return { text, root: null };
  const { node } = closeFrame(top, text.length);
  if (node === null) throw queryError('There is nothing to search for', 0, 'a word, a number or a filter');
  return { text, root: node };
}

function frame(position: number, scope: readonly Role[] | null): Frame {
  return { position, alternatives: [], conjuncts: [], prefixes: [], operator: null, scope };
}

/** Whose words are meant at this point: the enclosing said:, or one that waits for its operand. */
function scopeOf({ scope, prefixes }: Frame): readonly Role[] | null {
  for (const prefix of prefixes) if (prefix.kind === 'said') return prefix.roles;
  return scope;
}

function startOperator(top: Frame, lexeme: { kind: 'and' | 'or'; position: number }): void {
  const word = lexeme.kind.toUpperCase();
  requireNoPrefix(top, lexeme.position);
  if (top.operator !== null)
    throw queryError(
      `${word} follows ${top.operator.word}`,
      lexeme.position,
      'a word, a phrase or a filter between them',
    );
  if (top.conjuncts.length === 0)
    throw queryError(`${word} has nothing before it`, lexeme.position, `a word, a phrase or a filter before ${word}`);
  if (lexeme.kind === 'or') {
    top.alternatives.push(combine('and', top.conjuncts, lexeme.position));
    top.conjuncts = [];
  }
  top.operator = { word, position: lexeme.position };
}

function requireNoPrefix(top: Frame, position: number): void {
  const last = top.prefixes.at(-1);
  if (last === undefined) return;
  const word = last.kind === 'not' ? 'NOT' : 'said:';
  throw queryError(`${word} has nothing after it`, position, 'a word, a phrase or an opening parenthesis');
}

function addOperand(top: Frame, operand: Built): void {
  let built = operand;
  for (const prefix of top.prefixes.reverse()) if (prefix.kind === 'not') built = negate(built, prefix.position);
  top.prefixes = [];
  top.operator = null;
  top.conjuncts.push(built);
}

function closeFrame(top: Frame, position: number): Built {
  requireNoPrefix(top, position);
  if (top.operator !== null) {
    const { word, position: at } = top.operator;
    throw queryError(`${word} has nothing after it`, at, `a word, a phrase or a filter after ${word}`);
  }
  if (top.conjuncts.length === 0)
    throw queryError('Parentheses are empty', top.position, 'a word, a phrase or a filter between them');
  top.alternatives.push(combine('and', top.conjuncts, top.position));
  return combine('or', top.alternatives, top.position);
}

function leaf(node: QueryNode | null): Built {
  return { node, depth: node === null ? 0 : 1 };
}

/** ANDs or ORs parts: one part stays itself, equal operators flow into each other, empty parts fall away. */
function combine(kind: 'and' | 'or', parts: readonly Built[], position: number): Built {
  const children: QueryNode[] = [];
  let depth = 0;
  let single: Built = { node: null, depth: 0 };
  for (const part of parts) {
    if (part.node === null) continue;
    single = part;
    if (part.node.kind === kind) {
      for (const child of part.node.children) children.push(child);
      depth = Math.max(depth, part.depth - 1);
    } else {
      children.push(part.node);
      depth = Math.max(depth, part.depth);
    }
  }
  if (children.length < 2) return single;
  return limitDepth({ node: { kind, children }, depth: depth + 1 }, position);
}

function negate(built: Built, position: number): Built {
  if (built.node === null) return built;
  if (built.node.kind === 'not') return { node: built.node.child, depth: built.depth - 1 };
  return limitDepth({ node: { kind: 'not', child: built.node }, depth: built.depth + 1 }, position);
}

function limitDepth(built: Built, position: number): Built {
  if (built.depth > deepest)
    throw queryError(
      'The query is nested too deeply',
      position,
      `at most ${deepest} levels of AND, OR and NOT within each other`,
    );
  return built;
}

function termNode(lexeme: Lexeme & { kind: 'word' }, scope: readonly Role[] | null): TermNode | null {
  const tokens = tokensOf(lexeme.text);
  if (tokens.length === 0) return null;
  const { text, prefix, quoted, position } = lexeme;
  return { kind: 'term', tokens, prefix: prefix && endsInToken(text), quoted, text, scope, position };
}

/** `pay-*` asks for any word after "pay": the star completes a token only when it touches one. */
function endsInToken(text: string): boolean {
  return /[\p{L}\p{N}\p{M}]$/u.test(text);
}

/** The last lexeme of `a NEAR/5 b NEAR b2 …` that starts at a word. */
function endOfChain(source: readonly Lexeme[], start: number): number {
  let last = start;
  while (source[last + 1]?.kind === 'near') {
    const near = source[last + 1] as Lexeme;
    if (source[last + 2]?.kind !== 'word') {
      throw queryError('NEAR has no word after it', near.position, 'a word or a quoted phrase on both sides of NEAR');
    }
    last += 2;
  }
  return last;
}

function nearNode(source: readonly Lexeme[], start: number, last: number, scope: readonly Role[] | null): NearNode {
  const terms: TermNode[] = [];
  const distances: number[] = [];
  for (let index = start; index <= last; index += 1) {
    const lexeme = source[index] as Lexeme;
    if (lexeme.kind === 'near') distances.push(lexeme.distance);
    if (lexeme.kind !== 'word') continue;
    const term = termNode(lexeme, scope);
    if (term === null)
      throw queryError(
        'NEAR stands beside something without a letter or digit',
        lexeme.position,
        'a word or a quoted phrase on both sides of NEAR',
      );
    terms.push(term);
  }
  return { kind: 'near', terms, distances, scope, position: (source[start] as Lexeme).position };
}
