import { clockNode } from './clock.ts';
import type { Field } from './fields.ts';
import { tokensOf } from './fold.ts';
import type { ValueText } from './lexer.ts';
import { queryError } from './query-error.ts';
import type { DateNode, DateValue, FilterNode, NumberNode, NumberRange, QueryNode } from './query-tree.ts';

/** Reads what stands behind a filter's colon. */
export function filterNode(field: Field, values: readonly ValueText[], position: number): QueryNode {
  switch (field.kind) {
    case 'value':
      return valueNode(field, values, position);
    case 'words':
      return wordsNode(field, values, position);
    case 'choice':
      return choiceNode(field, values, position);
    case 'number':
    case 'duration':
      return numberNode(field, values, position);
    case 'date':
      return dateNode(field, values, position);
    case 'clock':
      return clockNode(field, values, position);
  }
}

function valueNode(field: Field, values: readonly ValueText[], position: number): FilterNode {
  for (const value of values) {
    if (value.text.trim() === '' && !value.prefix) {
      throw queryError(`${field.name}: has an empty value`, value.position, 'a value, or * for any');
    }
  }
  return { kind: 'filter', field: field.name, position, values: values.map(({ text, prefix }) => ({ text, prefix })) };
}

function wordsNode(field: Field, values: readonly ValueText[], position: number): QueryNode {
  const alternatives = values.map(({ text, prefix, position: at }): QueryNode => {
    const words = tokensOf(text);
    if (words.length === 0 && !prefix) throw queryError(`${field.name}: has no word`, at, 'a word, or * for any');
    const filters = (words.length === 0 ? [''] : words).map((word, index): FilterNode => {
      const last = index >= words.length - 1;
      return { kind: 'filter', field: field.name, position, values: [{ text: word, prefix: prefix && last }] };
    });
    const [first, ...others] = filters;
    return first !== undefined && others.length === 0 ? first : { kind: 'and', children: filters };
  });
  const [first, ...others] = alternatives;
  return first !== undefined && others.length === 0 ? first : { kind: 'or', children: alternatives };
}

function choiceNode(field: Field, values: readonly ValueText[], position: number): FilterNode {
  const choices = Object.keys(field.choices ?? {});
  for (const value of values) {
    const text = value.text.trim().toLowerCase();
    if (value.prefix || !choices.includes(text)) {
      throw queryError(
        `${field.name}: does not know “${value.text.slice(0, 40)}”`,
        value.position,
        `one of ${choices.join(', ')}`,
      );
    }
  }
  const texts = values.map((value) => ({ text: value.text.trim().toLowerCase(), prefix: false }));
  return { kind: 'filter', field: field.name, position, values: texts };
}

const comparison = /^(<=|>=|<|>|=)?(.+)$/su;
const plainNumber = /^[+-]?(?:\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})$/u;
const duration = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|sec|m|min|h|d)?$/u;
const durationUnits: Record<string, number> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function numberNode(field: Field, values: readonly ValueText[], position: number): NumberNode {
  const text = values.map((value) => value.text + (value.prefix ? '*' : '')).join(',');
  return {
    kind: 'number',
    field: field.name,
    text,
    position,
    ranges: values.map((value) => numberRange(field, value)),
  };
}

function numberRange(field: Field, value: ValueText): NumberRange {
  const text = value.text.trim().replaceAll('≤', '<=').replaceAll('≥', '>=').replaceAll('…', '..').replaceAll('−', '-');
  if (text === '' && value.prefix) return { low: null, lowOpen: false, high: null, highOpen: false };
  const wrong = () =>
    field.kind === 'duration'
      ? queryError(`${field.name}: needs a length of time`, value.position, 'one like 90s, <=10m, >1h or 5m..1h')
      : queryError(`${field.name}: needs a number`, value.position, 'one like 4, <=2, >10 or 1..3');
  if (value.prefix) throw wrong();
  const read = (part: string) => {
    const number = field.kind === 'duration' ? readDuration(part) : readNumber(part);
    if (number === null) throw wrong();
    return number;
  };
  const dots = text.indexOf('..');
  if (dots >= 0) {
    const [low, high] = [text.slice(0, dots), text.slice(dots + 2)];
    if (low === '' && high === '') throw wrong();
    return {
      low: low === '' ? null : read(low),
      lowOpen: false,
      high: high === '' ? null : read(high),
      highOpen: false,
    };
  }
  const [, sign = '=', rest = ''] = comparison.exec(text) ?? [];
  const number = read(rest);
  if (sign === '<' || sign === '<=') return { low: null, lowOpen: false, high: number, highOpen: sign === '<' };
  if (sign === '>' || sign === '>=') return { low: number, lowOpen: sign === '>', high: null, highOpen: false };
  return { low: number, lowOpen: false, high: number, highOpen: false };
}

function readNumber(text: string): number | null {
  return plainNumber.test(text) ? Number(text) : null;
}

/** Milliseconds. A bare number counts seconds, as LivePerson's own reports do. */
function readDuration(text: string): number | null {
  const [, amount, unit = 's'] = duration.exec(text.toLowerCase()) ?? [];
  const scale = durationUnits[unit];
  return amount === undefined || scale === undefined ? null : Number(amount) * scale;
}

const calendar = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/u;
const relative = /^[-−](\d{1,5})([hdwmy])$/u;
const dateExamples =
  'a date like 2026-03-04, a month like 2026-03, a year, today, yesterday, or a span back from now like -30d';

function dateNode(field: Field, values: readonly ValueText[], position: number): QueryNode {
  const dates = values.map((value): DateNode => {
    const date = value.prefix ? null : readDate(value.text.trim().toLowerCase());
    if (date === null) throw queryError(`${field.name}: needs a date`, value.position, dateExamples);
    return { kind: 'date', field: field.name as DateNode['field'], value: date, text: value.text.trim(), position };
  });
  const [first, ...others] = dates;
  if (first !== undefined && others.length === 0) return first;
  return { kind: 'or', children: dates };
}

function readDate(text: string): DateValue | null {
  if (text === 'today') return { kind: 'relative', amount: 0, unit: 'd' };
  if (text === 'yesterday') return { kind: 'relative', amount: 1, unit: 'd' };
  const back = relative.exec(text);
  if (back !== null) {
    return { kind: 'relative', amount: Number(back[1]), unit: back[2] as 'h' | 'd' | 'w' | 'm' | 'y' };
  }
  const found = calendar.exec(text);
  if (found === null) return null;
  const year = Number(found[1]);
  const month = found[2] === undefined ? null : Number(found[2]);
  const day = found[3] === undefined ? null : Number(found[3]);
  if (year < 1970 || (month !== null && (month < 1 || month > 12))) return null;
  if (day !== null && month !== null && (day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate())) return null;
  return { kind: 'calendar', year, month, day };
}
