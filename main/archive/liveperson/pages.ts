import { ArchiveError } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import { decodeParsed, deletionMarker } from './decode.ts';
import type { ReceivedRecord } from './decoded.ts';
import { asBuffer, decodeUtf8, parseLosslessly, sliceElements, startOfMember } from './json-text.ts';
import { asArray, asObject, booleanOf, numberOf } from './values.ts';

/** Where each API puts its records. */
export const recordArrays: Readonly<Record<Source, string>> = {
  chat: 'interactionHistoryRecords',
  messaging: 'conversationHistoryRecords',
};

/** One answer of a history API, taken apart without changing a byte. */
export interface AnswerPage {
  /** `_metadata.count`; where that is missing, the number of records. */
  count: number;
  /** `_metadata.count` was there and is a number. */
  counted: boolean;
  /** The record array was there. */
  listed: boolean;
  partial: boolean;
  records: ReceivedRecord[];
  unidentified: Uint8Array[];
}

/**
 * Takes one answer apart. Each record's original is a slice of the body, byte for byte.
 *
 * Throws ArchiveError `source-changed` when the body is not a JSON object.
 */
export function readPage(source: Source, body: Uint8Array): AnswerPage {
  const bytes = asBuffer(body);
  let parsed: unknown;
  try {
    parsed = parseLosslessly(decodeUtf8(bytes));
  } catch (error) {
    throw new ArchiveError('source-changed', 'The answer of LivePerson is cut short or not JSON.', {
      retryable: true,
      cause: error,
    });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ArchiveError('source-changed', 'The answer of LivePerson is not a page of records.', { retryable: true });
  }
  const page = asObject(parsed);
  const metadata = asObject(page['_metadata'] ?? page['metadata']);
  const values = page[recordArrays[source]];
  const listed = Array.isArray(values);
  const slices = listed ? sliceElements(bytes, startOfMember(bytes, recordArrays[source])) : [];
  const records: ReceivedRecord[] = [];
  const unidentified: Uint8Array[] = [];
  for (const [index, value] of asArray(values).entries()) {
    const original = slices[index];
    if (original === undefined) throw new Error('The scanner and JSON.parse disagree about the number of records.');
    try {
      const erased = Buffer.from(original.buffer, original.byteOffset, original.byteLength).includes(deletionMarker);
      records.push({ original, conversation: decodeParsed(source, value, erased) });
    } catch {
      // Kept aside rather than dropped or stopping the sync: one odd record must not cost all the others.
      unidentified.push(original);
    }
  }
  const count = numberOf(metadata['count']);
  const counted = count !== null && Number.isSafeInteger(count) && count >= 0;
  return {
    count: counted ? count : asArray(values).length,
    counted,
    listed,
    partial: booleanOf(asObject(metadata['shardsStatusResult'])['partialResult']) === true,
    records,
    unidentified,
  };
}

export { readSavedRecords, type SavedRecord } from './saved-records.ts';
