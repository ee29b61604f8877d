import type { Database } from 'better-sqlite3';
import { filterToken } from '../search/filter-token.ts';
import { countFacetIds, forgetFacetIds, unpackFacetIds } from '../store/facet-ids.ts';
import { prepared } from '../store/statements.ts';

/** A facet value that a destroyed version had, such as an agent's name. */
export interface FacetName {
  field: string;
  value: string;
}

/**
 * Forgets facet values that no conversation has any more. Must be called after the index rows were made anew. The
 * number of a value stays taken: readers remember values by it.
 */
export function forgetFacets(db: Database, names: readonly FacetName[]): void {
  const find = prepared<[string, string], { id: number }>(
    db,
    'SELECT id FROM facet_value WHERE field = ? AND value = ?',
  );
  const forget = prepared<[number]>(
    db,
    `UPDATE facet_value SET field = 'destroyed', value = CAST(id AS TEXT) WHERE id = ?`,
  );
  const seen = new Set<number>();
  for (const { field, value } of names) {
    const id = find.get(field, value)?.id;
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    if (!isUsed(db, field, value, id)) forget.run(id);
  }
  if (seen.size > 0) forgetFacetIds(db);
}

/** Asked of the index, where each facet value is a filter, too; an alias of something else may be the same filter. */
function isUsed(db: Database, field: string, value: string, id: number): boolean {
  const rids = db
    .prepare<[string], number>('SELECT rowid FROM ft WHERE ft MATCH ?')
    .pluck()
    .iterate(`filter : "${filterToken(field, value)}"`);
  for (const rid of rids) {
    const row = prepared<[number], { facets: Buffer }>(db, 'SELECT facets FROM conversation WHERE rid = ?').get(rid);
    if (row === undefined) continue;
    const ids = new Uint32Array(countFacetIds(row.facets));
    unpackFacetIds(row.facets, ids, 0);
    if (ids.includes(id)) return true;
  }
  return false;
}
