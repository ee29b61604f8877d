import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import type { CustodyEntry, CustodyState } from '../../../preload/model.ts';
import { findConversation } from '../store/transcripts.ts';
import { keyHistory } from './key-history.ts';
import { treeSize } from './tree.ts';

interface LeafRow {
  position: number;
  entry: string | null;
  time_ms: number | null;
  kind: string | null;
  subject: string | null;
  version: number | null;
  received_ms: number | null;
  reason: string | null;
  sha256: Buffer | null;
  destroyed_by: number | null;
}

const columns = `
  SELECT leaf.position, entry.entry, entry.time_ms, entry.kind, leaf.subject, leaf.version,
         version.received_ms, version.reason, version.sha256, tombstone.entry AS destroyed_by
  FROM custody_leaf AS leaf
  LEFT JOIN custody_entry AS entry ON entry.position = leaf.position
  LEFT JOIN version ON version.rid = leaf.rid AND version.number = leaf.version
  LEFT JOIN tombstone ON tombstone.rid = leaf.rid AND tombstone.number = leaf.version`;

/** One page of the custody log, newest first. */
export function custodyList(db: Database, input: ParsedInput<'custody.list'>): Output<'custody.list'> {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  if (input.before !== undefined) {
    conditions.push('leaf.position < ?');
    values.push(input.before);
  }
  if (input.kinds !== undefined) {
    conditions.push(`coalesce(entry.kind, 'version') IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(input.kinds));
  }
  if (!input.versions && input.kinds?.includes('version') !== true) {
    // Driven by the entries: their table is small, that of the leaves is not.
    conditions.push('leaf.position IN (SELECT position FROM custody_entry)');
  }
  if (input.subject !== undefined) {
    // By row id, which the log is indexed by; the id as text is there for versions whose conversation is gone.
    const known = conversationRid(db, input.subject);
    conditions.push(
      'leaf.position IN (SELECT position FROM custody_leaf WHERE rid = ? UNION SELECT position FROM custody_subject WHERE subject = ?)',
    );
    values.push(known ?? -1, input.subject);
  }
  if (input.user !== undefined) {
    conditions.push(`json_extract(entry.entry, '$.actor.user') = ?`);
    values.push(input.user);
  }
  if (input.from !== undefined) {
    conditions.push('coalesce(entry.time_ms, version.received_ms) >= ?');
    values.push(input.from);
  }
  if (input.to !== undefined) {
    conditions.push('coalesce(entry.time_ms, version.received_ms) <= ?');
    values.push(input.to);
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const rows = db
    .prepare<(string | number)[], LeafRow>(`${columns} ${where} ORDER BY leaf.position DESC LIMIT ?`)
    .all(...values, input.limit + 1);
  const entries = rows.slice(0, input.limit).map(custodyEntry);
  return { entries, next: rows.length > input.limit ? (entries.at(-1)?.position ?? null) : null };
}

function conversationRid(db: Database, id: string): number | null {
  try {
    return findConversation(db, id).rid;
  } catch {
    // Subjects are accounts and cases too.
    return null;
  }
}

interface SealedEntry {
  subjects?: string[];
  actor?: { user: string; host: string; app: string };
  details?: CustodyEntry['details'];
}

function custodyEntry(row: LeafRow): CustodyEntry {
  if (row.entry === null) {
    return {
      position: row.position,
      time: row.received_ms,
      kind: 'version',
      user: null,
      host: null,
      app: null,
      subjects: row.subject === null ? [] : [row.subject],
      details: {
        version: row.version,
        ...(row.reason === null ? {} : { reason: row.reason }),
        ...(row.sha256 === null ? {} : { sha256: row.sha256.toString('hex') }),
        ...(row.destroyed_by === null ? {} : { destroyedBy: row.destroyed_by }),
      },
    };
  }
  const sealed = JSON.parse(row.entry) as SealedEntry;
  return {
    position: row.position,
    time: row.time_ms,
    kind: row.kind ?? '',
    user: sealed.actor?.user ?? null,
    host: sealed.actor?.host ?? null,
    app: sealed.actor?.app ?? null,
    subjects: sealed.subjects ?? [],
    details: sealed.details ?? {},
  };
}

/** The newest checkpoint and the key behind it. */
export function custodyState(db: Database): CustodyState {
  const checkpoint = db
    .prepare<[], { size: number; time: number; note: string }>(
      'SELECT size, time_ms AS time, note FROM custody_checkpoint ORDER BY id DESC LIMIT 1',
    )
    .get();
  const first = db.prepare<[], number>('SELECT time_ms FROM custody_checkpoint ORDER BY id LIMIT 1').pluck().get();
  const keys = keyHistory(db);
  return {
    size: treeSize(db),
    checkpoint: checkpoint ?? null,
    signedSince: first ?? null,
    key: keys.at(-1) ?? null,
    keys,
  };
}
