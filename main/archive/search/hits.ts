import type { Database } from 'better-sqlite3';
import type { Flag, Hit, Source } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';
import { conversationId } from '../store/transcripts.ts';
import { marker, wantedTerms } from './marks.ts';
import type { QueryNode } from './query-tree.ts';
import { messagesOf, type FoldedMessage } from './message-cache.ts';
import { preview, snippet } from './snippet.ts';

/** What a list shows of a conversation, as its row in the database has it. */
export interface HitRow {
  source: Source;
  account_id: string;
  remote_id: string;
  start_ms: number;
  end_ms: number | null;
  duration_ms: number | null;
  agents: string;
  skills: string;
  customer: string | null;
  csat: number | null;
  message_count: number;
  flags: string;
  version: number;
}

const rowSql = `SELECT c.source, a.account_id, c.remote_id, c.start_ms, c.end_ms, c.duration_ms, c.agents, c.skills,
    c.customer, c.csat, c.message_count, c.flags, c.version
  FROM conversation c JOIN account a ON a.key = c.account WHERE c.rid = ?`;

/** A transcript of thousands of hits is read in the reader, not in a list. */
const mostMessages = 10;

/** Rows of a result list, with the messages that matched. */
export function loadHits(db: Database, rids: readonly number[], root: QueryNode | null): Hit[] {
  const mark = marker(wantedTerms(root));
  const row = prepared<[number], HitRow>(db, rowSql);
  return rids.flatMap((rid) => {
    const found = row.get(rid);
    if (found === undefined) return [];
    const of = `${found.version} ${conversationId(found.source, found.account_id, found.remote_id)}`;
    return [toHit(found, messagesOf(db, rid, of), mark)];
  });
}

/** A row of a result list, with the messages that matched. */
export function toHit(row: HitRow, messages: readonly FoldedMessage[], mark: ReturnType<typeof marker>): Hit {
  const matchedMessages: Hit['matchedMessages'] = [];
  for (const message of messages) {
    if (matchedMessages.length >= mostMessages) break;
    const marks = mark(message);
    if (marks.length === 0) continue;
    const { index, speaker, role } = message;
    matchedMessages.push({ index, speaker, role, private: message.private, snippet: snippet(message.text, marks) });
  }
  const first =
    messages.find(({ role, text }) => role === 'customer' && text.trim() !== '') ??
    messages.find(({ text }) => text.trim() !== '');
  return {
    id: conversationId(row.source, row.account_id, row.remote_id),
    source: row.source,
    accountId: row.account_id,
    startedAt: row.start_ms,
    endedAt: row.end_ms,
    durationMs: row.duration_ms,
    agents: JSON.parse(row.agents) as string[],
    skills: JSON.parse(row.skills) as string[],
    customer: row.customer,
    csat: row.csat,
    messageCount: row.message_count,
    flags: JSON.parse(row.flags) as Flag[],
    preview: preview(first?.text ?? ''),
    matchedMessages,
  };
}
