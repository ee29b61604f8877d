import type { ErrorValue } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import { type AnswerFacts, type Element, takeApart } from '../liveperson/pages.ts';
import { packRecords, type PackedRecords, type ReadyRecord } from './pack.ts';
import { prepareRecords, type RecordToPrepare } from './prepare.ts';
import { SavedFile, type SavedBatch } from './saved-file.ts';

/** What a preparing thread is asked to do. One question at a time is answered, in the order of asking. */
export type Task =
  | { kind: 'page'; source: Source; accountId: string; body: Uint8Array; receivedAt: number }
  /** Opens a saved file, or goes on with the one that is open. */
  | { kind: 'file'; file: string; from: number; receivedAt: number };

export interface PreparedPage extends AnswerFacts {
  records: ReadyRecord[];
  unidentified: Uint8Array[];
}

export interface PackedPage extends AnswerFacts {
  packed: PackedRecords;
  unidentified: Uint8Array[];
}

export interface PackedBatch extends Omit<SavedBatch, 'records'> {
  packed: PackedRecords;
}

export type Outcome = { page: PackedPage } | { batch: PackedBatch } | { error: ErrorValue };

/** Takes an answer apart and computes what the store will need of its records. @throws like `readPage` */
export function preparePage(source: Source, accountId: string, body: Uint8Array, receivedAt: number): PreparedPage {
  const { facts, elements } = takeApart(source, body);
  const wanted = elements.flatMap((element): RecordToPrepare[] => {
    const { original, plain, conversation } = element;
    return conversation === null ? [] : [{ source, accountId, original, plain, conversation }];
  });
  const prepared = prepareRecords(wanted, receivedAt);
  return {
    ...facts,
    records: wanted.flatMap(({ original, conversation }, index) => {
      const ready = prepared[index];
      return ready === undefined ? [] : [{ original, conversation, prepared: ready }];
    }),
    unidentified: elements.filter(isUnidentified).map(({ original }) => original),
  };
}

function isUnidentified({ conversation }: Element): boolean {
  return conversation === null;
}

export function packPage({ records, unidentified, ...facts }: PreparedPage): PackedPage {
  // Copied: a view would take all of the answer along.
  const copies = unidentified.map((original) => new Uint8Array(original));
  return { ...facts, packed: packRecords(records), unidentified: copies };
}

export function packBatch({ records, ...batch }: SavedBatch): PackedBatch {
  return { ...batch, packed: packRecords(records) };
}

let open: { file: string; saved: SavedFile } | null = null;

/** The next records of a saved file from number `from` on; the file is let go of after its last ones. */
export function nextBatch(file: string, from: number, receivedAt: number): SavedBatch {
  if (open?.file !== file || from === 0) open = { file, saved: new SavedFile(file) };
  open.saved.skipTo(from);
  const batch = open.saved.batch(receivedAt);
  if (batch.next === null) open = null;
  return batch;
}
