import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import { mayRemove } from '../review/holds.ts';
import { replaceIndexRows } from '../search/index-writer.ts';
import { replaceBlocks } from '../store/block-rewrite.ts';
import { decodedIfSound, decodedVersionsBut, indexDocumentOf } from '../store/index-source.ts';
import { withOlderTexts } from '../store/older-text.ts';
import { prepared } from '../store/statements.ts';
import { loadDecoded } from '../store/transcripts.ts';
import { forgetFacets, type FacetName } from './facets.ts';
import { remainsToScrub } from './remains.ts';

/** Versions of one conversation whose content is to go. */
export interface Doomed {
  rid: number;
  numbers: readonly number[];
}

/** What was destroyed, for the entry in the custody log that has to say so. */
export interface Destroyed {
  /** Positions of the versions' leaves in the log, and their numbers, one beside the other. */
  leaves: number[];
  versions: number[];
}

interface Content {
  sha256: Buffer;
  block: number;
  position: number;
}

/**
 * Destroys the content of versions that are not shown: original, hash, seed, and all that search has of them. Their
 * rows stay as tombstones. Must be called in the transaction that seals the action with `Destroyed` among its details;
 * `scrubRemains` then removes what the file still has of them.
 * @param entry position that the action will have in the custody log
 * @throws ArchiveError conflict for a conversation under a hold; archive-corrupt where damage forbids it
 */
export function destroyVersions(
  db: Database,
  doomed: readonly Doomed[],
  { entry, now }: { entry: number; now: number },
): Destroyed {
  if (!db.inTransaction) throw new Error('destroyVersions must be called inside a transaction');
  const destroyed: Destroyed = { leaves: [], versions: [] };
  const facets: FacetName[] = [];
  // All questions before all changes: the blocks below are shared.
  for (const { rid } of doomed) refuseHeld(db, rid);
  const gone = doomed.flatMap(({ rid, numbers }) =>
    numbers.map((number) => ({ rid, number, ...contentOf(db, rid, number) })),
  );
  for (const { rid, number, position } of gone) {
    facets.push(...leaveTombstone(db, { rid, number, entry, now }));
    destroyed.leaves.push(position);
    destroyed.versions.push(number);
  }
  const empty = prepared<[number, number]>(
    db,
    `UPDATE version SET sha256 = NULL, seed = NULL, block = NULL, offset = NULL, length = NULL
     WHERE rid = ? AND number = ?`,
  );
  for (const { rid, number } of gone) empty.run(rid, number);
  replaceBlocks(db, new Set(gone.map(({ block }) => block)));
  for (const { rid } of doomed) {
    const hashes = gone.filter((each) => each.rid === rid).map(({ sha256 }) => sha256);
    forgetTexts(db, rid, hashes);
  }
  forgetFacets(db, facets);
  remainsToScrub(db, now);
  return destroyed;
}

function refuseHeld(db: Database, rid: number): void {
  const { allowed, holds } = mayRemove(db, rid);
  if (allowed) return;
  throw new ArchiveError('conflict', `The conversation is under a legal hold: ${holds.join(', ')}.`, {
    hint: 'Nothing of it can be removed until every hold on it is released.',
  });
}

function contentOf(db: Database, rid: number, number: number): Content {
  const row = prepared<[number, number], Content | { sha256: null }>(
    db,
    `SELECT v.sha256, v.block, leaf.position FROM version v
     JOIN conversation c ON c.rid = v.rid AND c.version <> v.number
     JOIN custody_leaf leaf ON leaf.rid = v.rid AND leaf.version = v.number
     WHERE v.rid = ? AND v.number = ?`,
  ).get(rid, number);
  if (row !== undefined && row.sha256 !== null) return row;
  throw new Error('only sealed versions that have content and are not shown can be destroyed');
}

/** Keeps what decisions about other versions need to know of this one, and gives the facet values that it had. */
function leaveTombstone(
  db: Database,
  { rid, number, entry, now }: { rid: number; number: number; entry: number; now: number },
): FacetName[] {
  const decoded = decodedIfSound(db, rid, number);
  prepared<unknown[]>(
    db,
    'INSERT INTO tombstone(rid, number, entry, destroyed_ms, open, flags) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(rid, number, entry, now, decoded?.status === 'open' ? 1 : 0, JSON.stringify(decoded?.flags ?? []));
  if (decoded === null) return [];
  return Object.entries(decoded.filters).flatMap(([field, values]) => values.map(({ value }) => ({ field, value })));
}

/** The index row is made anew from what is left, and no hash of what is gone stays behind. */
function forgetTexts(db: Database, rid: number, hashes: readonly Buffer[]): void {
  const { version } = prepared<[number], { version: number }>(db, 'SELECT version FROM conversation WHERE rid = ?').get(
    rid,
  ) ?? { version: 0 };
  const olderText = withOlderTexts(loadDecoded(db, rid), decodedVersionsBut(db, rid, version)) !== null;
  const isGone = `search_sha256 IN (${hashes.map(() => '?').join(', ')})`;
  db.prepare(
    `UPDATE conversation SET older_text = ?, search_sha256 = CASE WHEN ${isGone} THEN NULL ELSE search_sha256 END
     WHERE rid = ?`,
  ).run(olderText ? 1 : 0, ...hashes, rid);
  replaceIndexRows(db, [{ rid, replace: true, document: indexDocumentOf(db, rid) }]);
}
