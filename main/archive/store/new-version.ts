import type { Database } from 'better-sqlite3';
import type { Flag } from '../../../preload/model.ts';
import type { DecodedConversation, ReceivedRecord } from '../liveperson/decoded.ts';
import { wholeConversation } from '../prepare/lazy-conversation.ts';
import { indexDocument, type IndexDocument } from '../search/document.ts';
import { updateConversation } from './conversation-row.ts';
import { noteErasure } from './erasure-notes.ts';
import { decodedIfSound, decodedVersionsBut } from './index-source.ts';
import { identityOf, type IngestContext, type Taken } from './ingest-context.ts';
import type { KnownRow } from './known-conversation.ts';
import { labelsOf } from './labels.ts';
import { withOlderTexts } from './older-text.ts';
import { allocateRid, firstRidOf } from './rid.ts';
import { prepared } from './statements.ts';
import { judgeVersion, type Via } from './versioning.ts';

/** Makes a version of a record that differs from what is held: shown from now on, or kept beside what is shown. */
export function addVersion(
  db: Database,
  known: KnownRow,
  received: ReceivedRecord,
  sha256: Buffer,
  context: IngestContext,
): Taken {
  const conversation = wholeConversation(received.conversation);
  const record = { ...received, conversation };
  const knownFlags = JSON.parse(known.flags) as Flag[];
  const verdict = judgeVersion(
    context.source,
    { via: known.via, messageCount: known.message_count, open: known.open === 1, flags: knownFlags },
    factsOf(conversation, context.via),
  );
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
  noteErasure(db, {
    rid,
    number,
    receivedAt: context.receivedAt,
    reason,
    erased: conversation.flags.includes('erased'),
    wasErased: knownFlags.includes('erased'),
  });
  return {
    result: { remoteId: conversation.remoteId, rid, outcome: 'changed', version: number, reason, flags, needsById },
    version: {
      rid,
      number,
      reason,
      record,
      messageCount: conversation.messages.length,
      sha256,
      document,
      replace: true,
    },
  };
}

/** Shrunk: another version holds more messages than the one that is shown. */
export function withShrunk(flags: readonly Flag[], shrunk: boolean): Flag[] {
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
  return {
    rid,
    document: indexDocument(
      merged ?? conversation,
      { ...identity, messageCount: conversation.messages.length },
      flags,
      labelsOf(db, rid),
    ),
  };
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
  return {
    rid: known.rid,
    document: indexDocument(
      merged,
      { ...identityOf(context), messageCount: current.messages.length },
      flags,
      labelsOf(db, known.rid),
    ),
  };
}

function factsOf({ messages, status, flags }: DecodedConversation, via: Via) {
  return { via, messageCount: messages.length, open: status === 'open', flags };
}
