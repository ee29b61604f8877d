import { asBuffer, isBlank } from './json-text.ts';

/**
 * A window that moves over JSON text of any length and holds no more of it than the value that is looked at. It finds
 * where values end by their brackets and quotes; whether they are JSON is for JSON.parse to say.
 */
const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;
const chunkBytes = 1024 * 1024;

/** The bytes from a position on: at most so many, fewer near the end, none after it. */
export type ReadBytes = (position: number, length: number) => Uint8Array;

/** A value's bytes, or why there are none: it is longer than was allowed, or the text ends within it. */
export type TakenValue = Buffer | 'too-large' | 'unfinished';

/** Looks for the end of one value, however many pieces it comes in. */
class ValueEnd {
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** A string with a line break in it: that is no JSON, and tells lines from a document. */
  brokenString = false;

  /** Index after the value, or -1 when it goes on after these bytes. */
  find(bytes: Buffer, from: number): number {
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (this.#escaped) this.#escaped = false;
      else if (this.#inString) {
        if (byte === backslash) this.#escaped = true;
        else if (byte === newline) this.brokenString = true;
        else if (byte === quote) {
          this.#inString = false;
          if (this.#depth === 0) return at + 1;
        }
      } else if (byte === quote) this.#inString = true;
      else if (byte === 0x7b || byte === 0x5b) this.#depth += 1;
      else if (byte === 0x7d || byte === 0x5d) {
        if (this.#depth === 0) return at;
        this.#depth -= 1;
        if (this.#depth === 0) return at + 1;
      } else if (this.#depth === 0 && (byte === 0x2c || byte === 0x3a || isBlank(byte))) return at;
    }
    return -1;
  }

  /** Numbers and words end where the text does. */
  get mayEndHere(): boolean {
    return this.#depth === 0 && !this.#inString;
  }
}

export class JsonWindow {
  readonly #read: ReadBytes;
  #bytes: Buffer = Buffer.alloc(0);
  /** Where the bytes lie in the text. */
  #base: number;
  #at = 0;
  #ended = false;

  constructor(read: ReadBytes, position = 0) {
    this.#read = read;
    this.#base = position;
  }

  get position(): number {
    return this.#base + this.#at;
  }

  /** The next byte that is not blank; undefined at the end of the text. */
  peek(): number | undefined {
    for (;;) {
      while (isBlank(this.#bytes[this.#at])) this.#at += 1;
      if (this.#at < this.#bytes.length) return this.#bytes[this.#at];
      if (!this.#more(this.#at)) return undefined;
    }
  }

  /** Passes a byte order mark at the very beginning. */
  skipMark(): void {
    this.#more(this.#at);
    if (this.#bytes[0] === 0xef && this.#bytes[1] === 0xbb && this.#bytes[2] === 0xbf) this.#at = 3;
  }

  skipByte(): void {
    this.#at += 1;
  }

  /** The value that begins here, of at most `limit` bytes; the window is behind it afterwards. */
  takeValue(limit: number): TakenValue {
    const end = new ValueEnd();
    let tooLarge = false;
    let start = this.#at;
    let from = start;
    for (;;) {
      const found = end.find(this.#bytes, from);
      const last = found === -1 ? this.#bytes.length : found;
      tooLarge ||= last - start > limit;
      if (found !== -1) {
        this.#at = found;
        return tooLarge ? 'too-large' : this.#bytes.subarray(start, found);
      }
      if (tooLarge) start = last;
      const held = last - start;
      if (!this.#more(start)) {
        this.#at = this.#bytes.length;
        if (!end.mayEndHere) return 'unfinished';
        return tooLarge ? 'too-large' : this.#bytes;
      }
      start = 0;
      from = held;
    }
  }

  /** Passes the value that begins here. False when the text ends within it, or a string in it goes over lines. */
  skipValue(): boolean {
    const end = new ValueEnd();
    for (;;) {
      const found = end.find(this.#bytes, this.#at);
      if (end.brokenString) return false;
      this.#at = found === -1 ? this.#bytes.length : found;
      if (found !== -1) return true;
      if (!this.#more(this.#at)) return end.mayEndHere;
    }
  }

  /** The line that begins here without its end; null after the last one. */
  takeLine(limit: number): Buffer | 'too-large' | null {
    let tooLarge = false;
    let start = this.#at;
    let from = start;
    for (;;) {
      const found = this.#bytes.indexOf(newline, from);
      const last = found === -1 ? this.#bytes.length : found;
      tooLarge ||= last - start > limit;
      if (found !== -1) {
        this.#at = found + 1;
        return tooLarge ? 'too-large' : this.#bytes.subarray(start, found);
      }
      if (tooLarge) start = last;
      const held = last - start;
      if (!this.#more(start)) {
        this.#at = this.#bytes.length;
        if (tooLarge) return 'too-large';
        return held === 0 ? null : this.#bytes;
      }
      start = 0;
      from = held;
    }
  }

  /** Reads on, and lets go of what lies before `keepFrom`, which is 0 from then on. Views that were given out stay. */
  #more(keepFrom: number): boolean {
    const kept = this.#bytes.subarray(keepFrom);
    this.#base += keepFrom;
    this.#at = Math.max(0, this.#at - keepFrom);
    this.#bytes = kept;
    if (this.#ended) return false;
    // As much again as is held: a long value is copied a few times, not once for each piece.
    const chunk = this.#read(this.#base + kept.length, Math.max(chunkBytes, kept.length));
    this.#ended = chunk.length === 0;
    if (this.#ended) return false;
    this.#bytes = kept.length === 0 ? asBuffer(chunk) : Buffer.concat([kept, chunk]);
    return true;
  }
}
