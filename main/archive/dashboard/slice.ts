import type { Database } from 'better-sqlite3';
import type { Figure } from '../../../preload/model.ts';
import type { FacetField } from '../search/document.ts';
import { eachFacet } from '../search/facet-table.ts';
import { filterToken } from '../search/filter-token.ts';
import { columnsOf, type Columns } from './columns.ts';
import { bucketsOf, type Period } from './period.ts';

/** The conversations of one period, as numbers side by side in the order of their row ids. */
export interface Slice {
  db: Database;
  period: Period;
  rids: Float64Array;
  columns: Columns;
  /** Which bucket each conversation lies in. */
  bucketOf: Uint16Array;
  facets: Tally;
  /** The query for those of them that filters let through, within some days or all. */
  mark: (total: number, filters: readonly (string | null)[], days?: { from: string; to: string }) => Figure;
}

/** Values that the query language cannot tell apart, counted as one. */
export interface TalliedValue {
  field: FacetField;
  /** The commonest way to write it. */
  value: string;
  token: string;
  total: number;
  /** Per bucket; null for fields that nobody asks over time. */
  buckets: Uint32Array | null;
}
export type Tally = ReadonlyMap<FacetField, TalliedValue[]>;

const overTime: ReadonlySet<FacetField> = new Set(['source', 'csat', 'nps', 'has']);

export function makeSlice(
  db: Database,
  period: Period,
  rids: Float64Array,
  narrow: (...filters: string[]) => string,
): Slice {
  const columns = columnsOf(db, rids);
  const bucketOf = bucketsOf(columns.starts, period.borders);
  const mark: Slice['mark'] = (total, filters, days = period.days) => {
    const texts = filters.filter((filter) => filter !== null);
    if (texts.length < filters.length) return { total, query: null };
    return { total, query: narrow(...texts, `from:${days.from}`, `to:${days.to}`) };
  };
  return { db, period, rids, columns, bucketOf, facets: tally(db, rids, bucketOf, period), mark };
}

interface Group extends TalliedValue {
  /** The conversation that was counted last: two spellings in one conversation are one. */
  last: number;
  /** How often its commonest spelling occurs. */
  spelled: number;
}

function tally(db: Database, rids: Float64Array, bucketOf: Uint16Array, { buckets }: Period): Tally {
  const byToken = new Map<string, Group>();
  let groups: Group[] = [];
  const spellings: Uint32Array[] = [];
  let names: readonly { field: FacetField; value: string }[] = [];
  eachFacet(db, rids, (values) => {
    names = values;
    const spelled = new Uint32Array(values.length);
    spellings.push(spelled);
    groups = values.map(({ field, value }) => groupOf(byToken, field, value, buckets.length));
    return (position, id) => {
      const group = groups[id];
      if (group === undefined) return;
      spelled[id] = (spelled[id] ?? 0) + 1;
      if (group.last === position) return;
      group.last = position;
      group.total += 1;
      const bucket = bucketOf[position] ?? 0;
      if (group.buckets !== null) group.buckets[bucket] = (group.buckets[bucket] ?? 0) + 1;
    };
  });
  names.forEach(({ value }, id) => {
    const group = groups[id];
    const times = spellings[0]?.[id] ?? 0;
    if (group !== undefined && times > group.spelled) Object.assign(group, { value, spelled: times });
  });
  return Map.groupBy([...byToken.values()], ({ field }) => field);
}

function groupOf(byToken: Map<string, Group>, field: FacetField, value: string, buckets: number): Group {
  const token = filterToken(field, value);
  let group = byToken.get(token);
  if (group === undefined) {
    const counts = overTime.has(field) ? new Uint32Array(buckets) : null;
    group = { field, value, token, total: 0, buckets: counts, last: -1, spelled: 0 };
    byToken.set(token, group);
  }
  return group;
}
