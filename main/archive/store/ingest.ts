import type { Database } from 'better-sqlite3';
import type { Flag } from '../../../preload/model.ts';
import type { ReceivedRecord } from '../liveperson/decoded.ts';
import type { PreparedRecord } from '../prepare/prepared.ts';
import { indexDocument } from '../search/document.ts';
import { compressBlock } from './blocks.ts';
import { insertConversation } from './conversation-row.ts';
import { startFacets } from './facet-ids.ts';
import {
  identityOf,
  messageCountOf,
  sha256Of,
  type IngestContext,
  type Ingested,
  type PendingVersion,
  type Taken,
} from './ingest-context.ts';
import { findKnown, isKnownAnswer } from './known-conversation.ts';
import { addVersion } from './new-version.ts';
import { allocateRid } from './rid.ts';
import { prepared } from './statements.ts';
import { writeVersions } from './write-versions.ts';

export type { IngestContext, Ingested } from './ingest-context.ts';

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

function takeRecord(db: Database, record: ReceivedRecord, context: IngestContext): Taken {
  const { remoteId } = record.conversation;
  const ready = preparedFor(record, context);
  const sha256 = ready?.sha256 ?? sha256Of(record.original);
  const known = findKnown(db, remoteId, context);
  if (known === null) return addConversation(db, record, ready, sha256, context);
  if (isKnownAnswer(db, known, sha256, context)) {
    const { rid, version } = known;
    const flags = JSON.parse(known.flags) as Flag[];
    return {
      result: { remoteId, rid, outcome: 'unchanged', version, reason: null, flags, needsById: false },
      version: null,
    };
  }
  return addVersion(db, known, record, sha256, context);
}

/** What was prepared of a record, if it was for this account. */
function preparedFor({ prepared: ready }: ReceivedRecord, { account }: IngestContext): PreparedRecord | undefined {
  return ready?.accountId === account.accountId ? ready : undefined;
}

function addConversation(
  db: Database,
  record: ReceivedRecord,
  ready: PreparedRecord | undefined,
  sha256: Buffer,
  context: IngestContext,
): Taken {
  const { conversation } = record;
  const identity = identityOf(context);
  const flags: Flag[] = [...conversation.flags];
  const rid = allocateRid(db, conversation.startedAt);
  insertConversation(db, rid, identity, conversation, flags, ready);
  const reason = 'first-seen';
  const document = ready?.document ?? indexDocument(conversation, identity, flags);
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
    version: { rid, number: 1, reason, record, messageCount: messageCountOf(record), sha256, document, replace: false },
  };
}
