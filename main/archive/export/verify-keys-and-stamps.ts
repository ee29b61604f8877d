import { z } from 'zod';
import { openCheckpoint, rawPublicKey, type Checkpoint } from '../evidence/checkpoint.ts';
import { openHandOver } from '../evidence/hand-over.ts';
import { verifyConsistency } from '../evidence/merkle.ts';
import { readReply } from '../evidence/time-stamp-token.ts';
import type { VerifyNotes } from '../evidence/verify-notes.ts';
import { bytesOfFile, linesOf, textOf } from './package-lines.ts';
import type { PackageSource } from './package-source.ts';
import { bytesOf, parseLine } from './verify-proofs.ts';

const keysName = 'Keys and how each handed over to the next';
const stampsName = 'Time stamps';
const growthName = 'Only additions since earlier checkpoints';

const consistencySchema = z.strictObject({
  file: z.string(),
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  path: z.array(z.string().regex(/^[0-9a-f]{64}$/u)).max(128),
});

/**
 * Keys before the one that signed, their hand-overs, and time stamps over earlier checkpoints. Gives what only people
 * can judge, in words.
 */
export async function verifyKeysAndStamps(
  source: PackageSource,
  checkpoint: Checkpoint,
  notes: VerifyNotes,
): Promise<string[]> {
  const keys = await readKeys(source, notes);
  const states = new Map<string, { size: number; root: Uint8Array }>();
  const limits: string[] = [];
  for (const [index, key] of keys.entries()) {
    if (index === 0) continue;
    const file = `keys/${index + 1}-hand-over.txt`;
    const subject = `proofs/${file}`;
    notes.checked(keysName);
    const handOver = openHandOver((await textOf(source, subject)) ?? '');
    const before = keys[index - 1] ?? Buffer.alloc(0);
    if (
      handOver?.origin !== checkpoint.origin ||
      !handOver.signedByNew ||
      Buffer.compare(handOver.oldKey, before) !== 0 ||
      Buffer.compare(handOver.newKey, key) !== 0
    ) {
      notes.fail(keysName, subject, 'is no hand-over between the keys beside it');
      continue;
    }
    states.set(file, handOver);
    if (!handOver.signedByOld) {
      limits.push(
        `Key ${index} did not sign for key ${index + 1}, because it was not at hand: compare the keys with the archive's keeper.`,
      );
    }
  }
  await verifyStamps(source, { origin: checkpoint.origin, keys }, notes, states);
  await verifyGrowth(source, checkpoint, notes, states);
  return limits;
}

/** All keys in order; the last must be the one that signed the package's checkpoint. */
async function readKeys(source: PackageSource, notes: VerifyNotes): Promise<Buffer[]> {
  const current = rawPublicKey((await textOf(source, 'proofs/key.pem')) ?? '');
  const keys: Buffer[] = [];
  for (let number = 1; source.has(`proofs/keys/${number}.pem`); number += 1) {
    keys.push(rawPublicKey((await textOf(source, `proofs/keys/${number}.pem`)) ?? ''));
  }
  if (keys.length === 0) return [current];
  if (keys.at(-1)?.equals(current) !== true) {
    notes.fail(keysName, 'proofs/keys', 'does not end with the key in proofs/key.pem');
  }
  return keys;
}

async function verifyStamps(
  source: PackageSource,
  { origin, keys }: { origin: string; keys: readonly Buffer[] },
  notes: VerifyNotes,
  states: Map<string, { size: number; root: Uint8Array }>,
): Promise<void> {
  const replies = source.paths.filter((path) => /^proofs\/time-stamp-\d+\.tsr$/u.test(path));
  for (const subject of replies) {
    notes.checked(stampsName);
    const file = subject.replace(/\.tsr$/u, '.txt').slice('proofs/'.length);
    const note = (await textOf(source, `proofs/${file}`)) ?? '';
    const opened = keys.map((key) => openCheckpoint(note, key)).find((each) => each !== null);
    if (opened?.origin !== origin) {
      notes.fail(stampsName, `proofs/${file}`, 'is no checkpoint that one of the keys signed');
      continue;
    }
    states.set(file, opened);
    try {
      const stamp = await readReply((await bytesOfFile(source, subject)) ?? Buffer.alloc(0), () => Buffer.from(note));
      notes.stamped({ subject, size: opened.size, time: stamp.time, authority: stamp.authority });
    } catch (error) {
      notes.fail(stampsName, subject, error instanceof Error ? error.message : String(error));
    }
  }
}

/** Each earlier state that a file here states must be the beginning of what the checkpoint signs. */
async function verifyGrowth(
  source: PackageSource,
  checkpoint: Checkpoint,
  notes: VerifyNotes,
  states: Map<string, { size: number; root: Uint8Array }>,
): Promise<void> {
  const subject = 'proofs/consistency.ndjson';
  if (source.has(subject)) {
    for await (const line of linesOf(source, subject)) {
      const proof = parseLine(consistencySchema, line);
      const state = proof === null ? undefined : states.get(proof.file);
      notes.checked(growthName);
      const holds =
        proof !== null &&
        state?.size === proof.from &&
        proof.to === checkpoint.size &&
        verifyConsistency(state.size, checkpoint.size, state.root, checkpoint.root, proof.path.map(bytesOf));
      if (!holds)
        notes.fail(growthName, `proofs/${proof?.file ?? 'consistency.ndjson'}`, 'is not the beginning of this log');
      if (proof !== null) states.delete(proof.file);
    }
  }
  for (const file of states.keys()) {
    notes.checked(growthName);
    notes.fail(growthName, `proofs/${file}`, 'has no proof that the log has only grown since');
  }
}
