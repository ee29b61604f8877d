import { JsonWindow, type ReadBytes, type TakenValue } from './json-window.ts';
import { arrayNames, parse, recordsIn, savedRecord, trimmed, type SavedValue } from './saved-value.ts';

/** One record of a saved file. */
export interface SavedRecord extends SavedValue {
  /** From 1: the line of NDJSON, or the place in the array. */
  position: number;
}

export interface SavedLimits {
  /** Of one record, or one line. */
  recordBytes: number;
  /** Up to here a page is read in one go, which is faster. */
  pageBytes: number;
}

interface Reading {
  read: ReadBytes;
  limits: SavedLimits;
  /** Place of the record that comes next. */
  place: number;
  /** It was told that the rest of the file cannot be read. */
  broken: boolean;
}

const megabyte = 1024 * 1024;
const defaultLimits: SavedLimits = { recordBytes: 64 * megabyte, pageBytes: 8 * megabyte };
const [openBracket, closeBracket, openBrace, closeBrace, comma, colon] = [0x5b, 0x5d, 0x7b, 0x7d, 0x2c, 0x3a];

/**
 * Records saved from either API, as one response page, an array, a single record, or NDJSON of any of these, in files
 * of any length: no more is held than a record, or a page of common size. What cannot be read is given with its position
 * and the problem in words, never skipped.
 */
export function* savedRecords(read: ReadBytes, limits = defaultLimits): Generator<SavedRecord> {
  if (isDocument(read)) yield* recordsOfValue({ read, limits, place: 1, broken: false }, start(read), true);
  else yield* recordsOfLines(start(read), limits);
}

function start(read: ReadBytes): JsonWindow {
  const window = new JsonWindow(read);
  window.skipMark();
  return window;
}

/** One JSON value and nothing after it, or an array that was cut off; else the file is read line by line. */
function isDocument(read: ReadBytes): boolean {
  const window = start(read);
  const first = window.peek();
  if (first !== openBrace && first !== openBracket) return false;
  const whole = window.skipValue();
  return (whole || first === openBracket) && window.peek() === undefined;
}

/** The records of the value at which the window stands: a record, a page, or an array of both. */
function* recordsOfValue(reading: Reading, window: JsonWindow, mayBeArray: boolean): Generator<SavedRecord> {
  const first = window.peek();
  if (first === openBracket && mayBeArray) {
    yield* elements(reading, window, () => recordsOfValue(reading, window, false));
    return;
  }
  const { position } = window;
  const taken = window.takeValue(reading.limits.pageBytes);
  if (Buffer.isBuffer(taken)) yield* placed(reading, recordsOfText(taken));
  else if (first === openBrace) yield* recordsOfLargeObject(reading, position);
  else yield* oneRecord(reading, taken);
}

/** A page whose records are read one by one, as far as it goes, or else a record that is larger than most pages. */
function* recordsOfLargeObject(reading: Reading, position: number): Generator<SavedRecord> {
  const { read, limits } = reading;
  const window = new JsonWindow(read, position);
  let isPage = false;
  window.skipByte();
  for (let next = window.peek(); next !== undefined && next !== closeBrace; next = window.peek()) {
    if (next === comma) {
      window.skipByte();
      continue;
    }
    const name = window.takeValue(limits.pageBytes);
    if (window.peek() !== colon) break;
    window.skipByte();
    if (window.peek() === openBracket && isArrayName(name)) {
      isPage = true;
      yield* elements(reading, window, () => oneRecord(reading, window.takeValue(limits.recordBytes)));
    } else window.skipValue();
  }
  if (isPage) return;
  yield* oneRecord(reading, new JsonWindow(read, position).takeValue(limits.recordBytes));
}

function isArrayName(name: TakenValue): boolean {
  return Buffer.isBuffer(name) && arrayNames.includes(parse(name)?.value as string);
}

/** Walks over the array at which the window stands. */
function* elements(reading: Reading, window: JsonWindow, each: () => Iterable<SavedRecord>): Generator<SavedRecord> {
  window.skipByte();
  for (let next = window.peek(); next !== closeBracket; next = window.peek()) {
    if (next === comma) {
      window.skipByte();
      continue;
    }
    if (next === undefined || next === closeBrace || next === colon) {
      yield* oneRecord(reading, 'unfinished');
      return;
    }
    yield* each();
  }
  window.skipByte();
}

/** Gives each record the next place; something without any record takes one, too. */
function* placed(reading: Reading, found: readonly SavedValue[]): Generator<SavedRecord> {
  const from = reading.place;
  reading.place += Math.max(1, found.length);
  for (const [index, record] of found.entries()) yield { ...record, position: from + index };
}

function* recordsOfLines(window: JsonWindow, limits: SavedLimits): Generator<SavedRecord> {
  /** Lines before the first one that can be read: is it NDJSON at all? */
  let bad: number[] = [];
  let readable = false;
  let position = 0;
  for (let line = window.takeLine(limits.recordBytes); line !== null; line = window.takeLine(limits.recordBytes)) {
    position += 1;
    if (line === 'too-large') {
      yield { ...problem(tooLarge(limits)), position };
      continue;
    }
    const text = trimmed(line);
    if (text.length === 0) continue;
    const parsed = parse(text);
    if (parsed === null) {
      if (readable) yield { ...badLine, position };
      else bad.push(position);
      continue;
    }
    readable = true;
    for (const at of bad) yield { ...badLine, position: at };
    bad = [];
    for (const record of recordsIn(parsed.value, text, true)) yield { ...record, position };
  }
  // Not one readable line: a damaged document, not NDJSON. One problem says so better than thousands.
  if (bad.length > 1) yield { ...problem('The file is neither valid JSON nor one JSON record a line.'), position: 1 };
  else for (const at of bad) yield { ...badLine, position: at };
}

const badLine = problem('This line is not valid JSON.');

function problem(text: string): SavedValue {
  return { source: null, original: Buffer.alloc(0), problem: text };
}

function tooLarge({ recordBytes }: SavedLimits): string {
  return `It is larger than ${Math.max(1, Math.round(recordBytes / megabyte))} MB, which no record of LivePerson is.`;
}

/** What was taken for a record, or that nothing after it can be read: this is told once. */
function* oneRecord(reading: Reading, taken: TakenValue): Generator<SavedRecord> {
  if (taken === 'unfinished') {
    if (!reading.broken)
      yield* placed(reading, [problem('The file is damaged here; what comes after cannot be read.')]);
    reading.broken = true;
  } else if (taken === 'too-large') yield* placed(reading, [problem(tooLarge(reading.limits))]);
  else {
    const parsed = parse(taken);
    yield* placed(reading, [parsed === null ? problem('This is not valid JSON.') : savedRecord(parsed.value, taken)]);
  }
}

function recordsOfText(bytes: Buffer): SavedValue[] {
  const parsed = parse(bytes);
  return parsed === null ? [problem('This is not valid JSON.')] : recordsIn(parsed.value, bytes, false);
}
