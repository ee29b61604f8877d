import type { Database } from 'better-sqlite3';
import type { Flag, Source } from '../../../preload/model.ts';
import type { DecodedConversation } from '../liveperson/decoded.ts';
import type { PreparedRecord } from '../prepare/prepared.ts';
import { facetValues, type FacetValue } from '../search/document.ts';
import { facetIds } from './facet-ids.ts';
import { labelFacets } from './labels.ts';
import { rowTexts } from './row-texts.ts';
import { prepared } from './statements.ts';

export interface Identity {
  account: number;
  accountId: string;
  source: Source;
}

/** Columns that follow from the current version alone, in the order of `derivedValues`. */
const derivedColumns = [
  'start_ms',
  'end_ms',
  'duration_ms',
  'waiting_ms',
  'message_count',
  'csat',
  'nps',
  'mcs',
  'open',
  'flags',
  'customer',
  'agents',
  'skills',
  'facets',
] as const;

const insertSql = `
  INSERT INTO conversation(rid, account, source, remote_id, version, ${derivedColumns.join(', ')})
  VALUES (?, ?, ?, ?, 1, ${derivedColumns.map(() => '?').join(', ')})`;
const updateSql = `
  UPDATE conversation SET rid = ?, version = ?, search_sha256 = ?, older_text = ?,
    ${derivedColumns.map((column) => `${column} = ?`).join(', ')}
  WHERE rid = ?`;

/** Adds a conversation with its first version as the current one. */
export function insertConversation(
  db: Database,
  rid: number,
  identity: Identity,
  conversation: DecodedConversation,
  flags: readonly Flag[],
  ready?: Pick<PreparedRecord, 'row' | 'facets'>,
): void {
  prepared<unknown[]>(db, insertSql).run(
    rid,
    identity.account,
    identity.source,
    conversation.remoteId,
    ...derivedValues(db, identity, conversation, flags, ready),
  );
}

export interface CurrentVersion {
  /** Differs from the old one when the start moved to another minute. */
  rid: number;
  version: number;
  searchSha256: Uint8Array | null;
  olderText: boolean;
}

/** Makes another version the current one. */
export function updateConversation(
  db: Database,
  rid: number,
  current: CurrentVersion,
  identity: Identity,
  conversation: DecodedConversation,
  flags: readonly Flag[],
): void {
  prepared<unknown[]>(db, updateSql).run(
    current.rid,
    current.version,
    current.searchSha256,
    current.olderText ? 1 : 0,
    // Labels are found by the old row id: what refers to it moves with this very statement.
    ...derivedValues(db, identity, conversation, flags, undefined, labelFacets(db, rid)),
    rid,
  );
}

function derivedValues(
  db: Database,
  identity: Identity,
  conversation: DecodedConversation,
  flags: readonly Flag[],
  ready?: Pick<PreparedRecord, 'row' | 'facets'>,
  labels: readonly FacetValue[] = [],
): unknown[] {
  const { customer, agents, skills, messageCount } = ready?.row ?? rowTexts(conversation);
  return [
    integer(conversation.startedAt),
    integer(conversation.endedAt),
    integer(conversation.durationMs),
    integer(conversation.waitingMs),
    messageCount,
    finite(conversation.csat),
    finite(conversation.nps),
    finite(conversation.mcs),
    conversation.status === 'open' ? 1 : 0,
    JSON.stringify(flags),
    customer,
    agents,
    skills,
    facetIds(db, [...(ready?.facets ?? facetValues(conversation, identity, flags)), ...labels]),
  ];
}

/** A strange number in one record must not stop a whole page: the original keeps it as it is. */
function integer(value: number | null): number | null {
  return value === null || !Number.isSafeInteger(Math.trunc(value)) ? null : Math.trunc(value);
}

function finite(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : value;
}
