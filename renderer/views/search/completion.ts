/**
 * What is being typed at the caret of a query, and how a suggestion is put in its place. Like query-text.ts it reads only
 * the surface of the language: the engine parses the whole of it.
 */
import { valueText } from './query-text.ts';

interface FieldToken {
  kind: 'field';
  /** Where the letters that the suggestion replaces begin and end. */
  start: number;
  end: number;
  text: string;
}

interface ValueToken {
  kind: 'value';
  start: number;
  end: number;
  field: string;
  text: string;
  /** The query without the filter that the value is of: what the counts of other values are asked for. */
  rest: string;
}

export type Token = FieldToken | ValueToken;

export interface Completed {
  query: string;
  caret: number;
}

/** Where the word at the caret begins: after a blank or a parenthesis outside quotes. */
function wordStart(query: string, caret: number): number {
  let start = 0;
  let quoted = false;
  for (let index = 0; index < caret; index += 1) {
    const character = query[index] ?? '';
    if (character === '"') quoted = !quoted;
    else if (!quoted && /[\s()]/u.test(character)) start = index + 1;
  }
  return start;
}

/** Where the last value of a comma-separated list begins. */
function lastValueStart(list: string): number {
  let start = 0;
  let quoted = false;
  for (let index = 0; index < list.length; index += 1) {
    const character = list[index];
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',') start = index + 1;
  }
  return start;
}

export function tokenAt(query: string, caret: number): Token | null {
  const start = wordStart(query, caret);
  const word = query.slice(start, caret);
  const bare = word.replace(/^-/u, '');
  const after = start + word.length - bare.length;
  const filter = /^([a-z]+):(.*)$/isu.exec(bare);
  if (filter === null) {
    // In the middle of a word nothing is completed.
    const inside = /^\S/u.test(query.slice(caret));
    // One letter begins nearly any word: an offer for each would come and go while somebody types.
    return /^[a-z]{2,}$/iu.test(bare) && !inside ? { kind: 'field', start: after, end: caret, text: bare } : null;
  }
  const [, field = '', list = ''] = filter;
  const valueStart = after + field.length + 1 + lastValueStart(list);
  return {
    kind: 'value',
    start: valueStart,
    end: caret,
    field: field.toLowerCase(),
    text: query.slice(valueStart, caret).replaceAll('"', ''),
    rest: `${query.slice(0, start)} ${query.slice(caret)}`.replaceAll(/\s{2,}/gu, ' ').trim(),
  };
}

function putIn(query: string, token: Token, text: string): Completed {
  const tail = query.slice(token.end);
  return { query: query.slice(0, token.start) + text + tail, caret: token.start + text.length };
}

/** Puts a field's name in the place of what was typed of it. */
export function completeField(query: string, token: Token, field: string): Completed {
  return putIn(query, token, `${field}:`);
}

/** Puts a value in the place of what was typed of it, and goes on behind it. */
export function completeValue(query: string, token: ValueToken, value: string): Completed {
  if (token.field === 'said') return putIn(query, token, `${value}(`);
  const written = /^(?:\*|[<>=.\d-]+[a-z]*)$/iu.test(value) ? value : valueText(value);
  const done = putIn(query, token, written);
  return /^\s/u.test(query.slice(token.end)) ? done : putIn(query, token, `${written} `);
}
