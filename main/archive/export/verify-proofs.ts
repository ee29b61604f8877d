import { z } from 'zod';
import { openCheckpoint, rawPublicKey, type Checkpoint } from '../evidence/checkpoint.ts';
import { commitEntry, partHash } from '../evidence/commitment.ts';
import { leafHash, verifyInclusion } from '../evidence/merkle.ts';
import type { VerifyNotes } from '../evidence/verify-notes.ts';
import { linesOf, textOf } from './package-lines.ts';
import type { PackageSource } from './package-source.ts';
import type { VerifyWork } from './verify-package.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const position = z.number().int().nonnegative();

/** A line of proofs/inclusion.ndjson. */
export const inclusionSchema = z.object({
  id: z.string(),
  version: z.number().int().positive(),
  sha256: hash,
  index: position,
  size: position,
  leaf: hash,
  path: z.array(hash).max(64),
  commitment: hash,
  seed: hash,
  parts: z.number().int().positive(),
  recordSalt: hash,
  recordPath: z.array(hash).max(64),
  record: z.base64(),
});
export type Inclusion = z.infer<typeof inclusionSchema>;

const recordSchema = z.strictObject({
  record: z.strictObject({
    accountId: z.string(),
    reason: z.string(),
    receivedAt: z.string(),
    remoteId: z.string(),
    sha256: hash,
    source: z.string(),
    version: z.number().int(),
  }),
});
/** What the sealed first part of a record says it is. */
export type SealedRecord = z.infer<typeof recordSchema>['record'];

const logSchema = z.object({
  index: position,
  kind: z.string(),
  size: position.optional(),
  commitment: hash,
  path: z.array(hash).max(64).optional(),
  salt: hash.optional(),
  entry: z.string().optional(),
  withheld: z.literal(true).optional(),
});

export const bytesOf = (hex: string) => Buffer.from(hex, 'hex');

/** JSON of one line checked for form; null when it is anything else. */
export function parseLine<T>(schema: z.ZodType<T>, line: Buffer): T | null {
  try {
    return schema.safeParse(JSON.parse(line.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** The checkpoint, when it is signed with the package's key. */
export async function verifyCheckpoint(source: PackageSource, notes: VerifyNotes): Promise<Checkpoint | null> {
  const name = 'Signature of the checkpoint';
  notes.checked(name);
  const note = await textOf(source, 'proofs/checkpoint.txt');
  const pem = await textOf(source, 'proofs/key.pem');
  let checkpoint: Checkpoint | null = null;
  try {
    if (note !== null && pem !== null) checkpoint = openCheckpoint(note, rawPublicKey(pem));
  } catch {
    // A key that cannot be read is told like a signature that does not hold.
  }
  if (checkpoint === null) notes.fail(name, 'proofs/checkpoint.txt', 'is not signed with the key in proofs/key.pem');
  return checkpoint;
}

/** The sealed description of a record, when line, salt, commitment, leaf and root all fit together. */
export function verifyRecordLine(
  proof: Inclusion,
  checkpoint: Checkpoint,
): { sealed: SealedRecord } | { problem: string } {
  const text = Buffer.from(proof.record, 'base64').toString('utf8');
  const part = leafHash(partHash(bytesOf(proof.recordSalt), text));
  const path = proof.recordPath.map(bytesOf);
  if (!verifyInclusion(part, 0, proof.parts, path, bytesOf(proof.commitment))) {
    return { problem: 'is not what was committed to when it was archived' };
  }
  const leaf = leafHash(bytesOf(proof.commitment));
  const inLog =
    proof.size === checkpoint.size &&
    leaf.toString('hex') === proof.leaf &&
    verifyInclusion(leaf, proof.index, checkpoint.size, proof.path.map(bytesOf), checkpoint.root);
  if (!inLog) return { problem: 'is not in the log that the checkpoint signs' };
  const sealed = parseLine(recordSchema, Buffer.from(text))?.record;
  const named =
    sealed !== undefined &&
    proof.id === `${sealed.source}:${sealed.accountId}:${sealed.remoteId}` &&
    proof.version === sealed.version &&
    proof.sha256 === sealed.sha256;
  return named ? { sealed } : { problem: 'goes by another name, version or hash than in the log' };
}

/** Entries of custody/log.ndjson: actions and verdicts are in the tree; versions have their proofs elsewhere. */
export async function verifyLog(
  source: PackageSource,
  checkpoint: Checkpoint,
  notes: VerifyNotes,
  work: VerifyWork,
): Promise<void> {
  const name = 'Entries of the custody log';
  const subject = 'custody/log.ndjson';
  if (!source.has(subject)) {
    notes.fail(name, subject, 'is missing');
    return;
  }
  const redacted = source.has('proofs/redacted.ndjson');
  for await (const line of linesOf(source, subject)) {
    work.signal.throwIfAborted();
    notes.checked(name);
    const entry = parseLine(logSchema, line);
    if (entry === null) notes.fail(name, subject, 'has a line that is no entry');
    else if (entry.withheld === true && !redacted) {
      notes.fail(name, subject, `entry ${entry.index} withholds its words though nothing here is redacted`);
    } else if (entry.kind !== 'version' && !entryHolds(entry, checkpoint)) {
      notes.fail(name, subject, `entry ${entry.index} is not what the log has there`);
    }
  }
}

function entryHolds(entry: z.infer<typeof logSchema>, checkpoint: Checkpoint): boolean {
  if (entry.path === undefined) return false;
  if (entry.withheld === true) {
    const leaf = leafHash(bytesOf(entry.commitment));
    return verifyInclusion(leaf, entry.index, checkpoint.size, entry.path.map(bytesOf), checkpoint.root);
  }
  if (entry.salt === undefined || entry.entry === undefined) return false;
  const commitment = commitEntry(bytesOf(entry.salt), entry.entry);
  return (
    commitment.toString('hex') === entry.commitment &&
    verifyInclusion(leafHash(commitment), entry.index, checkpoint.size, entry.path.map(bytesOf), checkpoint.root)
  );
}
