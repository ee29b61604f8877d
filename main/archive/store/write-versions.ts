import type { Database } from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import { appendVersionLeaf } from '../evidence/log.ts';
import { replaceIndexRows } from '../search/index-writer.ts';
import { writeBlocks } from './blocks.ts';
import type { IngestContext, PendingVersion } from './ingest-context.ts';
import { prepared } from './statements.ts';

const insertVersionSql = `
  INSERT INTO version(rid, number, received_ms, reason, via, sha256, seed, message_count, block, offset, length)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Writes a batch of versions: originals in blocks, rows, leaves of the custody log, index. */
export function writeVersions(db: Database, versions: PendingVersion[], context: IngestContext): void {
  if (versions.length === 0) return;
  // Neighbours in time lie in one block: those are read together.
  versions.sort((first, second) => first.rid - second.rid);
  const places = writeBlocks(
    db,
    versions.map(({ record }) => record.original),
    versions.map(({ record }) => record.prepared?.block ?? null),
  );
  const seeds = randomBytes(32 * versions.length);
  const insert = prepared<unknown[]>(db, insertVersionSql);
  const { accountId } = context.account;
  const { source, receivedAt, via } = context;
  versions.forEach(({ rid, number, reason, record, messageCount, sha256 }, position) => {
    const place = places[position];
    if (place === undefined) throw new Error('a version has no place');
    const { original, conversation, prepared: ready } = record;
    const seed = ready?.seed ?? seeds.subarray(32 * position, 32 * position + 32);
    const { block, offset, length } = place;
    insert.run(rid, number, receivedAt, reason, via, sha256, seed, messageCount, block, offset, length);
    const { remoteId } = conversation;
    appendVersionLeaf(db, {
      rid,
      version: number,
      source,
      accountId,
      remoteId,
      receivedAt,
      reason,
      seed,
      sha256,
      original,
      ready: ready?.commitment,
    });
  });
  replaceIndexRows(
    db,
    versions.flatMap(({ rid, replace, document }) => (document === null ? [] : [{ rid, replace, document }])),
  );
}
