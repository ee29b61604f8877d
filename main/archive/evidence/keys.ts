import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { keyFileName, publicHalf, readKeyFile, writeKeyFile } from './key-file.ts';
import type { NoteSigner } from './signed-note.ts';

export interface ArchiveKey extends NoteSigner {
  /** Row of table custody_key. */
  readonly row: number;
  /** Made just now, and its log entry is still to be written: there was none, or the old one is not at hand. */
  readonly created: { replaces: Buffer | null } | null;
}

export interface KeyRow {
  id: number;
  name: string;
  public_key: Buffer;
  created_ms: number;
}

/** The key that the archive signs with, as far as the archive itself knows. */
export function newestKey(db: Database): KeyRow | undefined {
  return db
    .prepare<[], KeyRow>('SELECT id, name, public_key, created_ms FROM custody_key ORDER BY id DESC LIMIT 1')
    .get();
}

/** The key that the archive signs with; made on first use, and anew after a restore that came without it. */
export function openArchiveKey(db: Database, folder: string, now: number): ArchiveKey {
  const row = newestKey(db);
  const stored = readKeyFile(folder, row?.public_key);
  if (stored !== null && row !== undefined && publicHalf(stored).equals(row.public_key)) {
    return archiveKey(stored, row.id, row.name, null);
  }
  const privateKey = stored !== null && row === undefined ? stored : generateKeyPairSync('ed25519').privateKey;
  if (privateKey !== stored) writeKeyFile(folder, privateKey, join(folder, `${keyFileName}.replaced-${now}`));
  // The origin names the archive and outlives its keys.
  const name = row?.name ?? `transcript-archive/${randomUUID()}`;
  return archiveKey(privateKey, addKeyRow(db, name, privateKey, now), name, { replaces: row?.public_key ?? null });
}

/** Lists a key as the one that the archive signs with from now on. */
export function addKeyRow(db: Database, name: string, privateKey: KeyObject, now: number): number {
  const { lastInsertRowid } = db
    .prepare('INSERT INTO custody_key(name, public_key, created_ms) VALUES (?, ?, ?)')
    .run(name, publicHalf(privateKey), now);
  return Number(lastInsertRowid);
}

export function archiveKey(
  privateKey: KeyObject,
  row: number,
  name: string,
  created: ArchiveKey['created'],
): ArchiveKey {
  return { name, row, created, publicKey: publicHalf(privateKey), sign: (text) => sign(null, text, privateKey) };
}
