import type { Database } from 'better-sqlite3';
import type { FacetValue } from '../search/document.ts';
import { prepared } from './statements.ts';

interface FacetCache {
  ids: Map<string, number>;
  highest: number;
}

const caches = new WeakMap<Database, FacetCache>();

/**
 * The numbers of facet values, 32 bits each, little-endian, as table `conversation` keeps them. New values get a
 * number. Numbers are remembered across transactions; `startFacets` finds out when one was rolled back.
 */
export function facetIds(db: Database, values: readonly FacetValue[]): Buffer {
  const cache = cacheOf(db);
  const ids = Buffer.allocUnsafe(values.length * 4);
  values.forEach(({ field, value }, position) => {
    const key = `${field}\0${value}`;
    let id = cache.ids.get(key);
    if (id === undefined) {
      id = storedId(db, field, value);
      cache.ids.set(key, id);
      cache.highest = Math.max(cache.highest, id);
    }
    ids.writeUInt32LE(id, position * 4);
  });
  return ids;
}

/**
 * To be called at the start of each batch: numbers handed out in a transaction that was rolled back are
 * forgotten. All numbers come from here and only grow, so the highest one tells.
 */
export function startFacets(db: Database): void {
  const highest = prepared<[], { highest: number | null }>(db, 'SELECT max(id) AS highest FROM facet_value').get();
  const cache = caches.get(db);
  if (cache !== undefined && cache.highest > (highest?.highest ?? 0)) caches.delete(db);
}

/** To be called when values were taken out of the table. */
export function forgetFacetIds(db: Database): void {
  caches.delete(db);
}

function cacheOf(db: Database): FacetCache {
  let cache = caches.get(db);
  // Values are few, except where a customer puts a new one into every record.
  if (cache === undefined || cache.ids.size > 200_000) {
    cache = { ids: new Map(), highest: 0 };
    caches.set(db, cache);
  }
  return cache;
}

function storedId(db: Database, field: string, value: string): number {
  const row = prepared<[string, string], { id: number }>(
    db,
    'SELECT id FROM facet_value WHERE field = ? AND value = ?',
  ).get(field, value);
  if (row !== undefined) return row.id;
  const added = prepared<[string, string]>(db, 'INSERT INTO facet_value(field, value) VALUES (?, ?)').run(field, value);
  return Number(added.lastInsertRowid);
}
