/**
 * JSON as text and bytes. Originals are evidence: they are cut out of the answer, never written anew, and their
 * numbers are read without losing digits.
 */
const quote = 0x22;
const backslash = 0x5c;

/** Most strings are short: their end is looked for here before the runtime is called. */
const shortString = 100;

/** Index after the closing quote of the string that starts at `start`. */
function endOfString(bytes: Buffer, start: number): number {
  const short = Math.min(bytes.length, start + shortString);
  let at = start + 1;
  while (at < short) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    at += byte === backslash ? 2 : 1;
  }
  for (;;) {
    const end = bytes.indexOf(quote, at);
    if (end === -1) return bytes.length;
    let before = end - 1;
    while (before >= at && bytes[before] === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end + 1;
    at = end + 1;
  }
}

/** Space, tab or the end of a line. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function skipBlanks(bytes: Buffer, start: number): number {
  let at = start;
  while (isBlank(bytes[at])) at += 1;
  return at;
}

/** Index after the value that starts at `start`. Counts brackets instead of calling itself: depth is the sender's choice. */
function endOfValue(bytes: Buffer, start: number): number {
  const first = bytes[start];
  if (first === quote) return endOfString(bytes, start);
  let at = start;
  if (first !== 0x7b && first !== 0x5b) {
    while (at < bytes.length && !isBlank(bytes[at]) && bytes[at] !== 0x2c && bytes[at] !== 0x7d && bytes[at] !== 0x5d) {
      at += 1;
    }
    return at;
  }
  let depth = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === quote) {
      at = endOfString(bytes, at);
      continue;
    }
    at += 1;
    if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return at;
}

/** The bytes as a Buffer over the same memory. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Where the JSON value of a text starts: after a byte order mark and blanks. */
export function startOfValue(bytes: Buffer): number {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return skipBlanks(bytes, mark);
}

/** Exact bytes of each element of the array at `start`. The bytes must be valid JSON. */
export function sliceElements(bytes: Buffer, start: number): Uint8Array[] {
  return bytes[start] === 0x5b ? scanArray(bytes, start).slices : [];
}

/** The elements of the array at `start`, and where it ends. */
function scanArray(bytes: Buffer, start: number): { slices: Uint8Array[]; end: number } {
  const slices: Uint8Array[] = [];
  let at = skipBlanks(bytes, start + 1);
  while (at < bytes.length && bytes[at] !== 0x5d) {
    const end = endOfValue(bytes, at);
    slices.push(bytes.subarray(at, end));
    at = skipBlanks(bytes, end);
    if (bytes[at] === 0x2c) at = skipBlanks(bytes, at + 1);
  }
  return { slices, end: at + 1 };
}

/**
 * Exact bytes of each element of the array that a top-level member holds; of the last one, as JSON.parse takes it, where
 * a name is given twice. Null without such a member, or when it holds no array. The bytes must be valid JSON.
 */
export function sliceMember(bytes: Buffer, key: string): Uint8Array[] | null {
  let at = startOfValue(bytes);
  if (bytes[at] !== 0x7b) return null;
  let found: Uint8Array[] | null = null;
  at = skipBlanks(bytes, at + 1);
  while (at < bytes.length && bytes[at] === quote) {
    const endOfKey = endOfString(bytes, at);
    const name: unknown = JSON.parse(bytes.toString('utf8', at, endOfKey));
    const colon = skipBlanks(bytes, endOfKey);
    const value = skipBlanks(bytes, colon + 1);
    let end: number;
    if (name === key && bytes[value] === 0x5b) ({ slices: found, end } = scanArray(bytes, value));
    else {
      if (name === key) found = null;
      end = endOfValue(bytes, value);
    }
    at = skipBlanks(bytes, end);
    if (bytes[at] === 0x2c) at = skipBlanks(bytes, at + 1);
  }
  return found;
}

/** A number of 16 or more characters, where numbers can stand; rarely also words in a string, which costs time only. */
const longNumber = /(?:^|[:,[])\s*-?\d[\d.]{15}/u;
/** Sixteen digits or points in a row cover each sixteenth place: looking at those first spares most of the text. */
function mayHoldLongNumber(text: string): boolean {
  return sixteenDigits(text.length, (at) => text.charCodeAt(at));
}

/** False for JSON in which all numbers are short; hardly ever true for other JSON, which costs time only. */
export function holdsLongNumber(text: string): boolean {
  return mayHoldLongNumber(text) && longNumber.test(text);
}

/** The same question at its cheapest, about bytes: ids and telephone numbers within strings are taken for numbers. */
export function mayHoldLongNumberIn(bytes: Uint8Array): boolean {
  return sixteenDigits(bytes.length, (at) => bytes[at] ?? 0);
}

function sixteenDigits(length: number, codeAt: (at: number) => number): boolean {
  const isPart = (at: number) => {
    const code = codeAt(at);
    return (code >= 0x30 && code <= 0x39) || code === 0x2e;
  };
  for (let at = 15; at < length; at += 16) {
    if (!isPart(at)) continue;
    let from = at;
    while (isPart(from - 1)) from -= 1;
    let to = at + 1;
    while (isPart(to)) to += 1;
    if (to - from >= 16) return true;
  }
  return false;
}

const numberAt = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;

function indexAfterString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end === -1) return text.length;
    let before = end - 1;
    while (before > start && text.charCodeAt(before) === backslash) before -= 1;
    if ((end - before) % 2 === 1) return end + 1;
    at = end + 1;
  }
}

/** Puts quotes around numbers that a double cannot hold. */
function quoteLongNumbers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = indexAfterString(text, at);
      continue;
    }
    if (code !== 0x2d && (code < 0x30 || code > 0x39)) {
      at += 1;
      continue;
    }
    numberAt.lastIndex = at;
    const token = numberAt.exec(text)?.[0] ?? text[at] ?? '';
    if (token.length > 15 && String(Number(token)) !== token) {
      parts.push(text.slice(copied, at), `"${token}"`);
      copied = at + token.length;
    }
    at += token.length;
  }
  parts.push(text.slice(copied));
  return parts.join('');
}

/**
 * JSON.parse, except that numbers which a double cannot hold arrive as text: ids have up to 19 digits.
 * Throws SyntaxError like JSON.parse, also for texts that only quoting would have made valid.
 */
export function parseLosslessly(text: string): unknown {
  return parseBothWays(text).lossless;
}

/** What JSON.parse makes of a text, and the same with long numbers as text: one value where there are none. */
export function parseBothWays(text: string): { plain: unknown; lossless: unknown } {
  const plain = JSON.parse(text) as unknown;
  if (!holdsLongNumber(text)) return { plain, lossless: plain };
  return { plain, lossless: JSON.parse(quoteLongNumbers(text)) as unknown };
}

const utf8 = new TextDecoder('utf-8');

export function decodeUtf8(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}
