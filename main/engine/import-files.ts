import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { ArchiveError } from '../../preload/errors.ts';
import { accountIdSchema, accountSettingsSchema, type ImportResult, type Source } from '../../preload/model.ts';
import type { Clock } from '../archive/clock.ts';
import { decodeRecord } from '../archive/liveperson/decode.ts';
import type { ReceivedRecord } from '../archive/liveperson/decoded.ts';
import { readSavedRecords, type SavedRecord } from '../archive/liveperson/saved-records.ts';
import { addAccount, listAccounts, type StoredAccount } from '../archive/store/accounts.ts';
import type { ArchiveWriter } from '../archive/store/database.ts';
import { ingest } from '../archive/store/ingest.ts';
import { toArchiveError } from '../archive/store/sqlite-error.ts';
import type { JobProgress } from './jobs.ts';

export interface ImportOptions {
  clock: Clock;
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
  /** After each commit. */
  onChanged: () => void;
}

const recordsPerTransaction = 500;

/** A record that can be taken in, and where it goes. */
interface Accepted {
  source: Source;
  accountId: string;
  received: ReceivedRecord;
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
    const saved = readSavedRecords(await readFile(file));
    for (let from = 0; from < saved.length; from += recordsPerTransaction) {
      signal.throwIfAborted();
      importBatch(archive, file, saved.slice(from, from + recordsPerTransaction), options.clock, result);
      onChanged();
      onProgress({ phase, done: result.records, total: null, unit: 'records' });
      // Lets calls and a cancellation in between two transactions.
      await new Promise((resolve) => setImmediate(resolve));
    }
    result.files++;
  }
  return result;
}

function importBatch(
  archive: ArchiveWriter,
  file: string,
  saved: readonly SavedRecord[],
  clock: Clock,
  result: ImportResult,
): void {
  const groups = new Map<string, Accepted[]>();
  for (const record of saved) {
    result.records++;
    const accepted = accept(record);
    if (typeof accepted === 'string') {
      result.rejected.push({ file, position: record.position, problem: accepted });
      continue;
    }
    const key = `${accepted.source}:${accepted.accountId}`;
    groups.set(key, [...(groups.get(key) ?? []), accepted]);
  }
  archive.db
    .transaction(() => {
      for (const [first, ...rest] of groups.values()) {
        if (first === undefined) continue;
        const { source, accountId } = first;
        const account = accountFor(archive, accountId, source, clock.now());
        const context = { account, source, receivedAt: clock.now(), via: 'import' as const };
        const records = [first, ...rest].map(({ received }) => received);
        for (const { outcome } of ingest(archive.db, records, context)) result[outcome]++;
      }
    })
    .immediate();
}

/** The record with its place, or why it cannot be taken in. */
function accept({ source, original, problem }: SavedRecord): Accepted | string {
  if (source === null) return problem ?? 'This is not a record of either LivePerson API.';
  const accountId = accountIdSchema.safeParse(accountNamed(original));
  if (!accountId.success) return 'The record does not say to which account it belongs.';
  try {
    return { source, accountId: accountId.data, received: { original, conversation: decodeRecord(source, original) } };
  } catch (error) {
    return toArchiveError(error).message;
  }
}

/** `info.accountId` of a chat, `info.brandId` of a messaging conversation: text, or in old records a number. */
function accountNamed(original: Uint8Array): string | undefined {
  const { info } = JSON.parse(new TextDecoder().decode(original)) as { info?: Record<string, unknown> };
  const id = info?.['accountId'] ?? info?.['brandId'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
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
