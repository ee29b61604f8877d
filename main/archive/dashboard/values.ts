import type { ValuesFigure } from '../../../preload/model.ts';
import type { FacetField } from '../search/document.ts';
import { facetsOfWeeks } from '../search/facet-table.ts';
import { filterToken } from '../search/filter-token.ts';
import { preparedValue } from '../store/statements.ts';
import { filterText } from './narrow.ts';
import type { Slice, TalliedValue } from './slice.ts';

const fields = ['agent', 'skill', 'channel', 'reason', 'language', 'country'] as const satisfies FacetField[];

/** The commonest agents, skills, channels, reasons, languages and countries. */
export function valuesOf(slice: Slice, most: number): ValuesFigure[] {
  return fields.map((field) => {
    const all = (slice.facets.get(field) ?? []).filter(({ total }) => total > 0);
    const chosen = all.sort((one, other) => other.total - one.total || (one.value < other.value ? -1 : 1));
    const values = markedValues(slice, chosen.slice(0, most));
    return {
      field,
      values: values.sort((one, other) => other.mark.total - one.mark.total),
      others: all.length - values.length,
    };
  });
}

/** The same values in another period, in the same order: to compare with. */
export function sameValuesOf(slice: Slice, chosen: readonly ValuesFigure[]): ValuesFigure[] {
  return chosen.map(({ field, values }) => {
    const tallied = slice.facets.get(field as FacetField) ?? [];
    const wanted = values.map(({ value }): TalliedValue => {
      const token = filterToken(field, value);
      const total = tallied.find((each) => each.token === token)?.total ?? 0;
      return { field: field as FacetField, value, token, total, buckets: null };
    });
    return { field, values: markedValues(slice, wanted), others: 0 };
  });
}

function markedValues(slice: Slice, values: readonly TalliedValue[]): ValuesFigure['values'] {
  const hasOtherNames = otherNamesIn(slice);
  return values.map(({ field, value, token, total }) => {
    const exact = hasOtherNames(token) ? countWithToken(slice, token) : total;
    return { value, mark: slice.mark(exact, [filterText(field, value)]) };
  });
}

/**
 * A search for an agent also finds those who have that name as login or id. Then more conversations carry the token
 * in the index than have the value as their facet.
 */
function otherNamesIn({ db, rids }: Slice): (token: string) => boolean {
  const [first, last] = [rids[0], rids.at(-1)];
  if (first === undefined || last === undefined) return () => false;
  const { from, to, totals } = facetsOfWeeks(db, first, last);
  const sql = 'SELECT count(*) FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ?';
  const indexed = preparedValue<[string, bigint, bigint], number>(db, sql);
  return (token) => indexed.get(`"${token}"`, BigInt(from), BigInt(to)) !== (totals.get(token) ?? 0);
}

/** Reads the index instead: the conversations of the slice that carry the token. */
function countWithToken({ db, rids }: Slice, token: string): number {
  const [first, last] = [rids[0], rids.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const sql = 'SELECT rowid FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid';
  const found = db.prepare<[string, bigint, bigint], number>(sql).pluck();
  let total = 0;
  let at = 0;
  for (const rid of found.iterate(`"${token}"`, BigInt(first), BigInt(last))) {
    while (at < rids.length && (rids[at] ?? 0) < rid) at += 1;
    if (rids[at] === rid) total += 1;
  }
  return total;
}
