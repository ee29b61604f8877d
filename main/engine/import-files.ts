import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ArchiveError } from '../../preload/errors.ts';
import { accountSettingsSchema, type ImportResult, type Source } from '../../preload/model.ts';
import type { Clock } from '../archive/clock.ts';
import type { ReceivedRecord } from '../archive/liveperson/decoded.ts';
import type { Preparer } from '../archive/prepare/preparer.ts';
import type { SavedBatch } from '../archive/prepare/saved-file.ts';
import { addAccount, listAccounts, type StoredAccount } from '../archive/store/accounts.ts';
import type { ArchiveWriter } from '../archive/store/database.ts';
import { ingest } from '../archive/store/ingest.ts';
import { toArchiveError } from '../archive/store/sqlite-error.ts';
import type { JobProgress } from './jobs.ts';

export interface ImportOptions {
  preparer: Preparer;
  clock: Clock;
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
  /** After each commit. */
  onChanged: () => void;
}

/** Records that belong together. */
interface Group {
  source: Source;
  accountId: string;
  records: ReceivedRecord[];
}

/**
 * Takes saved records into the archive as if the API had sent them. What cannot be read is listed with its file, position
 * and problem; all the rest is imported. Safe to run again and to interrupt: each batch is one transaction.
 * @throws ArchiveError path-unavailable before anything is imported, when a file cannot be read
 */
export async function importFiles(
  archive: ArchiveWriter,
  files: readonly string[],
  options: ImportOptions,
): Promise<ImportResult> {
  const { signal, onProgress, onChanged } = options;
  for (const file of files) await refuseUnreadable(file);
  const result: ImportResult = { files: 0, records: 0, added: 0, changed: 0, unchanged: 0, rejected: [] };
  for (const file of files) {
    signal.throwIfAborted();
    const phase = `Reading ${basename(file)}`;
    onProgress({ phase, done: result.records, total: null, unit: 'records' });
    for await (const batch of batchesOf(file, options)) {
      importBatch(archive, file, batch, options.clock, result);
      onChanged();
      onProgress({ phase, done: result.records, total: null, unit: 'records' });
    }
    result.files++;
  }
  return result;
}

/** The batches of a file, each of them being prepared while the one before is written. */
async function* batchesOf(file: string, { preparer, clock, signal }: ImportOptions): AsyncGenerator<SavedBatch> {
  let next: Promise<SavedBatch> | null = preparer.savedRecords(file, 0, clock.now());
  while (next !== null) {
    const batch: SavedBatch = await next;
    signal.throwIfAborted();
    next = batch.next === null ? null : preparer.savedRecords(file, batch.next, clock.now());
    // Whoever stops in between is not interested in how the next one failed.
    next?.catch(() => undefined);
    yield batch;
    // Lets calls and a cancellation in between two transactions.
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
}

function importBatch(
  archive: ArchiveWriter,
  file: string,
  batch: SavedBatch,
  clock: Clock,
  result: ImportResult,
): void {
  result.records += batch.records.length + batch.rejected.length;
  for (const { position, problem } of batch.rejected) result.rejected.push({ file, position, problem });
  const groups = groupsOf(batch);
  archive.db
    .transaction(() => {
      for (const { source, accountId, records } of groups) {
        const account = accountFor(archive, accountId, source, clock.now());
        const context = { account, source, receivedAt: batch.receivedAt, via: 'import' as const };
        for (const { outcome } of ingest(archive.db, records, context)) result[outcome]++;
      }
    })
    .immediate();
}

function groupsOf({ records, places }: SavedBatch): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const [index, { source, accountId }] of places.entries()) {
    const record = records[index];
    if (record === undefined) throw new Error('A saved record has a place and no content.');
    const key = `${source}:${accountId}`;
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = { source, accountId, records: [] }));
    group.records.push(record);
  }
  return groups.values();
}

/** Records of an account that is not connected make one that cannot sync, until it is given credentials. */
function accountFor(archive: ArchiveWriter, accountId: string, source: Source, now: number): StoredAccount {
  const known = listAccounts(archive.db, { removed: true }).find((account) => account.accountId === accountId);
  if (known !== undefined) return known;
  const settings = accountSettingsSchema.parse({ accountId, sources: [source] });
  return addAccount(archive.db, settings, 'none', { demo: false, now });
}

async function refuseUnreadable(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (error) {
    throw toArchiveError(error);
  }
  throw new ArchiveError('path-unavailable', `${file} is not a file.`, {
    hint: 'Name the files to import one by one.',
  });
}
