import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import { readPlace, writeBlocks, writeBlocksForGood, type Place } from './blocks.ts';
import { prepared, preparedValue } from './statements.ts';
import { readOriginal } from './transcripts.ts';

/** So many that a step takes about half a second. */
const blocksPerStep = 100;

interface Stored {
  rid: number;
  number: number;
  sha256: Buffer;
  block: number;
  offset: number;
  length: number;
}

/** Packs originals in the order given, and notes where each lies now. Gives the number of blocks made. */
function moveToNewBlocks(
  db: Database,
  versions: readonly (Stored & { original: Buffer })[],
  write: (db: Database, originals: readonly Uint8Array[]) => Place[],
): number {
  const move = prepared<[number, number, number, number]>(
    db,
    'UPDATE version SET block = ?, offset = ? WHERE rid = ? AND number = ?',
  );
  const places = write(
    db,
    versions.map(({ original }) => original),
  );
  versions.forEach(({ rid, number }, position) => {
    const place = places[position];
    if (place !== undefined) move.run(place.block, place.offset, rid, number);
  });
  return new Set(places.map(({ block }) => block)).size;
}

/** Blocks not packed for good yet, after the block `after` and up to `last`, in order. Answered by an index alone. */
export function looseBlocks(db: Database, after: number, last: number): number[] {
  return preparedValue<[number, number, number], number>(
    db,
    'SELECT id FROM block WHERE packed = 0 AND id > ? AND id <= ? ORDER BY id LIMIT ?',
  ).all(after, last, blocksPerStep);
}

/**
 * Packs the originals of some blocks together again, neighbours in time side by side, in one transaction. Each is
 * checked against its hash on the way; a block with a damaged one is left as it is, for the verification to find.
 * @returns how many blocks fewer there are
 */
export function repackBlocks(db: Database, blocks: readonly number[]): number {
  if (blocks.length < 2) return 0;
  const versions = prepared<[number], Stored>(
    db,
    'SELECT rid, number, sha256, block, offset, length FROM version WHERE block = ?',
  );
  const remove = prepared<[number]>(db, 'DELETE FROM block WHERE id = ?');
  return db
    .transaction(() => {
      const loose: (Stored & { original: Buffer })[] = [];
      const emptied: number[] = [];
      for (const block of blocks) {
        const members = versions.all(block).flatMap((row) => {
          const original = readOriginal(db, row);
          return original === null ? [] : [{ ...row, original }];
        });
        if (members.length !== versions.all(block).length) continue;
        loose.push(...members);
        emptied.push(block);
      }
      loose.sort((first, second) => first.rid - second.rid || first.number - second.number);
      const made = moveToNewBlocks(db, loose, writeBlocksForGood);
      for (const block of emptied) remove.run(block);
      return emptied.length - made;
    })
    .immediate();
}

/**
 * Removes blocks, after versions gave up their places in them: what is left in a block is packed anew. Must be called
 * inside a transaction.
 * @throws ArchiveError archive-corrupt when a block cannot be unpacked: what else is in it would be lost
 */
export function replaceBlocks(db: Database, blocks: ReadonlySet<number>): void {
  const members = prepared<[number], Stored>(
    db,
    'SELECT rid, number, sha256, block, offset, length FROM version WHERE block = ? ORDER BY rid, number',
  );
  for (const block of blocks) {
    const staying = members.all(block).map((row) => ({ ...row, original: storedBytes(db, row) }));
    moveToNewBlocks(db, staying, writeBlocks);
    prepared<[number]>(db, 'DELETE FROM block WHERE id = ?').run(block);
  }
}

/** Bytes as they are stored, sound or not: moving them must not hide damage from the verification, nor add to it. */
function storedBytes(db: Database, row: Stored): Buffer {
  let bytes: Buffer | null = null;
  try {
    bytes = readPlace(db, row, { fresh: true });
  } catch {
    // Told below: a block that cannot be unpacked.
  }
  if (bytes?.length === row.length) return bytes;
  throw new ArchiveError('archive-corrupt', 'A block of originals is damaged, so nothing was taken out of it.', {
    hint: 'Run the verification to see what is affected, then restore a backup.',
    details: { block: row.block },
  });
}
