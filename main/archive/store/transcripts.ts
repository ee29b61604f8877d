import type { Database } from 'better-sqlite3';
import { hash } from 'node:crypto';
import { z } from 'zod';
import { ArchiveError } from '../../../preload/errors.ts';
import { flagSchema, sourceSchema, type Source, type Transcript, type Version } from '../../../preload/model.ts';
import { decodeRecord } from '../liveperson/decode.ts';
import type { DecodedConversation } from '../liveperson/decoded.ts';
import { readPlace } from './blocks.ts';
import { prepared } from './statements.ts';

/** `SOURCE:ACCOUNT:REMOTE-ID`: how a conversation is called everywhere outside the database. */
export function conversationId(source: Source, accountId: string, remoteId: string): string {
  return `${source}:${accountId}:${remoteId}`;
}

interface NameRow {
  rid: number;
  source: Source;
  account_id: string;
  remote_id: string;
}

const nameSql = `SELECT c.rid, c.source, a.account_id, c.remote_id
  FROM conversation c JOIN account a ON a.key = c.account`;

/**
 * The conversation that an id means. A bare remote id will do where it is unambiguous.
 * @throws ArchiveError not-found; conflict when a bare id stands for several conversations
 */
export function findConversation(db: Database, idText: string): { rid: number; id: string } {
  const id = idText.trim();
  const whole = /^(chat|messaging):([^:]+):(.+)$/su.exec(id);
  if (whole !== null) {
    const row = prepared<[string, string, string], NameRow>(
      db,
      `${nameSql} WHERE c.remote_id = ? AND c.source = ? AND a.account_id = ?`,
    ).get(whole[3] ?? '', whole[1] ?? '', whole[2] ?? '');
    if (row !== undefined) return named(row);
  }
  const rows = prepared<[string], NameRow>(db, `${nameSql} WHERE c.remote_id = ? ORDER BY c.rid LIMIT 3`).all(id);
  const [row, ...more] = rows;
  if (row === undefined) {
    throw new ArchiveError('not-found', `There is no conversation ${id} in this archive.`, {
      hint: 'Check the id, or search for a word of the conversation.',
    });
  }
  if (more.length > 0) {
    throw new ArchiveError('conflict', `Several conversations have the id ${id}.`, {
      hint: `Name the one you mean in full: ${rows.map((each) => named(each).id).join(' or ')}.`,
    });
  }
  return named(row);
}

function named(row: NameRow): { rid: number; id: string } {
  return { rid: row.rid, id: conversationId(row.source, row.account_id, row.remote_id) };
}

/** Where an original lies, and what it must hash to. */
interface OriginalRow {
  number: number;
  sha256: Buffer;
  block: number;
  offset: number;
  length: number;
}

/** The row of a version that was destroyed has neither. */
type VersionRow = OriginalRow | { number: number; sha256: null };

/**
 * A record exactly as it was received, checked against its hash each time it is read.
 * @param version the current one unless given
 * @throws ArchiveError not-found; content-destroyed; archive-corrupt when what is stored is not what was received
 */
export function loadOriginal(db: Database, rid: number, version?: number): { original: Uint8Array; sha256: string } {
  let row = originalRow(db, rid, version);
  let original = readOriginal(db, row);
  if (original === null) {
    // The writer may have packed it elsewhere between the two look-ups.
    row = originalRow(db, rid, version);
    original = readOriginal(db, row);
  }
  if (original === null) {
    throw new ArchiveError('archive-corrupt', `The stored original of version ${row.number} is damaged or missing.`, {
      hint: 'Run the verification to see what is affected, then restore a backup.',
      details: { rid, version: row.number },
    });
  }
  return { original, sha256: row.sha256.toString('hex') };
}

function originalRow(db: Database, rid: number, version: number | undefined): OriginalRow {
  const columns = 'v.number, v.sha256, v.block, v.offset, v.length';
  const row =
    version === undefined
      ? prepared<[number], VersionRow>(
          db,
          `SELECT ${columns} FROM conversation c JOIN version v ON v.rid = c.rid AND v.number = c.version WHERE c.rid = ?`,
        ).get(rid)
      : prepared<[number, number], VersionRow>(
          db,
          `SELECT ${columns} FROM version v WHERE v.rid = ? AND v.number = ?`,
        ).get(rid, version);
  if (row !== undefined && row.sha256 !== null) return row;
  if (row !== undefined) throw contentDestroyed(db, rid, row.number);
  throw version === undefined
    ? new ArchiveError('not-found', 'There is no such conversation in this archive.')
    : new ArchiveError('not-found', `The conversation has no version ${version}.`, { details: { version } });
}

function contentDestroyed(db: Database, rid: number, version: number): ArchiveError {
  const tombstone = prepared<[number, number], { entry: number; destroyed_ms: number }>(
    db,
    'SELECT entry, destroyed_ms FROM tombstone WHERE rid = ? AND number = ?',
  ).get(rid, version);
  const when = tombstone === undefined ? '' : ` on ${new Date(tombstone.destroyed_ms).toISOString()}`;
  return new ArchiveError('content-destroyed', `The content of version ${version} was destroyed${when}.`, {
    hint: 'Its place in the custody log is kept; the entry there says who destroyed it, and why.',
    details: { version, entry: tombstone?.entry ?? null },
  });
}

/** The bytes of a version, or null when they are missing, cannot be unpacked, or differ from their hash. */
export function readOriginal(db: Database, row: OriginalRow): Buffer | null {
  for (const fresh of [false, true]) {
    try {
      const bytes = readPlace(db, row, { fresh });
      if (bytes?.length === row.length && hash('sha256', bytes, 'buffer').equals(row.sha256)) return bytes;
    } catch {
      // A damaged block cannot be unpacked; the database's own errors come again with `fresh`.
      if (fresh) return null;
    }
  }
  return null;
}

/** A version read again from its original, in the app's own words. */
export function loadDecoded(db: Database, rid: number, version?: number): DecodedConversation {
  const source = prepared<[number], { source: Source }>(db, 'SELECT source FROM conversation WHERE rid = ?').get(rid);
  if (source === undefined) throw new ArchiveError('not-found', 'There is no such conversation in this archive.');
  return decodeRecord(source.source, loadOriginal(db, rid, version).original);
}

interface TranscriptRow {
  source: Source;
  account_id: string;
  remote_id: string;
  version: number;
  flags: string;
}

const flagsSchema = z.array(flagSchema);

/** One transcript as it is shown: a version's content, and the list of all versions. */
export function loadTranscript(db: Database, rid: number, version?: number): Transcript {
  const row = prepared<[number], TranscriptRow>(
    db,
    `SELECT c.source, a.account_id, c.remote_id, c.version, c.flags
     FROM conversation c JOIN account a ON a.key = c.account WHERE c.rid = ?`,
  ).get(rid);
  if (row === undefined) throw new ArchiveError('not-found', 'There is no such conversation in this archive.');
  const shown = version ?? row.version;
  const decoded = decodeRecord(sourceSchema.parse(row.source), loadOriginal(db, rid, shown).original);
  return {
    id: conversationId(row.source, row.account_id, row.remote_id),
    source: row.source,
    accountId: row.account_id,
    startedAt: decoded.startedAt,
    endedAt: decoded.endedAt,
    durationMs: decoded.durationMs,
    agents: decoded.agents,
    skills: decoded.skills,
    customer: decoded.customer,
    csat: decoded.csat,
    nps: decoded.nps,
    mcs: decoded.mcs,
    status: decoded.status,
    messageCount: decoded.messages.length,
    messages: decoded.messages,
    surveys: decoded.surveys,
    attributes: decoded.attributes,
    transfers: decoded.transfers,
    summary: decoded.summary,
    details: decoded.details,
    version: shown,
    versions: listVersions(db, rid),
    flags: shown === row.version ? flagsSchema.parse(JSON.parse(row.flags)) : decoded.flags,
  };
}

type ListedVersion = {
  number: number;
  received_ms: number;
  reason: Version['reason'];
  sha256: Buffer | null;
} & ({ entry: null } | { entry: number; destroyed_ms: number });

/** All versions of a conversation, first one first. */
export function listVersions(db: Database, rid: number): Version[] {
  return prepared<[number], ListedVersion>(
    db,
    `SELECT v.number, v.received_ms, v.reason, v.sha256, t.entry, t.destroyed_ms
     FROM version v LEFT JOIN tombstone t ON t.rid = v.rid AND t.number = v.number WHERE v.rid = ? ORDER BY v.number`,
  )
    .all(rid)
    .map((row) => ({
      version: row.number,
      receivedAt: row.received_ms,
      reason: row.reason,
      sha256: row.sha256?.toString('hex') ?? null,
      ...(row.entry === null ? {} : { destroyed: { at: row.destroyed_ms, entry: row.entry } }),
    }));
}
