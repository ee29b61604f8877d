import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import { mayRemove } from '../review/holds.ts';
import { removeIndexRow, replaceIndexRows } from '../search/index-writer.ts';
import { replaceBlocks } from '../store/block-rewrite.ts';
import { decodedIfSound, decodedVersionsBut, indexDocumentOf } from '../store/index-source.ts';
import { forgetNoteWords } from '../store/label-history.ts';
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

/** The action that destroys: the position that its entry will have in the custody log, and when. */
export interface Destroying {
  entry: number;
  now: number;
}

interface Content {
  rid: number;
  number: number;
  sha256: Buffer;
  block: number;
  position: number;
  /** Whether it is the version that is shown. */
  shown: number;
}

/**
 * Destroys the content of versions that are not shown: original, hash, seed, and all that search has of them. Their
 * rows stay as tombstones. Must be called in the transaction that seals the action with `Destroyed` among its details;
 * `scrubRemains` then removes what the file still has of them.
 * @throws ArchiveError conflict for a conversation under a hold; archive-corrupt where damage forbids it
 */
export function destroyVersions(db: Database, doomed: readonly Doomed[], destroying: Destroying): Destroyed {
  const contents = doomed.flatMap(({ rid, numbers }) =>
    contentsOf(db, rid).filter((each) => numbers.includes(each.number)),
  );
  const wanted = doomed.reduce((total, { numbers }) => total + numbers.length, 0);
  if (contents.length !== wanted || contents.some(({ shown }) => shown === 1)) {
    throw new Error('only sealed versions that have content and are not shown can be destroyed');
  }
  return destroyContents(db, contents, destroying, () => {
    for (const { rid } of doomed) {
      const hashes = contents.filter((each) => each.rid === rid).map(({ sha256 }) => sha256);
      forgetTexts(db, rid, hashes);
    }
  });
}

/**
 * Destroys conversations whole, in the same way: of each its name, its start and the tombstones of its versions are
 * left. What comes of it again is not taken in.
 * @throws ArchiveError conflict for a conversation under a hold; archive-corrupt where damage forbids it
 */
export function destroyConversations(db: Database, rids: readonly number[], destroying: Destroying): Destroyed {
  const contents = rids.flatMap((rid) => contentsOf(db, rid));
  return destroyContents(db, contents, destroying, () => {
    for (const rid of rids) forgetConversation(db, rid, destroying.now);
  });
}

/** @param forget removes what is derived of the contents, once they are gone */
function destroyContents(
  db: Database,
  contents: readonly Content[],
  { entry, now }: Destroying,
  forget: () => void,
): Destroyed {
  if (!db.inTransaction) throw new Error('content must be destroyed inside a transaction');
  if (contents.length === 0) return { leaves: [], versions: [] };
  // All questions before all changes: blocks are shared.
  for (const rid of new Set(contents.map((each) => each.rid))) refuseHeld(db, rid);
  const facets = contents.flatMap(({ rid, number }) => leaveTombstone(db, { rid, number, entry, now }));
  const empty = prepared<[number, number]>(
    db,
    `UPDATE version SET sha256 = NULL, seed = NULL, block = NULL, offset = NULL, length = NULL
     WHERE rid = ? AND number = ?`,
  );
  for (const { rid, number } of contents) empty.run(rid, number);
  replaceBlocks(db, new Set(contents.map(({ block }) => block)));
  forget();
  forgetFacets(db, facets);
  remainsToScrub(db, now);
  return { leaves: contents.map(({ position }) => position), versions: contents.map(({ number }) => number) };
}

function refuseHeld(db: Database, rid: number): void {
  const { allowed, holds } = mayRemove(db, rid);
  if (allowed) return;
  throw new ArchiveError('conflict', `The conversation is under a legal hold: ${holds.join(', ')}.`, {
    hint: 'Nothing of it can be removed until every hold on it is released.',
  });
}

/** The versions of a conversation that have their content, with their places in the custody log. */
function contentsOf(db: Database, rid: number): Content[] {
  return prepared<[number], Content>(
    db,
    `SELECT v.rid, v.number, v.sha256, v.block, leaf.position, v.number = c.version AS shown FROM version v
     JOIN conversation c ON c.rid = v.rid
     JOIN custody_leaf leaf ON leaf.rid = v.rid AND leaf.version = v.number
     WHERE v.rid = ? AND v.sha256 IS NOT NULL ORDER BY v.number`,
  ).all(rid);
}

/** Keeps what decisions about other versions need to know of this one, and gives the facet values that it had. */
function leaveTombstone(
  db: Database,
  { rid, number, entry, now }: Destroying & { rid: number; number: number },
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

/** Leaves of a conversation's row what coverage counts by, and what refuses it when it comes again. */
function forgetConversation(db: Database, rid: number, now: number): void {
  prepared<[number, number]>(
    db,
    `UPDATE conversation SET disposed_ms = ?, end_ms = NULL, duration_ms = NULL, waiting_ms = NULL, csat = NULL,
       nps = NULL, mcs = NULL, flags = '[]', customer = NULL, agents = '[]', skills = '[]', facets = x'',
       search_sha256 = NULL, older_text = 0 WHERE rid = ?`,
  ).run(now, rid);
  // Notes quote what was said; what the log has of them is its own (docs/decisions/0060).
  prepared<[number]>(db, "UPDATE review_note SET text = '' WHERE rid = ?").run(rid);
  forgetNoteWords(db, rid);
  prepared<[number]>(db, 'DELETE FROM erasure WHERE rid = ?').run(rid);
  prepared<[number]>(
    db,
    'DELETE FROM repair WHERE (account, source, remote_id) IN (SELECT account, source, remote_id FROM conversation WHERE rid = ?)',
  ).run(rid);
  removeIndexRow(db, rid);
}
