import { z } from 'zod';
import type { Checkpoint } from '../evidence/checkpoint.ts';
import { commitVersion } from '../evidence/commitment.ts';
import { sha256Hex } from '../evidence/sha256.ts';
import type { VerifyNotes } from '../evidence/verify-notes.ts';
import { readOriginal } from './ndjson.ts';
import { linesOf } from './package-lines.ts';
import type { PackageSource } from './package-source.ts';
import type { VerifyWork } from './verify-package.ts';
import { disclosedPartsHold, hasRedactions, redactedRecords, type RedactedRecord } from './verify-redacted.ts';
import {
  bytesOf,
  inclusionSchema,
  parseLine,
  verifyRecordLine,
  type Inclusion,
  type SealedRecord,
} from './verify-proofs.ts';

const inclusionFile = 'proofs/inclusion.ndjson';
const inclusionName = 'Records in the signed log';
const originalName = 'Originals against hash and commitment';

const lineSchema = z.object({
  id: z.string(),
  version: z.number(),
  messageCount: z.number(),
  messages: z.array(z.unknown()),
  originalLineBreaks: z.object({ lf: z.array(z.number()), cr: z.array(z.number()) }).optional(),
});

export interface RecordCounts {
  conversations: number;
  messages: number;
}

/** Each proof against the checkpoint. Gives how many records have one. */
export async function verifyInclusions(
  source: PackageSource,
  checkpoint: Checkpoint,
  notes: VerifyNotes,
  work: VerifyWork,
): Promise<number> {
  if (!source.has(inclusionFile)) {
    notes.fail(inclusionName, inclusionFile, 'is missing');
    return 0;
  }
  let count = 0;
  for await (const line of linesOf(source, inclusionFile)) {
    work.signal.throwIfAborted();
    notes.checked(inclusionName);
    count += 1;
    const proof = parseLine(inclusionSchema, line);
    if (proof === null) {
      notes.fail(inclusionName, inclusionFile, `line ${count} is no proof`);
      continue;
    }
    const outcome = verifyRecordLine(proof, checkpoint);
    if ('problem' in outcome) notes.fail(inclusionName, proof.id, outcome.problem, proof.version);
  }
  return count;
}

/**
 * Each original of the ndjson or json files against what was sealed: its hash and the whole commitment. The files,
 * one after the other, have the order of the proofs, so both are read side by side.
 */
export async function verifyOriginals(
  source: PackageSource,
  files: readonly string[],
  checkpoint: Checkpoint | null,
  notes: VerifyNotes,
  work: VerifyWork,
): Promise<RecordCounts> {
  const counts: RecordCounts = { conversations: 0, messages: 0 };
  const lines = source.has(inclusionFile) ? linesOf(source, inclusionFile) : null;
  const proofs = {
    async next() {
      const line = await lines?.next();
      return line?.done === false ? parseLine(inclusionSchema, line.value) : null;
    },
  };
  const redacted = hasRedactions(source) ? new Peeked(redactedRecords(source)) : null;
  for await (const { file, raw } of linesOfAll(source, files)) {
    work.signal.throwIfAborted();
    // The json format is an array with one record a line.
    if (raw.length < 2) continue;
    const line = raw.at(-1) === 0x2c ? raw.subarray(0, -1) : raw;
    notes.checked(originalName);
    counts.conversations += 1;
    const shown = parseLine(lineSchema, line);
    if (shown === null) {
      notes.fail(originalName, file, `record ${counts.conversations} is no conversation`);
      continue;
    }
    counts.messages += shown.messages.length;
    const original = readOriginal(line, shown.originalLineBreaks);
    const hidden = await redacted?.take(shown.id);
    const problem =
      hidden === undefined
        ? originalProblem(shown, original, await proofs.next(), checkpoint)
        : redactedProblem(shown, original, hidden);
    if (problem !== null) notes.fail(originalName, shown.id, problem, shown.version);
  }
  await lines?.return(undefined);
  await redacted?.close();
  return counts;
}

/** Gives the next record when it is the one asked for. */
class Peeked {
  readonly #records: AsyncGenerator<RedactedRecord>;
  #next: RedactedRecord | null = null;

  constructor(records: AsyncGenerator<RedactedRecord>) {
    this.#records = records;
  }

  async take(id: string): Promise<RedactedRecord | undefined> {
    if (this.#next === null) {
      const next = await this.#records.next();
      this.#next = next.done === true ? null : next.value;
    }
    if (this.#next?.id !== id) return undefined;
    const taken = this.#next;
    this.#next = null;
    return taken;
  }

  async close(): Promise<void> {
    await this.#records.return(undefined);
  }
}

function redactedProblem(
  shown: z.infer<typeof lineSchema>,
  original: Buffer | null,
  record: RedactedRecord,
): string | null {
  if (shown.messageCount !== shown.messages.length) return 'has another number of messages than it says';
  if (original === null) return 'has no original';
  return disclosedPartsHold(record, original) ? null : 'differs from what was archived in more than was redacted';
}

async function* linesOfAll(source: PackageSource, files: readonly string[]) {
  for (const file of files) for await (const raw of linesOf(source, file)) yield { file, raw };
}

function originalProblem(
  shown: z.infer<typeof lineSchema>,
  original: Buffer | null,
  proof: Inclusion | null,
  checkpoint: Checkpoint | null,
): string | null {
  if (shown.messageCount !== shown.messages.length) return 'has another number of messages than it says';
  if (original === null) return 'has no original';
  if (proof?.id !== shown.id || proof.version !== shown.version) return 'has no proof of its own at its place';
  if (sha256Hex(original) !== proof.sha256) return 'has an original that does not match its hash';
  if (checkpoint === null) return null;
  const outcome = verifyRecordLine(proof, checkpoint);
  if ('problem' in outcome) return null; // Told where proofs are checked.
  return commitmentHolds(outcome.sealed, proof, original) ? null : 'does not match its commitment part by part';
}

function commitmentHolds(sealed: SealedRecord, proof: Inclusion, original: Buffer): boolean {
  const receivedAt = Date.parse(sealed.receivedAt);
  if (Number.isNaN(receivedAt)) return false;
  const identity = { ...sealed, receivedAt, sha256: bytesOf(sealed.sha256) };
  return commitVersion(identity, bytesOf(proof.seed), original).toString('hex') === proof.commitment;
}
