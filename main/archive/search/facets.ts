import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import type { Facet } from '../../../preload/model.ts';
import { answering } from './answer.ts';
import { facetFields, type FacetField } from './document.ts';
import { countFacets } from './facet-table.ts';
import { matchingList } from './match-list.ts';

/**
 * How many of the hits have which agent, skill, country …: exact numbers, commonest values first.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function searchFacets(db: Database, input: ParsedInput<'search.facets'>, now: number): Output<'search.facets'> {
  const began = performance.now();
  return answering(db, input.query, { now, timeZone: input.timeZone }, (plan) => {
    const facets = facetsOf(db, matchingList(db, plan), input.values);
    return { facets, elapsedMs: performance.now() - began };
  });
}

function facetsOf(db: Database, rids: Float64Array, mostValues: number): Facet[] {
  const byField = new Map<FacetField, Facet['values']>(facetFields.map((field) => [field, []]));
  for (const { value, total } of countFacets(db, rids)) {
    byField.get(value.field)?.push({ value: value.value, label: value.value, total });
  }
  return [...byField]
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => ({
      field,
      values: values
        .sort((one, other) => other.total - one.total || (one.value < other.value ? -1 : 1))
        .slice(0, mostValues),
    }));
}
