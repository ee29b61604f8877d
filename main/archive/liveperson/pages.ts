import { isUtf8 } from 'node:buffer';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Source } from '../../../preload/model.ts';
import { decodeParsed, deletionMarker } from './decode.ts';
import type { DecodedConversation, ReceivedRecord } from './decoded.ts';
import {
  asBuffer,
  decodeUtf8,
  holdsLongNumber,
  mayHoldLongNumberIn,
  parseLosslessly,
  sliceMember,
} from './json-text.ts';
import { asArray, asObject, booleanOf, type JsonObject, numberOf } from './values.ts';

/** Where each API puts its records. */
export const recordArrays: Readonly<Record<Source, string>> = {
  chat: 'interactionHistoryRecords',
  messaging: 'conversationHistoryRecords',
};

/** What an answer says beside its records. */
export interface AnswerFacts {
  /** `_metadata.count`; where that is missing, the number of records. */
  count: number;
  /** `_metadata.count` was there and is a number. */
  counted: boolean;
  /** The record array was there. */
  listed: boolean;
  partial: boolean;
}

/** One answer of a history API, taken apart without changing a byte. */
export interface AnswerPage extends AnswerFacts {
  records: ReceivedRecord[];
  unidentified: Uint8Array[];
}

/** @param receivedAt when the answer was there: what the archive says about when it received the records */
export type ReadPage = (source: Source, body: Uint8Array, receivedAt: number) => AnswerPage | Promise<AnswerPage>;

/** One element of the record array. */
export interface Element {
  original: Uint8Array;
  /** As JSON.parse has it; undefined where the bytes may say something else to another reader. */
  plain: unknown;
  /** Null: kept aside rather than dropped or stopping the sync. One odd record must not cost all the others. */
  conversation: DecodedConversation | null;
}

/**
 * Takes one answer apart. Each record's original is a slice of the body, byte for byte.
 *
 * Throws ArchiveError `source-changed` when the body is not a JSON object.
 */
export function readPage(source: Source, body: Uint8Array): AnswerPage {
  const { facts, elements } = takeApart(source, body);
  const records: ReceivedRecord[] = [];
  const unidentified: Uint8Array[] = [];
  for (const { original, conversation } of elements) {
    if (conversation === null) unidentified.push(original);
    else records.push({ original, conversation });
  }
  return { ...facts, records, unidentified };
}

/** Like `readPage`, with the parsed values, for those who go on with them. */
export function takeApart(source: Source, body: Uint8Array): { facts: AnswerFacts; elements: Element[] } {
  const bytes = asBuffer(body);
  const page = parsePage(bytes);
  const metadata = asObject(page['_metadata'] ?? page['metadata']);
  const listed = Array.isArray(page[recordArrays[source]]);
  const values = asArray(page[recordArrays[source]]);
  const plain = isUtf8(bytes) ? values : [];
  const slices = listed ? (sliceMember(bytes, recordArrays[source]) ?? []) : [];
  if (slices.length !== values.length) {
    throw new Error('The scanner and JSON.parse disagree about the number of records.');
  }
  const anyErased = bytes.includes(deletionMarker);
  const elements = slices.map((original, index): Element => {
    const erased = anyErased && asBuffer(original).includes(deletionMarker);
    // Ids of more digits than a double holds are rare: only the records that have some are read once more.
    const text = mayHoldLongNumberIn(original) ? decodeUtf8(original) : '';
    const value = holdsLongNumber(text) ? parseLosslessly(text) : values[index];
    return { original, plain: plain[index], conversation: decodeOrNull(source, value, erased) };
  });
  const count = numberOf(metadata['count']);
  const counted = count !== null && Number.isSafeInteger(count) && count >= 0;
  const partial = booleanOf(asObject(metadata['shardsStatusResult'])['partialResult']) === true;
  return { facts: { count: counted ? count : values.length, counted, listed, partial }, elements };
}

function parsePage(bytes: Buffer): JsonObject {
  let page: unknown;
  try {
    page = JSON.parse(decodeUtf8(bytes));
  } catch (error) {
    throw new ArchiveError('source-changed', 'The answer of LivePerson is cut short or not JSON.', {
      retryable: true,
      cause: error,
    });
  }
  if (typeof page !== 'object' || page === null || Array.isArray(page)) {
    throw new ArchiveError('source-changed', 'The answer of LivePerson is not a page of records.', { retryable: true });
  }
  return asObject(page);
}

function decodeOrNull(source: Source, value: unknown, erased: boolean): DecodedConversation | null {
  try {
    return decodeParsed(source, value, erased);
  } catch {
    return null;
  }
}
