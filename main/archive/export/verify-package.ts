import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { ArchiveError } from '../../../preload/errors.ts';
import type { VerifyReport } from '../../../preload/model.ts';
import type { Checkpoint } from '../evidence/checkpoint.ts';
import { VerifyNotes } from '../evidence/verify-notes.ts';
import { textOf } from './package-lines.ts';
import { openPackage, type PackageSource } from './package-source.ts';
import { verifyBag } from './verify-bag.ts';
import { countFormats, dataFiles, type FormatCounts } from './verify-counts.ts';
import { verifyKeysAndStamps } from './verify-keys-and-stamps.ts';
import { verifyCheckpoint, verifyLog } from './verify-proofs.ts';
import { hasRedactions, verifyRedactions } from './verify-redacted.ts';
import { verifyInclusions, verifyOriginals } from './verify-records.ts';

export interface VerifyOptions {
  signal: AbortSignal;
  onProgress: (progress: { phase: string; done: number; total: number | null; unit: 'files' }) => void;
}

/** What the steps of a verification share. */
export interface VerifyWork {
  signal: AbortSignal;
  step(phase: string, done: number, total: number | null): void;
}

const limits = [
  'A whole package can be forged by someone who makes a new key: compare the key in proofs/key.pem, or the checkpoint, with one that was kept elsewhere.',
  'It cannot be proven here that the service told the truth, or anything about the time before the first checkpoint that was kept elsewhere.',
  'Formats without originals (CSV, HTML) are proven unchanged since the export; that they say what the originals say is shown by exporting again.',
];

const exportSchema = z.object({
  conversations: z.number().int(),
  messages: z.number().int(),
  errors: z.number().int(),
  formats: z.array(z.object({ format: z.string(), conversations: z.number().int(), messages: z.number().int() })),
  custody: z.object({ log: z.string(), size: z.number().int() }),
});

/**
 * Checks an exported package, folder or zip, without any archive: complete and unchanged, signed, its records in the
 * signed log, its originals what was sealed, its counts what it says.
 * @throws ArchiveError path-unavailable, invalid-input (not a package), cancelled
 */
export async function verifyPackage(path: string, options: VerifyOptions): Promise<VerifyReport> {
  const { signal, onProgress } = options;
  const source = await openPackage(path);
  const notes = new VerifyNotes();
  const work: VerifyWork = {
    signal,
    step(phase, done, total) {
      signal.throwIfAborted();
      onProgress({ phase, done, total, unit: 'files' });
    },
  };
  try {
    await verifyBag(source, notes, work);
    const checkpoint = await verifyCheckpoint(source, notes);
    await guarded(notes, signal, () => verifyContent(source, checkpoint, notes, work));
    const judged: string[] = [];
    if (checkpoint !== null) {
      await guarded(notes, signal, async () => {
        judged.push(...(await verifyKeysAndStamps(source, checkpoint, notes)));
      });
    }
    return notes.report(path, [...judged, ...limits]);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new ArchiveError('cancelled', 'The verification was cancelled.', { retryable: true, cause: error });
  } finally {
    await source.close();
  }
}

/** A damaged file may end a step early; what was found before must still be told. */
async function guarded(notes: VerifyNotes, signal: AbortSignal, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (signal.aborted) throw error;
    notes.fail('Reading the package', 'package', error instanceof Error ? error.message : String(error));
  }
}

async function verifyContent(
  source: PackageSource,
  checkpoint: Checkpoint | null,
  notes: VerifyNotes,
  work: VerifyWork,
): Promise<void> {
  work.step('Checking proofs', 0, null);
  await setImmediate();
  const proofs = checkpoint === null ? null : await verifyInclusions(source, checkpoint, notes, work);
  const redacted =
    checkpoint !== null && hasRedactions(source) ? await verifyRedactions(source, checkpoint, notes, work) : 0;
  if (checkpoint !== null) await verifyLog(source, checkpoint, notes, work);
  work.step('Checking originals', 0, null);
  const found = new Map<string, FormatCounts>();
  for (const format of ['ndjson', 'json']) {
    const files = dataFiles(source, `conversations.${format}`);
    if (files.length > 0) found.set(format, await verifyOriginals(source, files, checkpoint, notes, work));
  }
  for (const [format, counts] of await countFormats(source)) found.set(format, counts);
  await verifyCounts(source, { found, proofs: proofs === null ? null : proofs + redacted, checkpoint }, notes);
}

async function verifyCounts(
  source: PackageSource,
  seen: { found: Map<string, FormatCounts>; proofs: number | null; checkpoint: Checkpoint | null },
  notes: VerifyNotes,
): Promise<void> {
  const name = 'Counts that custody/export.json states';
  const subject = 'custody/export.json';
  const text = (await textOf(source, subject)) ?? '';
  let stated: z.infer<typeof exportSchema> | undefined;
  try {
    stated = exportSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Told like any other form that it should not have.
  }
  if (stated === undefined) {
    notes.fail(name, subject, 'is missing or not what an export writes');
    return;
  }
  const expect = (holds: boolean, problem: string) => {
    notes.checked(name);
    if (!holds) notes.fail(name, subject, problem);
  };
  const { conversations, messages } = stated;
  expect(
    seen.proofs === null || seen.proofs === conversations,
    `states ${conversations} conversations, there are ${seen.proofs ?? 0} proofs`,
  );
  expect(
    stated.errors > 0 === source.has('custody/errors.csv'),
    `states ${stated.errors} errors, unlike custody/errors.csv`,
  );
  expect(
    seen.checkpoint === null || seen.checkpoint.size === stated.custody.size,
    'states another checkpoint than proofs/checkpoint.txt',
  );
  for (const { format, ...counts } of stated.formats) {
    const found = seen.found.get(format);
    expect(counts.conversations === conversations && counts.messages === messages, `states other counts for ${format}`);
    expect(
      found === undefined || (found.conversations === conversations && (found.messages ?? messages) === messages),
      `states ${conversations} conversations and ${messages} messages, ${format} has ${found?.conversations ?? 0} and ${found?.messages ?? messages}`,
    );
  }
}
