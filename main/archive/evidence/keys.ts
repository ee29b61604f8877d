import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { NoteSigner } from './checkpoint.ts';

/**
 * The archive's signing key lies beside the archive, readable by its owner alone. That is as safe as the archive
 * itself and no safer: a signature says which archive issued a checkpoint, and the proof against the archive's own
 * keeper is a checkpoint that somebody else keeps. See docs/formats.md, "The key".
 */
export const keyFileName = 'custody-key.pem';

export interface ArchiveKey extends NoteSigner {
  /** Row of table custody_key. */
  readonly row: number;
  /** Made just now: there was none, or the file no longer belongs to the newest key of the archive. */
  readonly created: boolean;
}

interface KeyRow {
  id: number;
  name: string;
  public_key: Buffer;
}

const newestKey = 'SELECT id, name, public_key FROM custody_key ORDER BY id DESC LIMIT 1';

/** The key that the archive signs with; made on first use, and anew after a restore that came without it. */
export function openArchiveKey(db: Database, folder: string, now: number): ArchiveKey {
  const row = db.prepare<[], KeyRow>(newestKey).get();
  const file = join(folder, keyFileName);
  const stored = readKeyFile(file);
  if (stored !== null && row !== undefined && rawPublicKeyOf(stored).equals(row.public_key)) {
    return archiveKey(stored, row.id, row.name, false);
  }
  const privateKey = stored !== null && row === undefined ? stored : generateKeyPairSync('ed25519').privateKey;
  if (privateKey !== stored) writeKeyFile(file, privateKey, stored === null ? null : `${file}.replaced-${now}`);
  // The origin names the archive and outlives its keys.
  const name = row?.name ?? `transcript-archive/${randomUUID()}`;
  const { lastInsertRowid } = db
    .prepare('INSERT INTO custody_key(name, public_key, created_ms) VALUES (?, ?, ?)')
    .run(name, rawPublicKeyOf(privateKey), now);
  return archiveKey(privateKey, Number(lastInsertRowid), name, true);
}

function archiveKey(privateKey: KeyObject, row: number, name: string, created: boolean): ArchiveKey {
  return {
    name,
    row,
    created,
    publicKey: rawPublicKeyOf(privateKey),
    sign: (text) => sign(null, text, privateKey),
  };
}

function rawPublicKeyOf(privateKey: KeyObject): Buffer {
  return Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
}

function readKeyFile(file: string): KeyObject | null {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ArchiveError('secret-unavailable', `The archive's signing key (${keyFileName}) cannot be read.`, {
      hint: 'Check who may read the file in the archive folder.',
      cause: error,
    });
  }
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below: a damaged file and a key of another kind need the same from the user.
  }
  throw new ArchiveError('secret-unavailable', `The archive's signing key (${keyFileName}) is damaged.`, {
    hint: 'Put the file back from a backup, or move it away: the archive then goes on with a new key and says so in its log.',
  });
}

function writeKeyFile(file: string, privateKey: KeyObject, keepOldAs: string | null): void {
  if (keepOldAs !== null) renameSync(file, keepOldAs);
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
