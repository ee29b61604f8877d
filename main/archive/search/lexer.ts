import type { Role } from '../../../preload/model.ts';
import { fieldNamed, isRole, roles, type Field } from './fields.ts';
import { queryError } from './query-error.ts';

/** One value behind a filter's colon. */
export interface ValueText {
  text: string;
  quoted: boolean;
  prefix: boolean;
  position: number;
}

export type Lexeme = { position: number } & (
  | { kind: 'open' }
  | { kind: 'close' }
  | { kind: 'and' }
  | { kind: 'or' }
  | { kind: 'not' }
  | { kind: 'near'; distance: number }
  | { kind: 'said'; roles: Role[] }
  | { kind: 'word'; text: string; quoted: boolean; prefix: boolean }
  | { kind: 'filter'; field: Field; values: ValueText[] }
);

const blank = /\s/u;
/** Also the quotes that word processors and phones put instead of the plain one. */
const quotes = /["“”„‟«»＂]/u;
const near = /^NEAR(?:\/(\d+))?$/u;
const fieldStart = /^([A-Za-z]+):/u;
/** Beyond this a distance means nothing: no message is that long. */
const farthest = 1_000_000;

const quoteNames = 'a closing quote (")';

/** Splits the text of a query, left to right, without recursion. */
export function* lexemes(text: string): Generator<Lexeme> {
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    if (blank.test(character)) position += 1;
    else if (character === '(') yield { kind: 'open', position: position++ };
    else if (character === ')') yield { kind: 'close', position: position++ };
    else if (quotes.test(character)) {
      const quoted = readQuoted(text, position);
      yield { kind: 'word', text: quoted.text, quoted: true, prefix: quoted.prefix, position };
      position = quoted.end;
    } else if (character === '-' && position + 1 < text.length && !blank.test(text.charAt(position + 1))) {
      yield { kind: 'not', position: position++ };
    } else {
      const { lexeme, end } = readWord(text, position);
      yield lexeme;
      position = end;
    }
  }
}

function readQuoted(text: string, start: number): { text: string; prefix: boolean; end: number } {
  let end = start + 1;
  while (end < text.length && !quotes.test(text.charAt(end))) end += 1;
  if (end >= text.length) throw queryError('A quote is not closed', start, quoteNames);
  const prefix = text.charAt(end + 1) === '*';
  return { text: text.slice(start + 1, end), prefix, end: end + (prefix ? 2 : 1) };
}

/** The end of a run without blanks, quotes or parentheses that do not belong to it. */
function endOfRun(text: string, start: number, stopAtComma: boolean): number {
  let depth = 0;
  let end = start;
  for (; end < text.length; end += 1) {
    const character = text.charAt(end);
    if (blank.test(character) || quotes.test(character)) break;
    if (stopAtComma && character === ',') break;
    if (character === '(') {
      if (!stopAtComma) break;
      depth += 1;
    } else if (character === ')') {
      if (depth === 0) break;
      depth -= 1;
    }
  }
  return end;
}

function readWord(text: string, start: number): { lexeme: Lexeme; end: number } {
  const named = fieldStart.exec(text.slice(start, start + 32));
  const name = named?.[1]?.toLowerCase() ?? '';
  if (name === 'said') return readSaid(text, start, start + 5);
  const field = named === null ? undefined : fieldNamed(name);
  if (field !== undefined) return readFilter(text, start, field, start + name.length + 1);
  const end = endOfRun(text, start, false);
  const word = text.slice(start, end);
  const position = start;
  if (word === 'AND' || word === '&&') return { lexeme: { kind: 'and', position }, end };
  if (word === 'OR' || word === '||') return { lexeme: { kind: 'or', position }, end };
  if (word === 'NOT') return { lexeme: { kind: 'not', position }, end };
  const distance = near.exec(word);
  if (distance !== null) {
    return { lexeme: { kind: 'near', distance: Math.min(Number(distance[1] ?? 10), farthest), position }, end };
  }
  const prefix = word.length > 1 && word.endsWith('*');
  return { lexeme: { kind: 'word', text: prefix ? word.slice(0, -1) : word, quoted: false, prefix, position }, end };
}

function readSaid(text: string, start: number, from: number): { lexeme: Lexeme; end: number } {
  const named = /^[A-Za-z]+(?:,[A-Za-z]+)*/u.exec(text.slice(from, from + 200))?.[0] ?? '';
  const names = named === '' ? [] : named.toLowerCase().split(',');
  const known = names.filter(isRole);
  if (known.length === 0 || known.length < names.length) {
    throw queryError('said: does not name a speaker', from, `one of ${roles.join(', ')}`);
  }
  return { lexeme: { kind: 'said', roles: [...new Set(known)], position: start }, end: from + named.length };
}

function readFilter(text: string, start: number, field: Field, from: number): { lexeme: Lexeme; end: number } {
  const values: ValueText[] = [];
  let end = from;
  do {
    if (values.length > 0) end += 1;
    const position = end;
    const character = text.charAt(end);
    if (character !== '' && quotes.test(character)) {
      const quoted = readQuoted(text, end);
      values.push({ text: quoted.text, quoted: true, prefix: quoted.prefix, position });
      end = quoted.end;
    } else {
      end = endOfRun(text, end, true);
      const run = text.slice(position, end);
      if (run === '') throw queryError(`${field.name}: has no value`, position, `a value right after ${field.name}:`);
      const prefix = run.endsWith('*');
      values.push({ text: prefix ? run.slice(0, -1) : run, quoted: false, prefix, position });
    }
  } while (text.charAt(end) === ',');
  return { lexeme: { kind: 'filter', field, values, position: start }, end };
}
