import type { Database } from 'better-sqlite3';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { PackedBlock } from '../prepare/prepared.ts';
import { prepared } from './statements.ts';

/** How originals are packed together: neighbours take half the room of one by one, and cost each reader. */
interface Packing {
  records: number;
  /** Large records get fewer neighbours, so that opening one never unpacks many megabytes. */
  bytes: number;
  level: number;
}

/** While they come in, time counts. */
const inPassing: Packing = { records: 20, bytes: 256 * 1024, level: 3 };
/** By Optimize: an eighth smaller for three times the work; unpacking takes no longer (docs/decisions/0013). */
const forGood: Packing = { records: 40, bytes: 384 * 1024, level: 9 };
/** A block for good has at least half of what it may have; a smaller one waits for more. */
const enough = 0.5;

/** Unpacked blocks kept for the next reader of a neighbour: a page of results, a run of an export. */
const cacheBytes = 16 * 1024 * 1024;

/** Where an original lies: bytes `offset` to `offset + length` of a block when it is unpacked. */
export interface Place {
  block: number;
  offset: number;
  length: number;
}

/**
 * Packs originals, in the order given, and tells where each one lies.
 * @param packedWith for each original, the block it was packed into beforehand: used where that came to the same
 */
export function writeBlocks(
  db: Database,
  originals: readonly Uint8Array[],
  packedWith: readonly (PackedBlock | null)[] = [],
): Place[] {
  return pack(originals, inPassing, (members, first) =>
    insertBlock(db, packedAs(members, packedWith[first]) ?? compressBlock(members), false),
  );
}

/** Packs originals, in the order given, as tightly as they are kept for years. */
export function writeBlocksForGood(db: Database, originals: readonly Uint8Array[]): Place[] {
  return pack(originals, forGood, (members) => {
    const bytes = members.reduce((sum, { length }) => sum + length, 0);
    const full = members.length >= forGood.records * enough || bytes >= forGood.bytes * enough;
    return insertBlock(db, compressBlock(members, forGood), full);
  });
}

function pack(
  originals: readonly Uint8Array[],
  packing: Packing,
  write: (members: readonly Uint8Array[], first: number) => number,
): Place[] {
  const places: Place[] = [];
  for (let first = 0; first < originals.length;) {
    const members = originals.slice(first, blockEnd(originals, first, packing));
    const block = write(members, first);
    let offset = 0;
    for (const { length } of members) {
      places.push({ block, offset, length });
      offset += length;
    }
    first += members.length;
  }
  return places;
}

function insertBlock(db: Database, z: Uint8Array, packed: boolean): number {
  const insert = prepared<[number, Uint8Array]>(db, 'INSERT INTO block(packed, z) VALUES (?, ?)');
  return Number(insert.run(packed ? 1 : 0, z).lastInsertRowid);
}

/** The frame that holds exactly these originals, if there is one. */
function packedAs(members: readonly Uint8Array[], block: PackedBlock | null | undefined): Uint8Array | null {
  if (block === null || block === undefined || block.originals.length !== members.length) return null;
  return block.originals.every((original, index) => original === members[index]) ? block.z : null;
}

/** Where the block that begins with the original number `first` ends. */
export function blockEnd(originals: readonly Uint8Array[], first: number, packing = inPassing): number {
  let end = first;
  for (let bytes = 0; end < originals.length && end - first < packing.records; end += 1) {
    bytes += originals[end]?.length ?? 0;
    if (end > first && bytes > packing.bytes) break;
  }
  return end;
}

/** Packs bytes as the archive keeps them: a zstd frame. */
export function compressBlock(parts: readonly Uint8Array[], { level } = inPassing): Buffer {
  return zstdCompressSync(Buffer.concat(parts), { params: { [constants.ZSTD_c_compressionLevel]: level } });
}

interface BlockCache {
  /** In order of use: the first is the one not needed for longest. */
  blocks: Map<number, Buffer>;
  bytes: number;
}

const caches = new WeakMap<Database, BlockCache>();

/**
 * The bytes at a place, or null when there is no such block. Blocks are kept unpacked for a while, and a number
 * can come to stand for another block: readers compare hashes, and ask again with `fresh` when they differ.
 * @throws when the block cannot be unpacked
 */
export function readPlace(db: Database, place: Place, options: { fresh?: boolean } = {}): Buffer | null {
  let cache = caches.get(db);
  if (cache === undefined) {
    cache = { blocks: new Map(), bytes: 0 };
    caches.set(db, cache);
  }
  const known = cache.blocks.get(place.block);
  if (known !== undefined) {
    forget(cache, place.block, known);
    if (options.fresh !== true) {
      remember(cache, place.block, known);
      return known.subarray(place.offset, place.offset + place.length);
    }
  }
  const row = prepared<[number], { z: Buffer }>(db, 'SELECT z FROM block WHERE id = ?').get(place.block);
  if (row === undefined) return null;
  const bytes = zstdDecompressSync(row.z);
  remember(cache, place.block, bytes);
  return bytes.subarray(place.offset, place.offset + place.length);
}

function remember(cache: BlockCache, block: number, bytes: Buffer): void {
  if (bytes.length > cacheBytes / 2) return;
  cache.blocks.set(block, bytes);
  cache.bytes += bytes.length;
  for (const [oldest, held] of cache.blocks) {
    if (cache.bytes <= cacheBytes) break;
    forget(cache, oldest, held);
  }
}

function forget(cache: BlockCache, block: number, bytes: Buffer): void {
  if (cache.blocks.delete(block)) cache.bytes -= bytes.length;
}
