import type { Database } from 'better-sqlite3';
import { hash, randomBytes } from 'node:crypto';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Flag, Source, VersionReason } from '../../../preload/model.ts';
import { appendVersionLeaf } from '../evidence/log.ts';
import type { DecodedConversation, ReceivedRecord } from '../liveperson/decoded.ts';
import { indexDocument, type IndexDocument } from '../search/document.ts';
import { replaceIndexRows } from '../search/index-writer.ts';
import type { StoredAccount } from './accounts.ts';
import { compressBlock, writeBlocks } from './blocks.ts';
import { insertConversation, updateConversation, type Identity } from './conversation-row.ts';
import { startFacets } from './facet-ids.ts';
import { decodedIfSound, decodedVersionsBut } from './index-source.ts';
import { withOlderTexts } from './older-text.ts';
import { allocateRid, firstRidOf } from './rid.ts';
import { prepared } from './statements.ts';
import { judgeVersion, type Verdict, type Via } from './versioning.ts';

export interface IngestContext {
  account: StoredAccount;
  source: Source;
  /** Epoch milliseconds. */
  receivedAt: number;
  via: Via;
}

export interface Ingested {
  remoteId: string;
  rid: number;
  outcome: 'added' | 'changed' | 'unchanged';
  /** The version that holds the record; the current one when nothing changed. */
  version: number;
  /** Null when nothing changed. */
  reason: VersionReason | null;
  /** Flags of the conversation as it is shown now. */
  flags: Flag[];
  /** What came is known to be poorer than what the source has: ask for the whole record. */
  needsById: boolean;
}

/** A version to be written with its batch: originals are packed together with their neighbours. */
interface PendingVersion {
  rid: number;
  number: number;
  reason: VersionReason;
  record: ReceivedRecord;
  sha256: Buffer;
  /** What the index is to hold from now on; null when the version changes nothing there. */
  document: IndexDocument | null;
  replace: boolean;
}

/**
 * Takes records into the archive: new ones are added, differing ones become versions, known ones cost one look-up.
 * Originals, versions, index, facets and custody log change together, so it must be called inside a transaction.
 * Results come in the order of the records.
 */
export function ingest(db: Database, records: readonly ReceivedRecord[], context: IngestContext): Ingested[] {
  if (!db.inTransaction) throw new Error('ingest must be called inside a transaction');
  startFacets(db);
  const results: Ingested[] = [];
  const pending = new Map<string, PendingVersion>();
  for (const record of records) {
    // A page may name a conversation twice; the second one has to see the first one written.
    if (pending.has(record.conversation.remoteId)) {
      writeVersions(db, [...pending.values()], context);
      pending.clear();
    }
    const { result, version } = takeRecord(db, record, context);
    results.push(result);
    if (version !== null) pending.set(result.remoteId, version);
  }
  writeVersions(db, [...pending.values()], context);
  return results;
}

/** Keeps records that have no usable id or start: nothing that was received is dropped. */
export function setAside(db: Database, originals: readonly Uint8Array[], context: IngestContext): void {
  const insert = prepared<unknown[]>(
    db,
    `INSERT INTO unidentified(account, source, received_ms, via, sha256, z) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  for (const original of originals) {
    const { account, source, receivedAt, via } = context;
    insert.run(account.key, source, receivedAt, via, sha256Of(original), compressBlock([original]));
  }
}

interface KnownRow {
  rid: number;
  version: number;
  start_ms: number;
  message_count: number;
  open: number;
  flags: string;
  search_sha256: Buffer | null;
  older_text: number;
  /** Of the current version. */
  sha256: Buffer;
  via: Via;
}

/** Two look-ups: as a join they take fifteen times as long (measured), and this is asked for every record. */
function findKnown(db: Database, remoteId: string, context: IngestContext): KnownRow | null {
  const row = prepared<[string, Source, number], Omit<KnownRow, 'sha256' | 'via'>>(
    db,
    `SELECT rid, version, start_ms, message_count, open, flags, search_sha256, older_text
     FROM conversation WHERE remote_id = ? AND source = ? AND account = ?`,
  ).get(remoteId, context.source, context.account.key);
  if (row === undefined) return null;
  const current = prepared<[number, number], Pick<KnownRow, 'sha256' | 'via'>>(
    db,
    'SELECT sha256, via FROM version WHERE rid = ? AND number = ?',
  ).get(row.rid, row.version);
  if (current === undefined) {
    throw new ArchiveError('archive-corrupt', `The current version of ${remoteId} is missing from the archive.`, {
      hint: 'Run the verification, then restore a backup.',
    });
  }
  return { ...row, ...current };
}

interface Taken {
  result: Ingested;
  version: PendingVersion | null;
}

function takeRecord(db: Database, record: ReceivedRecord, context: IngestContext): Taken {
  const { remoteId } = record.conversation;
  const sha256 = sha256Of(record.original);
  const known = findKnown(db, remoteId, context);
  if (known === null) return addConversation(db, record, sha256, context);
  const flags = JSON.parse(known.flags) as Flag[];
  if (isKnownAnswer(db, known, sha256, context)) {
    const { rid, version } = known;
    return {
      result: { remoteId, rid, outcome: 'unchanged', version, reason: null, flags, needsById: false },
      version: null,
    };
  }
  const verdict = judgeVersion(
    context.source,
    { via: known.via, messageCount: known.message_count, open: known.open === 1, flags },
    factsOf(record.conversation, context.via),
  );
  return addVersion(db, known, flags, verdict, record, sha256, context);
}

/**
 * The bytes were received before, and say nothing new: they are the current version, or a version that was kept
 * beside it since, or the same search answer as last time while an answer by id is current, or a file imported
 * once more. A return to an older version that was current once is a change.
 */
function isKnownAnswer(db: Database, known: KnownRow, sha256: Buffer, context: IngestContext): boolean {
  if (known.sha256.equals(sha256)) return true;
  if (context.via === 'search' && known.via === 'by-id' && known.search_sha256?.equals(sha256) === true) return true;
  const keptAfter = context.via === 'import' ? 0 : known.version;
  return (
    prepared<[number, number, Buffer]>(db, 'SELECT 1 FROM version WHERE rid = ? AND number > ? AND sha256 = ?').get(
      known.rid,
      keptAfter,
      sha256,
    ) !== undefined
  );
}

function addConversation(db: Database, record: ReceivedRecord, sha256: Buffer, context: IngestContext): Taken {
  const { conversation } = record;
  const identity = identityOf(context);
  const flags: Flag[] = [...conversation.flags];
  const rid = allocateRid(db, conversation.startedAt);
  insertConversation(db, rid, identity, conversation, flags);
  const reason = 'first-seen';
  const document = indexDocument(conversation, identity, flags);
  return {
    result: {
      remoteId: conversation.remoteId,
      rid,
      outcome: 'added',
      version: 1,
      reason,
      flags,
      needsById: false,
    },
    version: { rid, number: 1, reason, record, sha256, document, replace: false },
  };
}

function addVersion(
  db: Database,
  known: KnownRow,
  knownFlags: Flag[],
  verdict: Verdict,
  record: ReceivedRecord,
  sha256: Buffer,
  context: IngestContext,
): Taken {
  const { conversation } = record;
  const { reason, needsById } = verdict;
  const totals = prepared<[number], { last: number; longest: number }>(
    db,
    'SELECT max(number) AS last, max(message_count) AS longest FROM version WHERE rid = ?',
  ).get(known.rid);
  const number = (totals?.last ?? 0) + 1;
  const searchSha256 = lastSearchAnswer(known, sha256, context.via);
  const change = { known, number, record, context, searchSha256 };
  const flags = verdict.becomesCurrent
    ? withShrunk(conversation.flags, conversation.messages.length < (totals?.longest ?? 0))
    : withShrunk(knownFlags, conversation.messages.length > known.message_count);
  const { rid, document } = verdict.becomesCurrent ? makeCurrent(db, change, flags) : keepBeside(db, change, flags);
  return {
    result: { remoteId: conversation.remoteId, rid, outcome: 'changed', version: number, reason, flags, needsById },
    version: { rid, number, reason, record, sha256, document, replace: true },
  };
}

/** Shrunk: another version holds more messages than the one that is shown. */
function withShrunk(flags: readonly Flag[], shrunk: boolean): Flag[] {
  return shrunk && !flags.includes('shrunk') ? [...flags, 'shrunk'] : [...flags];
}

/** Only kept while an answer by id is current: later search answers are compared with it. */
function lastSearchAnswer(known: KnownRow, sha256: Buffer, via: Via): Buffer | null {
  if (via === 'search') return sha256;
  return via === 'by-id' && known.via === 'search' ? known.sha256 : known.search_sha256;
}

interface Change {
  known: KnownRow;
  number: number;
  record: ReceivedRecord;
  context: IngestContext;
  searchSha256: Buffer | null;
}

interface Kept {
  rid: number;
  document: IndexDocument | null;
}

function makeCurrent(db: Database, { known, number, record, context, searchSha256 }: Change, flags: Flag[]): Kept {
  const { conversation } = record;
  const others =
    known.older_text === 1
      ? decodedVersionsBut(db, known.rid, number)
      : [decodedIfSound(db, known.rid, known.version)].filter((each) => each !== null);
  const merged = withOlderTexts(conversation, others);
  const moved = firstRidOf(conversation.startedAt) !== firstRidOf(known.start_ms);
  const rid = moved ? allocateRid(db, conversation.startedAt) : known.rid;
  const identity = identityOf(context);
  const current = { rid, version: number, searchSha256, olderText: merged !== null };
  updateConversation(db, known.rid, current, identity, conversation, flags);
  if (moved) prepared<[bigint]>(db, 'DELETE FROM ft WHERE rowid = ?').run(BigInt(known.rid));
  return { rid, document: indexDocument(merged ?? conversation, identity, flags) };
}

/** A poorer or older answer is kept as a version, but what is shown stays as it is. Its texts can be found, too. */
function keepBeside(db: Database, { known, record, context, searchSha256 }: Change, flags: Flag[]): Kept {
  const current = decodedIfSound(db, known.rid, known.version);
  const addsText = current !== null && withOlderTexts(current, [record.conversation]) !== null;
  const addsFlag = flags.length !== (JSON.parse(known.flags) as Flag[]).length;
  prepared<unknown[]>(
    db,
    'UPDATE conversation SET search_sha256 = ?, older_text = max(older_text, ?), flags = ? WHERE rid = ?',
  ).run(searchSha256, addsText ? 1 : 0, JSON.stringify(flags), known.rid);
  if (current === null || !(addsText || addsFlag)) return { rid: known.rid, document: null };
  const others = known.older_text === 1 ? decodedVersionsBut(db, known.rid, known.version) : [];
  const merged = withOlderTexts(current, [...others, record.conversation]) ?? current;
  return { rid: known.rid, document: indexDocument(merged, identityOf(context), flags) };
}

const insertVersionSql = `
  INSERT INTO version(rid, number, received_ms, reason, via, sha256, seed, message_count, block, offset, length)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

function writeVersions(db: Database, versions: PendingVersion[], context: IngestContext): void {
  if (versions.length === 0) return;
  // Neighbours in time lie in one block: those are read together.
  versions.sort((first, second) => first.rid - second.rid);
  const places = writeBlocks(
    db,
    versions.map(({ record }) => record.original),
  );
  const seeds = randomBytes(32 * versions.length);
  const insert = prepared<unknown[]>(db, insertVersionSql);
  const { accountId } = context.account;
  const { source, receivedAt, via } = context;
  versions.forEach(({ rid, number, reason, record, sha256 }, position) => {
    const place = places[position];
    if (place === undefined) throw new Error('a version has no place');
    const seed = seeds.subarray(32 * position, 32 * position + 32);
    const { original, conversation } = record;
    const { block, offset, length } = place;
    const messageCount = conversation.messages.length;
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
      conversation,
    });
  });
  replaceIndexRows(
    db,
    versions.flatMap(({ rid, replace, document }) => (document === null ? [] : [{ rid, replace, document }])),
  );
}

function identityOf({ account, source }: IngestContext): Identity {
  return { account: account.key, accountId: account.accountId, source };
}

function factsOf({ messages, status, flags }: DecodedConversation, via: Via) {
  return { via, messageCount: messages.length, open: status === 'open', flags };
}

function sha256Of(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}
