import type { Database } from 'better-sqlite3';
import type { Flag, Source, Transcript } from '../../../preload/model.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { DecodedConversation } from '../liveperson/decoded.ts';
import { indexDocument, type IndexDocument } from '../search/document.ts';
import { decodedIfSound } from './index-source.ts';
import { labelsKnownOn } from './label-history.ts';
import { withShrunk } from './new-version.ts';
import { withOlderTexts } from './older-text.ts';
import { prepared } from './statements.ts';
import { loadTranscript } from './transcripts.ts';
import { judgeVersion, type VersionFacts, type Via } from './versioning.ts';

/** What the archive showed of one conversation at a moment in the past. */
export interface KnownState {
  /** The version that was current. */
  version: number;
  flags: Flag[];
  /** Number of the last version that had been received. */
  last: number;
}

interface VersionRow {
  number: number;
  via: Via;
  message_count: number;
  /** From its tombstone, when its content was destroyed. */
  open: number | null;
  flags: string | null;
}

/**
 * The state of a conversation as it was known at `moment`: the rules by which versions came to be shown
 * (docs/decisions/0010) played again over those that had been received by then. Null when none had.
 */
export function knownOn(db: Database, rid: number, moment: number): KnownState | null {
  const rows = prepared<[number, number, number], VersionRow>(
    db,
    `SELECT v.number, v.via, v.message_count, t.open, t.flags
     FROM version v LEFT JOIN tombstone t ON t.rid = v.rid AND t.number = v.number
     WHERE v.rid = ? AND v.number < coalesce((SELECT min(number) FROM version WHERE rid = ? AND received_ms > ?), 1e15)
     ORDER BY v.number`,
  ).all(rid, rid, moment);
  const [first, ...later] = rows;
  if (first === undefined) return null;
  const source = sourceOf(db, rid);
  let current = factsOf(db, rid, first);
  let version = first.number;
  let longest = first.message_count;
  for (const row of later) {
    const incoming = factsOf(db, rid, row);
    if (judgeVersion(source, current, incoming).becomesCurrent) {
      current = { ...incoming, flags: withShrunk(incoming.flags, row.message_count < longest) };
      version = row.number;
    } else {
      current = { ...current, flags: withShrunk(current.flags, row.message_count > current.messageCount) };
    }
    longest = Math.max(longest, row.message_count);
  }
  return { version, flags: current.flags, last: rows.at(-1)?.number ?? first.number };
}

type Facts = VersionFacts & { flags: Flag[] };

/** A damaged version says nothing of itself beyond its row; verification names it. */
function factsOf(db: Database, rid: number, row: VersionRow): Facts {
  const { via, message_count: messageCount } = row;
  if (row.flags !== null) return { via, messageCount, open: row.open === 1, flags: JSON.parse(row.flags) as Flag[] };
  const decoded = decodedIfSound(db, rid, row.number);
  return { via, messageCount, open: decoded?.status === 'open', flags: [...(decoded?.flags ?? [])] };
}

function sourceOf(db: Database, rid: number): Source {
  // Prepared statements are shared by their text: this one gives rows, as it does elsewhere.
  const row = prepared<[number], { source: Source }>(db, 'SELECT source FROM conversation WHERE rid = ?').get(rid);
  if (row === undefined) throw new ArchiveError('not-found', 'There is no such conversation in this archive.');
  return row.source;
}

/**
 * A transcript as it would have been shown at `moment`, with the versions received until then.
 * @throws ArchiveError not-found when the archive did not have the conversation yet; content-destroyed when what it
 * showed then is gone
 */
export function transcriptKnownOn(db: Database, rid: number, moment: number): Transcript {
  const known = knownOn(db, rid, moment);
  if (known === null) {
    throw new ArchiveError('not-found', 'The archive did not have this conversation yet on that date.', {
      hint: 'Its versions and when each was received are listed without the date.',
    });
  }
  const transcript = loadTranscript(db, rid, known.version);
  return {
    ...transcript,
    flags: known.flags,
    versions: transcript.versions.filter(({ version }) => version <= known.last),
  };
}

/**
 * What the index had to say about a conversation at `moment`: the version of then, with texts of those beside it and
 * the labels of then.
 */
export function documentKnownOn(
  db: Database,
  rid: number,
  moment: number,
): { document: IndexDocument; conversation: DecodedConversation; known: KnownState } | null {
  const known = knownOn(db, rid, moment);
  if (known === null) return null;
  const conversation = decodedIfSound(db, rid, known.version);
  if (conversation === null) return null;
  const others: DecodedConversation[] = [];
  for (let number = 1; number <= known.last; number += 1) {
    const other = number === known.version ? null : decodedIfSound(db, rid, number);
    if (other !== null) others.push(other);
  }
  const row = prepared<[number], { account_id: string }>(
    db,
    'SELECT a.account_id FROM conversation c JOIN account a ON a.key = c.account WHERE c.rid = ?',
  ).get(rid);
  const identity = {
    accountId: row?.account_id ?? '',
    source: conversation.source,
    messageCount: conversation.messages.length,
  };
  const merged = withOlderTexts(conversation, others) ?? conversation;
  const labels = labelsKnownOn(db, rid, moment);
  return { document: indexDocument(merged, identity, known.flags, labels), conversation, known };
}
