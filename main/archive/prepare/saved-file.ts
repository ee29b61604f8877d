import { readFileSync } from 'node:fs';
import { accountIdSchema, type Source } from '../../../preload/model.ts';
import { decodeSaved } from '../liveperson/decode.ts';
import { readSavedRecords, type SavedRecord } from '../liveperson/saved-records.ts';
import { asObject } from '../liveperson/values.ts';
import { toArchiveError } from '../store/sqlite-error.ts';
import type { ReadyRecord } from './pack.ts';
import { prepareRecords, type RecordToPrepare } from './prepare.ts';

export interface RejectedRecord {
  position: number;
  problem: string;
}

/** Some records of a saved file, ready for the store. */
export interface SavedBatch {
  records: ReadyRecord[];
  /** For each record. */
  places: { source: Source; accountId: string }[];
  rejected: RejectedRecord[];
  receivedAt: number;
  /** Where the next batch starts; null after the last one. */
  next: number | null;
}

const recordsPerBatch = 500;

/** A file of saved API responses, read in batches. */
export class SavedFile {
  readonly #saved: SavedRecord[];

  /** @throws ArchiveError path-unavailable */
  constructor(file: string) {
    try {
      this.#saved = readSavedRecords(readFileSync(file));
    } catch (error) {
      throw toArchiveError(error);
    }
  }

  batch(from: number, receivedAt: number): SavedBatch {
    const accepted: RecordToPrepare[] = [];
    const rejected: RejectedRecord[] = [];
    const to = from + recordsPerBatch;
    for (const saved of this.#saved.slice(from, to)) {
      const record = accept(saved);
      if (typeof record === 'string') rejected.push({ position: saved.position, problem: record });
      else accepted.push(record);
    }
    const prepared = prepareRecords(accepted, receivedAt);
    return {
      records: accepted.flatMap(({ original, conversation }, index) => {
        const ready = prepared[index];
        return ready === undefined ? [] : [{ original, conversation, prepared: ready }];
      }),
      places: accepted.map(({ source, accountId }) => ({ source, accountId })),
      rejected,
      receivedAt,
      next: to < this.#saved.length ? to : null,
    };
  }
}

/** The record with its place, or why it cannot be taken in. */
function accept({ source, original, problem }: SavedRecord): RecordToPrepare | string {
  if (source === null) return problem ?? 'This is not a record of either LivePerson API.';
  try {
    const { conversation, record, plain } = decodeSaved(source, original);
    const accountId = accountIdSchema.safeParse(accountNamed(record));
    if (!accountId.success) return 'The record does not say to which account it belongs.';
    return { source, accountId: accountId.data, original, plain, conversation };
  } catch (error) {
    return toArchiveError(error).message;
  }
}

/** `info.accountId` of a chat, `info.brandId` of a messaging conversation: text, or in old records a number. */
function accountNamed(record: unknown): string | undefined {
  const info = asObject(asObject(record)['info']);
  const id = info['accountId'] ?? info['brandId'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
