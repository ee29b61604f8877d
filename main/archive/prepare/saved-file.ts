import { closeSync, openSync, readSync } from 'node:fs';
import { accountIdSchema, type Source } from '../../../preload/model.ts';
import { decodeSaved } from '../liveperson/decode.ts';
import { savedRecords, type SavedRecord } from '../liveperson/saved-records.ts';
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
/** Large records get smaller batches: what is prepared lies in memory twice. */
const bytesPerBatch = 4 * 1024 * 1024;

/**
 * A file of saved API responses, read from its beginning to its end in batches. It is not kept open in between, so that
 * nothing is left behind by who stops half-way.
 */
export class SavedFile {
  readonly #records: Iterator<SavedRecord, void>;
  /** Read ahead, to know whether there is another batch. */
  #ahead: IteratorResult<SavedRecord, void>;
  #taken = 0;

  /** @throws ArchiveError path-unavailable, like `batch` */
  constructor(file: string) {
    this.#records = savedRecords((position, length) => readPart(file, position, length));
    this.#ahead = this.#next();
  }

  /** Goes on to the record of this number: after the thread that had read up to there is gone. */
  skipTo(number: number): void {
    while (this.#taken < number && this.#ahead.done !== true) this.#advance();
  }

  batch(receivedAt: number): SavedBatch {
    const accepted: RecordToPrepare[] = [];
    const rejected: RejectedRecord[] = [];
    let bytes = 0;
    for (let count = 0; count < recordsPerBatch && bytes < bytesPerBatch && this.#ahead.done !== true; count += 1) {
      const saved = this.#ahead.value;
      const record = accept(saved);
      if (typeof record === 'string') rejected.push({ position: saved.position, problem: record });
      else accepted.push(record);
      bytes += saved.original.length;
      this.#advance();
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
      next: this.#ahead.done === true ? null : this.#taken,
    };
  }

  #advance(): void {
    this.#taken += 1;
    this.#ahead = this.#next();
  }

  #next(): IteratorResult<SavedRecord, void> {
    try {
      return this.#records.next();
    } catch (error) {
      throw toArchiveError(error);
    }
  }
}

function readPart(file: string, position: number, length: number): Uint8Array {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(length);
    return bytes.subarray(0, readSync(handle, bytes, 0, length, position));
  } finally {
    closeSync(handle);
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
