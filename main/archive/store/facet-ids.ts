import type { Database } from 'better-sqlite3';
import type { FacetValue } from '../search/document.ts';
import { prepared } from './statements.ts';

interface FacetCache {
  ids: Map<string, number>;
  highest: number;
}

const caches = new WeakMap<Database, FacetCache>();

/**
 * The numbers of facet values as table `conversation` keeps them: LEB128, most take a byte. New values get a
 * number. Numbers are remembered across transactions; `startFacets` finds out when one was rolled back.
 */
export function facetIds(db: Database, values: readonly FacetValue[]): Buffer {
  const cache = cacheOf(db);
  const ids: number[] = [];
  for (const { field, value } of values) {
    const key = `${field}\0${value}`;
    let id = cache.ids.get(key);
    if (id === undefined) {
      id = storedId(db, field, value);
      cache.ids.set(key, id);
      cache.highest = Math.max(cache.highest, id);
    }
    for (; id > 0x7f; id = Math.floor(id / 128)) ids.push((id % 128) + 128);
    ids.push(id);
  }
  return Buffer.from(ids);
}

/** How many numbers there are: each ends with a byte below 128. */
export function countFacetIds(packed: Uint8Array): number {
  let count = 0;
  for (let position = 0; position < packed.length; position += 1) if ((packed[position] ?? 0) < 0x80) count += 1;
  return count;
}

/** Writes the numbers into a list from a position on, and gives the position behind them. */
export function unpackFacetIds(packed: Uint8Array, into: Uint32Array, position: number): number {
  let next = position;
  let id = 0;
  let scale = 1;
  for (let at = 0; at < packed.length; at += 1) {
    const byte = packed[at] ?? 0;
    id += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte >= 0x80) continue;
    into[next] = id;
    next += 1;
    id = 0;
    scale = 1;
  }
  return next;
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
