import type { Source } from '../../../preload/model.ts';
import { asBuffer, decodeUtf8, parseLosslessly, sliceElements, sliceMember, startOfValue } from './json-text.ts';
import { asArray, asObject, idOf } from './values.ts';

/** One record of a saved file. */
export interface SavedRecord {
  /** Told from the record itself; null when it is a record of neither API. */
  source: Source | null;
  /** Exact bytes of the record's JSON text. */
  original: Uint8Array;
  /** From 1: the line of NDJSON, or the place in the array. */
  position: number;
  /** Why it cannot be taken in, in words; null for a record of a known source. */
  problem: string | null;
}

/** V8 holds strings of at most half a gigabyte: larger files are read line by line only. */
const longestDocument = 400 * 1024 * 1024;

function sourceOf(value: unknown): Source | null {
  const record = asObject(value);
  const info = asObject(record['info']);
  if (idOf(info['conversationId']) !== null) return 'messaging';
  if (idOf(info['engagementId']) !== null) return 'chat';
  return null;
}

function savedRecord(value: unknown, original: Uint8Array, position: number): SavedRecord {
  const source = sourceOf(value);
  const problem = source === null ? 'This is not a record of either LivePerson API: it has no id in "info".' : null;
  return { source, original, position, problem };
}

function trimmed(bytes: Buffer): Buffer {
  const start = startOfValue(bytes);
  let end = bytes.length;
  while (end > start && [0x20, 0x0a, 0x0d, 0x09].includes(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.subarray(start, end);
}

/** The records in one JSON document: a page, an array of records or pages, or one record. */
function recordsIn(value: unknown, bytes: Buffer, firstPosition: number, depth = 0): SavedRecord[] {
  if (Array.isArray(value) && depth === 0) {
    const slices = sliceElements(bytes, startOfValue(bytes));
    let position = firstPosition;
    return slices.flatMap((slice, index) => {
      const records = recordsIn((value as readonly unknown[])[index], asBuffer(slice), position, depth + 1);
      position += Math.max(1, records.length);
      return records;
    });
  }
  const object = asObject(value);
  const arrays = ['interactionHistoryRecords', 'conversationHistoryRecords'].filter((key) =>
    Array.isArray(object[key]),
  );
  if (arrays.length === 0) return [savedRecord(value, trimmed(bytes), firstPosition)];
  return arrays.flatMap((key) => {
    const slices = sliceMember(bytes, key) ?? [];
    return asArray(object[key]).map((record, index) =>
      savedRecord(record, slices[index] ?? new Uint8Array(), firstPosition + index),
    );
  });
}

function parse(bytes: Buffer): { value: unknown } | null {
  if (bytes.length > longestDocument) return null;
  try {
    return { value: parseLosslessly(decodeUtf8(bytes)) };
  } catch {
    return null;
  }
}

function readLines(bytes: Buffer): { records: SavedRecord[]; readable: number } {
  const records: SavedRecord[] = [];
  let readable = 0;
  let line = 0;
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(0x0a, from);
    const to = newline === -1 ? bytes.length : newline;
    const original = trimmed(bytes.subarray(from, to));
    from = to + 1;
    line += 1;
    if (original.length === 0) continue;
    const parsed = parse(original);
    if (parsed === null) {
      records.push({ source: null, original, position: line, problem: 'This line is not valid JSON.' });
      continue;
    }
    readable += 1;
    const position = line;
    records.push(...recordsIn(parsed.value, original, position).map((record) => ({ ...record, position })));
  }
  return { records, readable };
}

/**
 * Records saved from either API, as one response page, an array, a single record, or NDJSON of any of these.
 * What cannot be read is returned with its position and the problem in words, never skipped.
 */
export function readSavedRecords(bytes: Uint8Array): SavedRecord[] {
  const buffer = asBuffer(bytes);
  const whole = parse(buffer);
  if (whole !== null) return recordsIn(whole.value, buffer, 1);
  const { records, readable } = readLines(buffer);
  // Not one readable line: a damaged document, not NDJSON. One problem says so better than thousands.
  if (readable === 0 && records.length > 1) {
    const problem = 'The file is neither valid JSON nor one JSON record a line.';
    return [{ source: null, original: trimmed(buffer), position: 1, problem }];
  }
  return records;
}
