import { parseQuery } from '../search/query.ts';

/**
 * Makes queries that ask for some of what a query asks for.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function narrower(query: string): (...filters: string[]) => string {
  const { root } = parseQuery(query);
  const text = query.trim();
  // A filter behind `a OR b` would hold for b alone.
  const whole = root === null ? [] : [root.kind === 'or' ? `(${text})` : text];
  return (...filters) => [...whole, ...filters].join(' ');
}

/** Whatever the lexer takes for a quote would end the value (search/lexer.ts). */
const unwritable = /["“”„‟«»＂]/u;
const bare = /^[\p{L}\p{N}_.@+-]+$/u;

/** A filter as people write it; null for a value that the language has no way to write. */
export function filterText(field: string, value: string): string | null {
  if (value.trim() === '' || unwritable.test(value)) return null;
  return `${field}:${bare.test(value) ? value : `"${value}"`}`;
}
