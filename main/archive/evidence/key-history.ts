import type { Database } from 'better-sqlite3';
import type { CustodyKey } from '../../../preload/model.ts';
import { keyFingerprint, publicKeyPem } from './checkpoint.ts';
import { openHandOver } from './hand-over.ts';
import type { KeyRow } from './keys.ts';
import { verifierKey } from './signed-note.ts';

/** An entry of the log that made a key the one that signs. */
export interface KeyEntry {
  position: number;
  time: number;
  /** Raw public key, base64. */
  publicKey: string | null;
  /** The signed note; null for the first key, which nobody handed over. */
  handOver: string | null;
  oldKeyAtHand: boolean;
}

/** The log's own account of which keys sign, in order. */
export function keyEntries(db: Database): KeyEntry[] {
  const rows = db
    .prepare<[], { position: number; time_ms: number; entry: string }>(
      `SELECT position, time_ms, entry FROM custody_entry WHERE kind IN ('key-created', 'key-rotated') ORDER BY position`,
    )
    .all();
  return rows.map(({ position, time_ms: time, entry }) => ({ position, time, ...keyDetails(entry) }));
}

/** What a sealed entry of kind `key-created` or `key-rotated` says. Strings are taken as they are: verification judges them. */
function keyDetails(entry: string): Omit<KeyEntry, 'position' | 'time'> {
  let details: Record<string, unknown> = {};
  try {
    details = (JSON.parse(entry) as { details?: Record<string, unknown> }).details ?? {};
  } catch {
    // An entry that was altered is named by the check of its commitment.
  }
  const { publicKey, handOver, oldKeyAtHand } = details;
  return {
    publicKey: typeof publicKey === 'string' ? publicKey : null,
    handOver: typeof handOver === 'string' ? handOver : null,
    oldKeyAtHand: oldKeyAtHand !== false,
  };
}

export function keyRows(db: Database): KeyRow[] {
  return db.prepare<[], KeyRow>('SELECT id, name, public_key, created_ms FROM custody_key ORDER BY id').all();
}

/** Every key that the archive has signed with, oldest first, as people are shown them. */
export function keyHistory(db: Database): CustodyKey[] {
  const entries = keyEntries(db);
  return keyRows(db).map((row, index) => {
    const entry = entries[index];
    const handOver = entry?.handOver ?? null;
    const opened = handOver === null ? null : openHandOver(handOver);
    return {
      name: row.name,
      pem: publicKeyPem(row.public_key),
      verifierKey: verifierKey(row.name, row.public_key),
      createdAt: row.created_ms,
      fingerprint: keyFingerprint(row.public_key),
      entry: entry?.position ?? null,
      arrival: index === 0 ? 'first' : opened?.signedByOld === true ? 'signed-by-old-key' : 'without-old-key',
      handOver,
    };
  });
}
