import { hashLength, sha256 } from './sha256.ts';

/**
 * The Merkle tree of RFC 6962 section 2.1 / RFC 9162 section 2.1: leaf = SHA-256(0x00 ‖ entry),
 * node = SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below n.
 */

/** The hash of the complete subtree of 2^level leaves that starts at leaf index · 2^level. */
export type NodeReader = (level: number, index: number) => Uint8Array;

export function leafHash(commitment: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(1 + commitment.length);
  input[0] = 0x00;
  input.set(commitment, 1);
  return sha256(input);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const input = Buffer.allocUnsafe(1 + 2 * hashLength);
  input[0] = 0x01;
  input.set(left, 1);
  input.set(right, 1 + hashLength);
  return sha256(input);
}

/** Root of the tree of the first `size` leaves. */
export function rootHash(size: number, node: NodeReader): Buffer {
  return size === 0 ? sha256(new Uint8Array()) : rangeHash(0, size, node);
}

/** The largest power of two below `size` (which is 2 or more). */
function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Hash of leaves [start, end), a range that the tree of RFC 6962 has as a subtree. */
function rangeHash(start: number, end: number, node: NodeReader): Buffer {
  const size = end - start;
  const level = Math.log2(size);
  if (Number.isInteger(level)) return Buffer.from(node(level, start / size));
  const split = start + splitPoint(size);
  return nodeHash(rangeHash(start, split, node), rangeHash(split, end, node));
}

function checkRange(valid: boolean, what: string): void {
  if (!valid) throw new RangeError(what);
}

/** The audit path of leaf `index` in the tree of `size` leaves, from the leaf upwards. */
export function inclusionProof(index: number, size: number, node: NodeReader): Buffer[] {
  checkRange(index >= 0 && index < size, `No leaf ${index} in a tree of ${size}.`);
  const path: Buffer[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const split = start + splitPoint(end - start);
    if (index < split) {
      path.push(rangeHash(split, end, node));
      end = split;
    } else {
      path.push(rangeHash(start, split, node));
      start = split;
    }
  }
  return path.reverse();
}

/** What proves that the tree of `size` leaves starts with the tree of `oldSize` leaves. */
export function consistencyProof(oldSize: number, size: number, node: NodeReader): Buffer[] {
  checkRange(oldSize >= 0 && oldSize <= size, `No tree of ${oldSize} in a tree of ${size}.`);
  if (oldSize === 0 || oldSize === size) return [];
  const path: Buffer[] = [];
  let start = 0;
  let end = size;
  while (oldSize !== end) {
    const split = start + splitPoint(end - start);
    if (oldSize <= split) {
      path.push(rangeHash(split, end, node));
      end = split;
    } else {
      path.push(rangeHash(start, split, node));
      start = split;
    }
  }
  // The old tree's own root needs no proof where it is a subtree from the first leaf on.
  if (start > 0) path.push(rangeHash(start, end, node));
  return path.reverse();
}

const equal = (left: Uint8Array, right: Uint8Array) => Buffer.compare(left, right) === 0;
const half = (value: number) => Math.floor(value / 2);

/** RFC 9162 section 2.1.3.2. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let position = index;
  let last = size - 1;
  let hash: Uint8Array = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else hash = nodeHash(hash, sibling);
    position = half(position);
    last = half(last);
  }
  return last === 0 && equal(hash, root);
}

/** RFC 9162 section 2.1.4.2. */
export function verifyConsistency(
  oldSize: number,
  size: number,
  oldRoot: Uint8Array,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(oldSize) || !Number.isSafeInteger(size) || oldSize < 0 || oldSize > size) return false;
  if (oldSize === size) return proof.length === 0 && equal(oldRoot, root);
  if (oldSize === 0) return proof.length === 0 && equal(oldRoot, sha256(new Uint8Array()));
  const isPowerOfTwo = Number.isInteger(Math.log2(oldSize));
  const path = isPowerOfTwo ? [oldRoot, ...proof] : [...proof];
  const first = path.shift();
  if (first === undefined) return false;
  let position = oldSize - 1;
  let last = size - 1;
  while (position % 2 === 1) {
    position = half(position);
    last = half(last);
  }
  let oldHash: Uint8Array = first;
  let hash: Uint8Array = first;
  for (const sibling of path) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      oldHash = nodeHash(sibling, oldHash);
      hash = nodeHash(sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else hash = nodeHash(hash, sibling);
    position = half(position);
    last = half(last);
  }
  return last === 0 && equal(oldHash, oldRoot) && equal(hash, root);
}

/** The right edge of a growing tree: all that appending needs to know. */
export class Frontier {
  /** Hash of the last complete subtree of each level that has no right sibling yet. */
  readonly #edge: Uint8Array[] = [];
  size: number;

  constructor(size = 0, node?: NodeReader) {
    this.size = size;
    let start = 0;
    for (let level = Math.floor(Math.log2(Math.max(size, 1))); level >= 0; level -= 1) {
      const width = 2 ** level;
      if (Math.floor(size / width) % 2 === 0 || node === undefined) continue;
      this.#edge[level] = node(level, start / width);
      start += width;
    }
  }

  /** Adds a leaf; gives its hash and those of all subtrees that it completes, one after the other. */
  append(commitment: Uint8Array): Buffer {
    let hash = leafHash(commitment);
    const nodes = [hash];
    let level = 0;
    for (let position = this.size; position % 2 === 1; position = half(position)) {
      hash = nodeHash(this.#edge[level] ?? new Uint8Array(), hash);
      nodes.push(hash);
      level += 1;
    }
    this.#edge[level] = hash;
    this.size += 1;
    return nodes.length === 1 ? hash : Buffer.concat(nodes);
  }

  root(): Buffer {
    let hash: Buffer | null = null;
    for (const [level, edge] of this.#edge.entries()) {
      if (Math.floor(this.size / 2 ** level) % 2 === 0) continue;
      hash = hash === null ? Buffer.from(edge) : nodeHash(edge, hash);
    }
    return hash ?? sha256(new Uint8Array());
  }
}
