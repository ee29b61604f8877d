import { dirname } from 'node:path';
import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { VerifyReport } from '../../../preload/model.ts';
import { openReader } from '../store/database.ts';
import { toArchiveError } from '../store/sqlite-error.ts';
import { openCheckpoint, parseNote, type Checkpoint } from './checkpoint.ts';
import { secretFor } from './key-file.ts';
import { treeSize } from './tree.ts';
import { verifyHolds } from './verify-holds.ts';
import { resumeLeaves, verifyLeaves, verifyLedger } from './verify-leaves.ts';
import {
  handOverSizes,
  isInForce,
  keyLimits,
  keyReigns,
  signerOf,
  verifyCovered,
  verifyKeys,
  type KeyReign,
} from './verify-keys.ts';
import { VerifyNotes } from './verify-notes.ts';
import { VerifyProgress } from './verify-progress.ts';
import { verifyTimeStamps } from './verify-time-stamps.ts';
import { verifyDatabase, verifyRows } from './verify-rows.ts';

export interface VerifyArchiveOptions {
  signal: AbortSignal;
  onProgress: (progress: { phase: string; done: number; total: number | null; unit: 'records' }) => void;
  /** `quick` does not read originals. */
  mode?: 'quick' | 'full';
  /** A signed checkpoint that was kept elsewhere: the log must have grown from it and nothing else. */
  since?: string;
  /** Reads all originals, also those that an interrupted run had read. */
  fromStart?: boolean;
  now?: number;
}

const checkpointsName = 'Signed checkpoints against the log';
const sinceName = 'Only additions since the checkpoint that was kept elsewhere';

const limits = [
  'It cannot be proven that the service told the truth when it answered.',
  'Whoever can write the archive and its key can make a new log that fits: keep checkpoints elsewhere, and verify against one of them.',
  'Nothing is proven about the time before the first checkpoint that was kept elsewhere.',
];

/**
 * Checks the whole archive against itself and against its signed checkpoints. Finds everything it can: one damaged
 * part does not hide another.
 * @throws ArchiveError cancelled; invalid-input when `since` is no checkpoint
 */
export async function verifyArchive(db: Database, options: VerifyArchiveOptions): Promise<VerifyReport> {
  const { signal, onProgress, mode = 'full' } = options;
  const since = options.since === undefined ? null : readKept(options.since);
  const notes = new VerifyNotes();
  const reader = openReader(dirname(db.name));
  const step = async (phase: string, work: () => void | Promise<void>) => {
    signal.throwIfAborted();
    onProgress({ phase, done: 0, total: null, unit: 'records' });
    try {
      await work();
    } catch (error) {
      signal.throwIfAborted();
      // A damaged page ends a step; the steps after it may still find what else is wrong.
      notes.fail(phase, 'archive', toArchiveError(error).message);
    }
  };
  try {
    reader.db.exec('BEGIN');
    await step('Checking the database', () => {
      verifyDatabase(reader.db, notes, mode === 'quick');
    });
    await step('Comparing tables', () => {
      verifyRows(reader.db, notes);
      verifyLedger(reader.db, notes);
      verifyHolds(reader.db, notes);
    });
    await step('Recomputing the custody log', async () => {
      await verifyLog(reader.db, notes, since, { ...options, mode });
    });
    await step('Checking time stamps', () => verifyTimeStamps(reader.db, notes));
    const stated = [...limits];
    if (mode === 'quick') stated.unshift('Originals were not read: this was the quick check.');
    await step('Reading the keys', () => {
      stated.push(...keyLimits(reader.db));
    });
    return notes.report('archive', stated);
  } catch (error) {
    if (signal.aborted) {
      throw new ArchiveError('cancelled', 'The verification was cancelled.', { retryable: true, cause: error });
    }
    throw toArchiveError(error);
  } finally {
    reader.close();
  }
}

interface StoredCheckpoint {
  id: number;
  size: number;
  note: string;
  key: number;
}

/** A checkpoint that was kept elsewhere, as it was given and as it reads. */
interface Kept extends Checkpoint {
  note: string;
}

async function verifyLog(
  db: Database,
  notes: VerifyNotes,
  since: Kept | null,
  options: VerifyArchiveOptions,
): Promise<void> {
  const { signal, onProgress, mode } = options;
  const checkpoints = db
    .prepare<[], StoredCheckpoint>('SELECT id, size, note, key FROM custody_checkpoint ORDER BY id')
    .all();
  const sizes = new Set([...checkpoints.map((checkpoint) => checkpoint.size), ...handOverSizes(db)]);
  if (since !== null) sizes.add(since.size);
  const total = treeSize(db);
  const steps = (phase: string) => ({
    signal,
    onProgress: (done: number) => onProgress({ phase, done, total, unit: 'records' }),
  });
  const progress = mode === 'full' ? progressOf(db, options.now ?? Date.now()) : undefined;
  if (progress !== undefined && options.fromStart !== true) {
    const before = await resumeLeaves(db, progress, steps('Comparing with the interrupted check'));
    if (before !== null) notes.continued(before);
  }
  let log: Awaited<ReturnType<typeof verifyLeaves>>;
  try {
    log = await verifyLeaves(db, notes, {
      ...steps('Recomputing the custody log'),
      originals: mode === 'full',
      sizes,
      progress,
    });
  } catch (error) {
    progress?.save();
    throw error;
  }
  progress?.finish();
  const { size, roots } = log;
  verifyKeys(db, notes, roots);
  const reigns = keyReigns(db);
  for (const stored of checkpoints) {
    notes.checked(checkpointsName);
    const subject = `checkpoint ${stored.id}`;
    const reign = reigns.find(({ row }) => row === stored.key);
    const opened = reign === undefined ? null : openCheckpoint(stored.note, reign.publicKey);
    if (reign === undefined || opened === null) {
      notes.fail(checkpointsName, subject, 'is not signed with the key of the archive');
    } else if (opened.origin !== reign.name) {
      notes.fail(checkpointsName, subject, 'is of another log than its key is listed for');
    } else if (opened.size !== stored.size) {
      notes.fail(checkpointsName, subject, 'states another size than is listed');
    } else if (!isInForce(reign, opened.size)) {
      notes.fail(checkpointsName, subject, 'is signed with a key that did not sign then, by the log');
    } else compare(notes, checkpointsName, subject, opened, { size, roots });
  }
  verifyCovered(db, notes, Math.max(0, ...checkpoints.slice(-1).map((stored) => stored.size)));
  if (since !== null) {
    notes.checked(sinceName);
    verifyKept(notes, since, reigns);
    compare(notes, sinceName, 'kept checkpoint', since, { size, roots });
  }
}

/** Only for who has the signing key: others could not know whether the file tells the truth. */
function progressOf(db: Database, now: number): VerifyProgress | undefined {
  const folder = dirname(db.name);
  const secret = secretFor(folder, 'verify progress');
  return secret === null ? undefined : new VerifyProgress(db, { folder, secret, now });
}

function compare(
  notes: VerifyNotes,
  name: string,
  subject: string,
  checkpoint: Checkpoint,
  log: { size: number; roots: Map<number, Buffer> },
): void {
  if (checkpoint.size > log.size) {
    const problem = `was signed when the log had ${checkpoint.size} entries; now it has ${log.size}: the archive was rolled back or cut`;
    notes.fail(name, subject, problem);
  } else if (log.roots.get(checkpoint.size)?.equals(checkpoint.root) !== true) {
    notes.fail(name, subject, `signed other first ${checkpoint.size} entries than the log has: they were changed`);
  }
}

/** A checkpoint from elsewhere must be this archive's own, by name and by signature. */
function verifyKept(notes: VerifyNotes, since: Kept, reigns: readonly KeyReign[]): void {
  if (!reigns.some(({ name }) => name === since.origin)) {
    notes.fail(sinceName, 'kept checkpoint', `is of another log (${since.origin})`);
    return;
  }
  const reign = signerOf(since.note, reigns);
  if (reign === null) notes.fail(sinceName, 'kept checkpoint', 'is not signed with any key that this archive knows');
  else if (!isInForce(reign, since.size)) {
    notes.fail(sinceName, 'kept checkpoint', 'is signed with a key that did not sign then, by the log');
  }
}

function readKept(text: string): Kept {
  const note = text.replaceAll('\r\n', '\n');
  const parsed = parseNote(note);
  if (parsed !== null) return { ...parsed.checkpoint, note };
  throw new ArchiveError('invalid-input', 'This is not a signed checkpoint of a custody log.', {
    hint: 'Give the text exactly as it was issued, from the line with the name of the log to the signature.',
  });
}
