import { hash } from 'node:crypto';
import { hashLength, sha256 } from './sha256.ts';

/**
 * RFC 6962 trees over salted parts, written for speed: a sync seals every record that it brings in. Parts lie in one
 * scratch buffer, hashes in cells that are the next level's input already, and node:crypto is asked for latin1 text,
 * which it returns three times faster than bytes.
 */
const blockLength = 64;
const nodeLength = 1 + 2 * hashLength;

/** The salt of part `index`: HMAC-SHA-256(seed, index in decimal digits). */
export function partSalt(seed: Uint8Array, index: number): Buffer {
  return Buffer.from(new SaltMaker(seed).salt(index), 'latin1');
}

/** HMAC by hand, because node's costs fourteen microseconds and this costs one. */
class SaltMaker {
  readonly #inner = Buffer.alloc(blockLength + 16, 0x36);
  readonly #outer = Buffer.alloc(blockLength + hashLength, 0x5c);
  /** The inner buffer up to so many digits: views are made once, not for each part. */
  readonly #inners = Array.from({ length: 16 }, (_, digits) => this.#inner.subarray(0, blockLength + digits));

  constructor(seed: Uint8Array) {
    this.use(seed);
  }

  use(seed: Uint8Array): void {
    if (seed.length !== hashLength) throw new RangeError(`A seed has ${hashLength} bytes, not ${seed.length}.`);
    for (let index = 0; index < hashLength; index += 1) {
      this.#inner[index] = (seed[index] ?? 0) ^ 0x36;
      this.#outer[index] = (seed[index] ?? 0) ^ 0x5c;
    }
  }

  salt(index: number): string {
    const digits = this.#inner.write(String(index), blockLength, 'latin1');
    const input = this.#inners[digits] ?? this.#inner;
    this.#outer.write(hash('sha256', input, 'binary'), blockLength, 'latin1');
    return hash('sha256', this.#outer, 'binary');
  }
}

/** Used again and again, with another seed each time. */
const salts = new SaltMaker(new Uint8Array(hashLength));

/** Room for a salt, filled in later. A NUL cannot stand in canonical JSON, but nothing depends on that. */
const saltRoom = '\0'.repeat(hashLength);
const leafInput = Buffer.alloc(1 + hashLength, 0x00);
let scratch = Buffer.allocUnsafe(64 * 1024);
/** One node's input after the other: 0x01, left, right. Level above level, each written over the one below. */
let cells = Buffer.alloc(64 * nodeLength, 0x01);
let nodeInputs = viewsOf(cells);

function viewsOf(buffer: Buffer): Buffer[] {
  return Array.from({ length: buffer.length / nodeLength }, (_, pair) =>
    buffer.subarray(pair * nodeLength, (pair + 1) * nodeLength),
  );
}

function cellOffset(position: number): number {
  return (position >> 1) * nodeLength + 1 + (position & 1) * hashLength;
}

function roomFor(positions: number): void {
  const wanted = ((positions + 1) >> 1) * nodeLength;
  if (cells.length >= wanted) return;
  cells = Buffer.alloc(wanted * 2, 0x01);
  nodeInputs = viewsOf(cells);
}

/** Writes the leaf hashes of the parts into the cells. */
function writeLeaves(seed: Uint8Array, parts: readonly string[]): void {
  salts.use(seed);
  const ends = writeParts(parts);
  let start = 0;
  for (let index = 0; index < parts.length; index += 1) {
    const end = ends[index] ?? 0;
    scratch.write(salts.salt(index), start, 'latin1');
    leafInput.write(hash('sha256', scratch.subarray(start, end), 'binary'), 1, 'latin1');
    cells.write(hash('sha256', leafInput, 'binary'), cellOffset(index), 'latin1');
    start = end;
  }
}

/** Puts all parts into the scratch buffer, each after the room for its salt, and tells where each one ends. */
function writeParts(parts: readonly string[]): number[] {
  let characters = 0;
  for (const part of parts) characters += hashLength + part.length;
  // A UTF-16 unit takes three bytes of UTF-8 at most.
  if (scratch.length < characters * 3) scratch = Buffer.allocUnsafe(characters * 6);
  const ends: number[] = [];
  let end = 0;
  // One long text is written faster than many short ones; where it is ASCII, places in it are places in the bytes.
  const isAscii = scratch.write(saltRoom + parts.join(saltRoom), 0, 'utf8') === characters;
  for (const part of parts) {
    end += hashLength + (isAscii ? part.length : scratch.write(part, end + hashLength, 'utf8'));
    ends.push(end);
  }
  return ends;
}

function hashAt(position: number): Buffer {
  const offset = cellOffset(position);
  return Buffer.from(cells.subarray(offset, offset + hashLength));
}

/** Replaces a level of `count` hashes by the one above it: pairs are hashed, an odd last one is carried up. */
function climb(count: number): number {
  for (let pair = 0; pair < count >> 1; pair += 1) {
    const input = nodeInputs[pair] ?? cells;
    cells.write(hash('sha256', input, 'binary'), cellOffset(pair), 'latin1');
  }
  if (count % 2 === 1) cells.copy(cells, cellOffset(count >> 1), cellOffset(count - 1), cellOffset(count - 1) + 32);
  return (count + 1) >> 1;
}

/** RFC 6962 root over salted parts. */
export function commitParts(seed: Uint8Array, parts: readonly string[]): Buffer {
  if (parts.length === 0) return sha256(new Uint8Array());
  roomFor(parts.length);
  writeLeaves(seed, parts);
  for (let count = parts.length; count > 1;) count = climb(count);
  return hashAt(0);
}

/** The audit path of part `index`, from its leaf up. */
export function partPath(seed: Uint8Array, parts: readonly string[], index: number): Buffer[] {
  roomFor(parts.length);
  writeLeaves(seed, parts);
  const path: Buffer[] = [];
  let position = index;
  for (let count = parts.length; count > 1; position >>= 1) {
    const sibling = position ^ 1;
    if (sibling < count) path.push(hashAt(sibling));
    count = climb(count);
  }
  return path;
}

/** The root, and the audit path of the first part: the hashes one after the other, from the leaf up. */
export function commitWithPath(seed: Uint8Array, parts: readonly string[]): { root: Buffer; path: Buffer } {
  roomFor(parts.length);
  writeLeaves(seed, parts);
  const path: Buffer[] = [];
  for (let count = parts.length; count > 1; count = climb(count)) path.push(hashAt(1));
  return { root: hashAt(0), path: Buffer.concat(path) };
}

/** The root over a first part and the others, of which only the first one's audit path is needed. */
export function commitFirst(seed: Uint8Array, first: string, path: Uint8Array): Buffer {
  roomFor(1);
  writeLeaves(seed, [first]);
  for (let at = 0; at < path.length; at += hashLength) {
    cells.set(path.subarray(at, at + hashLength), cellOffset(1));
    climb(2);
  }
  return hashAt(0);
}
