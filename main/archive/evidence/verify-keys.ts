import type { Database } from 'better-sqlite3';
import { keyFingerprint, parseNote } from './checkpoint.ts';
import { openHandOver } from './hand-over.ts';
import { keyEntries, keyRows, type KeyEntry } from './key-history.ts';
import type { KeyRow } from './keys.ts';
import { isSignedBy } from './signed-note.ts';
import type { VerifyNotes } from './verify-notes.ts';

const keysName = 'Signing keys against the log and their hand-overs';

const coveredName = 'Actions that were signed are covered by a checkpoint';

/** A key with the sizes of the log at which its signature counts. */
export interface KeyReign {
  row: number;
  name: string;
  publicKey: Buffer;
  from: number;
  until: number;
}

/** One key after the other, as the table lists them and the log dates them. */
export function keyReigns(db: Database): KeyReign[] {
  const entries = keyEntries(db);
  return keyRows(db).map((row, index) => ({
    row: row.id,
    name: row.name,
    publicKey: row.public_key,
    // The first checkpoint that a key signs covers the entry that brought it.
    from: (entries[index]?.position ?? 0) + 1,
    until: entries[index + 1]?.position ?? Number.POSITIVE_INFINITY,
  }));
}

/** Sizes of the log at which keys were handed over: their roots are needed for judging that. */
export function handOverSizes(db: Database): number[] {
  return keyEntries(db).map(({ position }) => position);
}

/** Every key must have come by an entry of the log, and every one but the first by a hand-over that holds. */
export function verifyKeys(db: Database, notes: VerifyNotes, roots: ReadonlyMap<number, Buffer>): void {
  const rows = keyRows(db);
  const entries = keyEntries(db);
  for (const [index, row] of rows.entries()) {
    notes.checked(keysName);
    const problem = keyProblem(row, entries[index], rows[index - 1], roots);
    if (problem !== null) notes.fail(keysName, `key ${row.id}`, problem);
  }
  for (const entry of entries.slice(rows.length)) {
    notes.fail(keysName, `log entry ${entry.position}`, 'brought a key that is listed no more');
  }
}

function keyProblem(
  row: KeyRow,
  entry: KeyEntry | undefined,
  before: KeyRow | undefined,
  roots: ReadonlyMap<number, Buffer>,
): string | null {
  if (entry?.publicKey !== row.public_key.toString('base64')) return 'is not one that the log says was made';
  if (entry.time !== row.created_ms) return 'is listed as made at another time than the log says';
  if (before === undefined) return entry.handOver === null ? null : 'is listed as the first, but was handed over to';
  return handOverProblem(entry, { name: row.name, oldKey: before.public_key, newKey: row.public_key }, roots);
}

/** What is wrong with the hand-over of an entry; null when it is what it should be. */
function handOverProblem(
  entry: KeyEntry,
  expected: { name: string; oldKey: Uint8Array; newKey: Uint8Array },
  roots: ReadonlyMap<number, Buffer>,
): string | null {
  const opened = entry.handOver === null ? null : openHandOver(entry.handOver);
  if (opened === null) return 'came without a hand-over';
  const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
  if (opened.origin !== expected.name) return 'came by the hand-over of another log';
  if (!same(opened.oldKey, expected.oldKey) || !same(opened.newKey, expected.newKey)) {
    return 'came by a hand-over between other keys';
  }
  if (!opened.signedByNew || opened.signedByOld !== entry.oldKeyAtHand) {
    return 'came by a hand-over that the keys did not sign as the log says';
  }
  if (opened.size !== entry.position) return 'came by a hand-over at another place of the log';
  if (roots.get(opened.size)?.equals(opened.root) !== true) {
    return `came by a hand-over that knew other first ${opened.size} entries than the log has`;
  }
  return null;
}

/** The key that signed a checkpoint which somebody kept, if it is one of the archive's. */
export function signerOf(note: string, reigns: readonly KeyReign[]): KeyReign | null {
  const parsed = parseNote(note);
  if (parsed === null) return null;
  const { checkpoint } = parsed;
  const signed = reigns.filter(
    ({ name, publicKey }) => name === checkpoint.origin && isSignedBy(parsed, name, publicKey),
  );
  return signed.find((reign) => isInForce(reign, checkpoint.size)) ?? signed[0] ?? null;
}

export function isInForce({ from, until }: KeyReign, size: number): boolean {
  return size >= from && size <= until;
}

/** What only people can judge: keys that took over without the old one's signature. */
export function keyLimits(db: Database): string[] {
  const entries = keyEntries(db);
  return keyRows(db).flatMap((row, index) =>
    entries[index]?.oldKeyAtHand === false
      ? [
          `Since ${new Date(row.created_ms).toISOString()} another key signs, without a signature of the old one, which was not at hand. Compare its fingerprint with the archive's keeper: ${keyFingerprint(row.public_key)}`,
        ]
      : [],
  );
}

/** Signing a checkpoint is part of these actions: one that covers the last of them must be there. */
const signedKinds = [
  'key-created',
  'key-rotated',
  'export',
  'export-finished',
  'certificate',
  'verified',
  'backup',
  'import',
  'search',
  'conversation-opened',
  'time-stamp',
] as const;

/** Finds that checkpoints were removed. @param covered entries that the largest stored checkpoint covers */
export function verifyCovered(db: Database, notes: VerifyNotes, covered: number): void {
  const last = db
    .prepare<[string], number | null>(
      'SELECT max(position) FROM custody_entry WHERE kind IN (SELECT value FROM json_each(?))',
    )
    .pluck()
    .get(JSON.stringify(signedKinds));
  notes.checked(coveredName);
  if (last !== undefined && last !== null && last >= covered) {
    const problem = 'was signed when it was written, and no checkpoint is left that covers it';
    notes.fail(coveredName, `log entry ${last}`, problem);
  }
}
