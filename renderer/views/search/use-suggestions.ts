import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClient } from '../../bridge/client.ts';
import { useSavedSearches, useSavedSearchNews } from '../../bridge/queries.ts';
import { t } from '../../text/text.ts';
import { completeField, completeValue, tokenAt } from './completion.ts';
import type { Completed, Token } from './completion.ts';
import { facetLabel, fieldLabel } from './facet-words.ts';
import { fixedValues, offeredFields } from './field-values.ts';

export interface Suggestion {
  key: string;
  label: string;
  /** What it means, or what it is of. */
  detail: string;
  /** Conversations it would find, where that is known. */
  total: number | null;
  completed: Completed;
  /** The query is whole with it; otherwise its value is asked for next. */
  whole: boolean;
}

const most = 10;
/** Enough values of a field to choose from by typing a part. */
const mostValues = 500;

const fold = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const wholeQuery = (query: string): Completed => ({ query, caret: query.length });

/** What could stand at the caret: fields, values of a field with counts, and for an empty field what was searched before. */
export function useSuggestions(
  query: string,
  caret: number,
  zone: string,
  history: readonly string[],
  wanted: boolean,
) {
  const client = useClient();
  const token = wanted ? tokenAt(query, caret) : null;
  const saved = useSavedSearches().data ?? [];
  const news = useSavedSearchNews().data ?? [];
  const rest = token?.kind === 'value' ? token.rest : '';
  const facets = useQuery({
    queryKey: ['search.facets', rest, zone, mostValues],
    queryFn: ({ signal }) => client.call('search.facets', { query: rest, timeZone: zone, values: mostValues }, signal),
    enabled: token?.kind === 'value' && fixedFieldsOnly[token.field] !== true,
    placeholderData: keepPreviousData,
  });
  if (!wanted) return [];
  if (query.trim() === '') {
    return [
      ...saved.map((item): Suggestion => {
        const fresh = news.find((other) => other.name === item.name)?.newHits ?? 0;
        const detail = fresh === 0 ? t('suggest.saved') : t('suggest.saved-new', { count: fresh });
        return {
          key: `saved ${item.name}`,
          label: item.name,
          detail,
          total: null,
          completed: wholeQuery(item.query),
          whole: true,
        };
      }),
      ...history.map((former): Suggestion => ({
        key: `history ${former}`,
        label: former,
        detail: t('suggest.history'),
        total: null,
        completed: wholeQuery(former),
        whole: true,
      })),
    ].slice(0, most);
  }
  if (token === null) return [];
  if (token.kind === 'field') return fieldSuggestions(query, token);
  return valueSuggestions(query, token, facets.data?.facets.find((facet) => facet.field === token.field)?.values ?? []);
}

const fixedFieldsOnly: Readonly<Record<string, boolean>> = Object.fromEntries(
  ['from', 'to', 'on', 'weekday', 'hour', 'said', 'duration', 'waiting', 'messages', 'reviewed'].map((field) => [
    field,
    true,
  ]),
);

function fieldSuggestions(query: string, token: Token): Suggestion[] {
  const typed = fold(token.text);
  return offeredFields
    .filter((field) => field.startsWith(typed) || fold(fieldLabel(field)).startsWith(typed))
    .slice(0, most)
    .map((field) => ({
      key: field,
      label: `${field}:`,
      detail: fieldLabel(field),
      total: null,
      completed: completeField(query, token, field),
      whole: false,
    }));
}

function valueSuggestions(
  query: string,
  token: Extract<Token, { kind: 'value' }>,
  counted: readonly { value: string; label: string; total: number }[],
): Suggestion[] {
  const typed = fold(token.text);
  const totals = new Map(counted.map((item) => [item.value, item.total]));
  const fixed = fixedValues[token.field] ?? [];
  const offered = [
    ...fixed.map(({ value, meaning }) => ({ value, detail: meaning, total: totals.get(value) ?? null })),
    ...counted
      .filter(({ value }) => !fixed.some((item) => item.value === value))
      .map(({ value, label, total }) => {
        const words = facetLabel(token.field, value, label);
        return { value, detail: words === value ? '' : words, total };
      }),
  ];
  const fitting = offered.filter(({ value, detail }) => fold(`${value} ${detail}`).includes(typed));
  // What is there already needs no suggestion.
  if (fitting.length === 1 && fold(fitting[0]?.value ?? '') === typed) return [];
  return fitting.slice(0, most).map(({ value, detail, total }) => ({
    key: value,
    label: value,
    detail,
    total,
    completed: completeValue(query, token, value),
    whole: token.field !== 'said',
  }));
}
