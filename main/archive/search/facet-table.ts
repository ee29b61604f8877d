import type { Database } from 'better-sqlite3';
import { countFacetIds, unpackFacetIds } from '../store/facet-ids.ts';
import { prepared } from '../store/statements.ts';
import type { FacetField } from './document.ts';
import { firstAtLeast } from './documents.ts';
import { filterToken } from './filter-token.ts';
import { ridsPerWeek, weeksOnDemand, type Week } from './weeks.ts';

/** The facet values of a week's conversations, packed: 25 bytes a conversation instead of a row of the database. */
interface WeekFacets {
  rids: Float64Array;
  /** Where each conversation's values begin in `values`; one longer than `rids`. */
  starts: Uint32Array;
  values: Uint32Array;
}

export interface FacetValue {
  field: FacetField;
  value: string;
}

interface Table {
  weeks: Map<number, Week<WeekFacets>>;
  values: FacetValue[];
}

/** The table as of now. */
interface CurrentTable {
  week: (id: number) => WeekFacets | null;
  values: readonly FacetValue[];
}

const tables = new WeakMap<Database, Table>();

/** How often each facet value occurs among conversations, given by their row ids in ascending order. */
export function countFacets(db: Database, rids: Float64Array): { value: FacetValue; total: number }[] {
  const table = tableOf(db);
  const totals = new Uint32Array(table.values.length);
  eachWeek(table, rids, (week, from, to) => {
    countWeek(week, rids, from, to, totals);
  });
  const counted: { value: FacetValue; total: number }[] = [];
  totals.forEach((total, id) => {
    const value = table.values[id];
    if (total > 0 && value !== undefined) counted.push({ value, total });
  });
  return counted;
}

/**
 * Gives every facet value of conversations to `take`, by the place of the conversation in `rids` (ascending) and the
 * place of the value in the list that `begin` gets.
 */
export function eachFacet(
  db: Database,
  rids: Float64Array,
  begin: (values: readonly FacetValue[]) => (position: number, id: number) => void,
): void {
  const table = tableOf(db);
  const take = begin(table.values);
  eachWeek(table, rids, ({ rids: all, starts, values }, from, to) => {
    let at = 0;
    for (let position = from; position < to; position += 1) {
      const rid = rids[position] ?? 0;
      while (at < all.length && (all[at] ?? 0) < rid) at += 1;
      if (all[at] !== rid) continue;
      const end = starts[at + 1] ?? 0;
      for (let index = starts[at] ?? 0; index < end; index += 1) take(position, values[index] ?? 0);
    }
  });
}

/** How many conversations have each facet, by the token that a search for it looks for. */
interface WeeksTotals {
  /** Row ids, both inclusive: whole weeks. */
  from: number;
  to: number;
  totals: ReadonlyMap<string, number>;
}

/** Counts the facets of all conversations in those weeks that lie between two row ids, whatever is searched for. */
export function facetsOfWeeks(db: Database, firstRid: number, lastRid: number): WeeksTotals {
  const { week, values } = tableOf(db);
  const [first, last] = [Math.floor(firstRid / ridsPerWeek), Math.floor(lastRid / ridsPerWeek)];
  const counts = new Uint32Array(values.length);
  for (let number = first; number <= last; number += 1) {
    for (const id of week(number)?.values ?? []) counts[id] = (counts[id] ?? 0) + 1;
  }
  const totals = new Map<string, number>();
  values.forEach(({ field, value }, id) => {
    const token = filterToken(field, value);
    totals.set(token, (totals.get(token) ?? 0) + (counts[id] ?? 0));
  });
  return { from: first * ridsPerWeek, to: (last + 1) * ridsPerWeek - 1, totals };
}

/** Which stretches of a list of row ids lie in which week. */
function eachWeek(
  { week: weekAt }: CurrentTable,
  rids: Float64Array,
  take: (week: WeekFacets, from: number, to: number) => void,
): void {
  let position = 0;
  while (position < rids.length) {
    const id = Math.floor((rids[position] ?? 0) / ridsPerWeek);
    const end = firstAtLeast(rids, (id + 1) * ridsPerWeek, position);
    const week = weekAt(id);
    if (week !== null) take(week, position, end);
    position = end;
  }
}

function countWeek(
  { rids: all, starts, values }: WeekFacets,
  rids: Float64Array,
  from: number,
  to: number,
  totals: Uint32Array,
): void {
  let at = 0;
  for (let position = from; position < to; position += 1) {
    const rid = rids[position] ?? 0;
    while (at < all.length && (all[at] ?? 0) < rid) at += 1;
    if (all[at] !== rid) continue;
    const end = starts[at + 1] ?? 0;
    for (let index = starts[at] ?? 0; index < end; index += 1) {
      const id = values[index] ?? 0;
      totals[id] = (totals[id] ?? 0) + 1;
    }
  }
}

/** Weeks are read when somebody asks for them, and again when they changed since. */
function tableOf(db: Database): CurrentTable {
  let table = tables.get(db);
  if (table === undefined) {
    table = { weeks: new Map(), values: [] };
    tables.set(db, table);
  }
  readValues(db, table);
  return { week: weeksOnDemand(db, table.weeks, (from, to) => readWeek(db, from, to)), values: table.values };
}

function readWeek(db: Database, from: number, to: number): WeekFacets {
  const rows = prepared<[number, number], { rid: number; facets: Buffer }>(
    db,
    'SELECT rid, facets FROM conversation WHERE rid BETWEEN ? AND ? ORDER BY rid',
  ).all(from, to);
  const rids = new Float64Array(rows.length);
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach(({ rid, facets }, index) => {
    rids[index] = rid;
    starts[index + 1] = (starts[index] ?? 0) + countFacetIds(facets);
  });
  const values = new Uint32Array(starts[rows.length] ?? 0);
  let position = 0;
  for (const { facets } of rows) position = unpackFacetIds(facets, values, position);
  return { rids, starts, values };
}

/** Ids only grow, so that only those after the last known one are read. */
function readValues(db: Database, table: Table): void {
  const rows = prepared<[number], { id: number; field: FacetField; value: string }>(
    db,
    'SELECT id, field, value FROM facet_value WHERE id >= ? ORDER BY id',
  ).all(table.values.length);
  for (const { id, field, value } of rows) table.values[id] = { field, value };
}
