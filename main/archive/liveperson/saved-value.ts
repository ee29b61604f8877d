import type { Source } from '../../../preload/model.ts';
import { asBuffer, decodeUtf8, parseLosslessly, sliceElements, sliceMember, startOfValue } from './json-text.ts';
import { recordArrays } from './pages.ts';
import { asArray, asObject, idOf } from './values.ts';

/** A record of a saved file, before it is known where it stands. */
export interface SavedValue {
  /** Told from the record itself; null when it is a record of neither API. */
  source: Source | null;
  /** Exact bytes of the record's JSON text; none where they could not be told apart. */
  original: Uint8Array;
  /** Why it cannot be taken in, in words; null for a record of a known source. */
  problem: string | null;
}

/** The names under which pages hold their records. */
export const arrayNames: readonly string[] = Object.values(recordArrays);

/** The records in one JSON value at hand: a page, an array of records or pages, or one record. */
export function recordsIn(value: unknown, bytes: Buffer, mayBeArray: boolean): SavedValue[] {
  if (Array.isArray(value) && mayBeArray) {
    const slices = sliceElements(bytes, startOfValue(bytes));
    return slices.flatMap((slice, index) => recordsIn((value as readonly unknown[])[index], asBuffer(slice), false));
  }
  const object = asObject(value);
  const arrays = Object.keys(object).filter((name) => arrayNames.includes(name) && Array.isArray(object[name]));
  if (arrays.length === 0) return [savedRecord(value, trimmed(bytes))];
  return arrays.flatMap((name) => {
    const slices = sliceMember(bytes, name) ?? [];
    return asArray(object[name]).map((record, index) => savedRecord(record, slices[index] ?? new Uint8Array()));
  });
}

/** One value taken for a record. */
export function savedRecord(value: unknown, original: Uint8Array): SavedValue {
  const source = sourceOf(value);
  if (source !== null) return { source, original, problem: null };
  return { source, original, problem: 'This is not a record of either LivePerson API: it has no id in "info".' };
}

function sourceOf(value: unknown): Source | null {
  const info = asObject(asObject(value)['info']);
  if (idOf(info['conversationId']) !== null) return 'messaging';
  if (idOf(info['engagementId']) !== null) return 'chat';
  return null;
}

/** Without byte order mark and blanks. */
export function trimmed(bytes: Buffer): Buffer {
  const from = startOfValue(bytes);
  let end = bytes.length;
  while (end > from && [0x20, 0x0a, 0x0d, 0x09].includes(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.subarray(from, end);
}

/** Null: it is no JSON. */
export function parse(bytes: Buffer): { value: unknown } | null {
  try {
    return { value: parseLosslessly(decodeUtf8(bytes)) };
  } catch {
    return null;
  }
}
