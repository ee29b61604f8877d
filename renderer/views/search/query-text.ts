/**
 * The facet panel and the query text are two views of one thing: this reads the filters out of the text, and writes
 * them back. It understands only what it writes (`field:value`, quotes, commas, a leading minus at the top level); the engine
 * parses the whole language and has the last word.
 */
export interface QueryFilter {
  field: string;
  values: string[];
  negated: boolean;
  start: number;
  end: number;
}

const filterPattern = /(^|\s)(-?)([a-z]+):((?:"[^"]*"|[^\s",()]+)(?:,(?:"[^"]*"|[^\s",()]+))*)/giu;

/** Spans inside quotes and parentheses, where `word:value` is not a filter of the whole query. */
function isTopLevel(query: string, position: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < position; index += 1) {
    const character = query[index];
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === '(') depth += 1;
    else if (!quoted && character === ')') depth -= 1;
  }
  return depth === 0 && !quoted;
}

export function readFilters(query: string): QueryFilter[] {
  const filters: QueryFilter[] = [];
  for (const match of query.matchAll(filterPattern)) {
    const [whole, before = '', minus = '', field = '', list = ''] = match;
    const start = match.index + before.length;
    if (!isTopLevel(query, start)) continue;
    const values = [...list.matchAll(/"([^"]*)"|[^",]+/gu)].map(([bare, inside]) => inside ?? bare);
    filters.push({ field: field.toLowerCase(), values, negated: minus !== '', start, end: match.index + whole.length });
  }
  return filters;
}

/** A value as it stands behind a colon: in quotes where it needs them. */
export function valueText(value: string): string {
  const clean = value.replaceAll('"', ' ');
  return /^[\p{L}\p{N}_.@+-]+$/u.test(clean) ? clean : `"${clean}"`;
}

/** One filter as the query language writes it. */
export function filterText(field: string, value: string): string {
  return `${field}:${valueText(value)}`;
}

function tidy(query: string): string {
  return query.replaceAll(/\s{2,}/gu, ' ').trim();
}

function sameValue(left: string, right: string): boolean {
  return left.localeCompare(right, undefined, { sensitivity: 'accent' }) === 0;
}

export function hasFilter(query: string, field: string, value: string): boolean {
  return readFilters(query).some(
    (filter) => filter.field === field && !filter.negated && filter.values.some((item) => sameValue(item, value)),
  );
}

/** Adds a value to the query's filter on a field (any of them may match), or takes it out again. */
export function toggleFilter(query: string, field: string, value: string): string {
  const existing = readFilters(query).find((filter) => filter.field === field && !filter.negated);
  if (existing === undefined) return tidy(`${query} ${field}:${valueText(value)}`);
  const without = existing.values.filter((item) => !sameValue(item, value));
  const values = without.length === existing.values.length ? [...existing.values, value] : without;
  return replaceSpan(query, existing, values);
}

/** Puts one filter on a field in place of those that are there; no values: none. */
export function setFilter(query: string, field: string, values: readonly string[]): string {
  const [existing] = readFilters(query).filter((filter) => filter.field === field && !filter.negated);
  if (existing !== undefined) return replaceSpan(query, existing, values);
  return values.length === 0 ? query : tidy(`${query} ${field}:${values.map(valueText).join(',')}`);
}

/** Takes out one filter as it stands in the text. */
export function removeFilter(query: string, filter: QueryFilter): string {
  return tidy(`${query.slice(0, filter.start)} ${query.slice(filter.end)}`);
}

function replaceSpan(query: string, filter: QueryFilter, values: readonly string[]): string {
  const text = values.length === 0 ? '' : `${filter.field}:${values.map(valueText).join(',')}`;
  return tidy(`${query.slice(0, filter.start)}${text}${query.slice(filter.end)}`);
}

/** Writes a span of days (inclusive, `YYYY-MM-DD`) as `from:` and `to:`, in place of what said when before. */
export function setDays(query: string, from: string, to: string): string {
  const cleared = setFilter(query, 'on', []);
  return setFilter(setFilter(cleared, 'from', [from]), 'to', [to]);
}

/** Whether a query asks for words at all; one of filters only has no hits to step through. */
export function hasWords(query: string): boolean {
  const bare = readFilters(query)
    .toReversed()
    .reduce((text, filter) => text.slice(0, filter.start) + text.slice(filter.end), query);
  return bare.trim() !== '';
}

/** A query that finds only what another one finds, too. */
export function within(query: string, more: string): string {
  const outer = /\sOR\s/u.test(query) ? `(${query.trim()})` : query.trim();
  const inner = /\sOR\s/u.test(more) ? `(${more.trim()})` : more.trim();
  return `${outer} ${inner}`.trim();
}
