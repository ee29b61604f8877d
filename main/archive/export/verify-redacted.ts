import { z } from 'zod';
import type { Checkpoint } from '../evidence/checkpoint.ts';
import { partHash, versionParts } from '../evidence/commitment.ts';
import { leafHash, verifyInclusion } from '../evidence/merkle.ts';
import type { VerifyNotes } from '../evidence/verify-notes.ts';
import { linesOf } from './package-lines.ts';
import type { PackageSource } from './package-source.ts';
import type { VerifyWork } from './verify-package.ts';
import { bytesOf, parseLine } from './verify-proofs.ts';

const redactedFile = 'proofs/redacted.ndjson';
const disclosureFile = 'proofs/disclosure.ndjson';
const checkName = 'Untouched parts of redacted records';

const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const position = z.number().int().nonnegative();

const redactedSchema = z.strictObject({
  id: z.string(),
  version: z.number().int().positive(),
  index: position,
  size: position,
  leaf: hash,
  path: z.array(hash).max(64),
  commitment: hash,
  parts: z.number().int().positive(),
  hidden: z.array(position),
});

const disclosureSchema = z.strictObject({
  id: z.string(),
  version: z.number().int().positive(),
  commitment: hash,
  parts: z.number().int().positive(),
  part: position,
  salt: hash,
  partPath: z.array(hash).max(64),
  value: z.base64(),
});

/** A redacted record with the parts of it that were disclosed. */
export interface RedactedRecord {
  id: string;
  version: number;
  parts: number;
  hidden: ReadonlySet<number>;
  disclosed: ReadonlyMap<number, string>;
}

/** The redacted records of a package in the order of the export, one at a time. Fails on a file of another form. */
export async function* redactedRecords(
  source: PackageSource,
): AsyncGenerator<RedactedRecord & { problem: string | null; proof: z.infer<typeof redactedSchema> }> {
  const disclosures = source.has(disclosureFile) ? linesOf(source, disclosureFile) : null;
  for await (const raw of linesOf(source, redactedFile)) {
    const proof = parseLine(redactedSchema, raw);
    if (proof === null) throw new Error(`${redactedFile} has a line that is no proof`);
    const hidden = new Set(proof.hidden);
    const disclosed = new Map<number, string>();
    let problem: string | null = null;
    for (let part = 0; part < proof.parts; part += 1) {
      if (hidden.has(part)) continue;
      const next = await disclosures?.next();
      const line = next?.done === false ? parseLine(disclosureSchema, next.value) : null;
      if (
        line?.part !== part ||
        line.commitment !== proof.commitment ||
        line.parts !== proof.parts ||
        line.id !== proof.id
      ) {
        throw new Error(`${disclosureFile} does not go with ${redactedFile} at ${proof.id}`);
      }
      const value = Buffer.from(line.value, 'base64').toString('utf8');
      const leaf = leafHash(partHash(bytesOf(line.salt), value));
      if (!verifyInclusion(leaf, part, proof.parts, line.partPath.map(bytesOf), bytesOf(proof.commitment))) {
        problem = `part ${part} is not what was committed to when it was archived`;
      }
      disclosed.set(part, value);
    }
    yield { id: proof.id, version: proof.version, parts: proof.parts, hidden, disclosed, problem, proof };
  }
  const rest = await disclosures?.next();
  if (rest?.done === false) throw new Error(`${disclosureFile} has more parts than ${redactedFile} says`);
}

export const hasRedactions = (source: PackageSource) => source.has(redactedFile);

/** Each redacted record is in the signed log, and each part that it discloses is what was sealed. */
export async function verifyRedactions(
  source: PackageSource,
  checkpoint: Checkpoint,
  notes: VerifyNotes,
  work: VerifyWork,
): Promise<number> {
  let count = 0;
  for await (const { id, version, problem, proof } of redactedRecords(source)) {
    work.signal.throwIfAborted();
    count += 1;
    notes.checked(checkName);
    if (problem !== null) notes.fail(checkName, id, problem, version);
    const leaf = leafHash(bytesOf(proof.commitment));
    const path = proof.path.map(bytesOf);
    if (
      proof.size !== checkpoint.size ||
      leaf.toString('hex') !== proof.leaf ||
      !verifyInclusion(leaf, proof.index, checkpoint.size, path, checkpoint.root)
    ) {
      notes.fail(checkName, id, 'is not in the log that the checkpoint signs', version);
    }
  }
  return count;
}

/** Whether an exported original has exactly the parts that were disclosed, at their places. */
export function disclosedPartsHold(record: RedactedRecord, original: Buffer): boolean {
  const nobody = {
    source: '',
    accountId: '',
    remoteId: '',
    version: record.version,
    receivedAt: 0,
    reason: '',
    sha256: Buffer.alloc(32),
  };
  const parts = versionParts(nobody, original);
  if (record.hidden.size < record.parts && parts.length !== record.parts) return false;
  return [...record.disclosed].every(([part, value]) => parts[part] === value);
}
