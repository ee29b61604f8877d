import type { Database } from 'better-sqlite3';
import { prepared } from './statements.ts';

/**
 * A setting of the archive (not of the machine), as it was written; undefined when it never was.
 * What it holds is for the caller to check: it may have been written by another version of the app.
 */
export function readSetting(db: Database, key: string): unknown {
  const row = prepared<[string], { value: string }>(db, 'SELECT value FROM setting WHERE key = ?').get(key);
  return row === undefined ? undefined : JSON.parse(row.value);
}

/** Keeps a setting as JSON. `null` is a value; `undefined` forgets the setting. */
export function writeSetting(db: Database, key: string, value: unknown): void {
  if (value === undefined) {
    prepared<[string]>(db, 'DELETE FROM setting WHERE key = ?').run(key);
    return;
  }
  prepared<[string, string]>(
    db,
    'INSERT INTO setting(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value));
}
