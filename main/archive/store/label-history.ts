import type { Database } from 'better-sqlite3';
import type { Label } from '../search/document.ts';
import { prepared, preparedValue } from './statements.ts';

interface OpenSpan {
  label: number;
  since_ms: number;
  field: Label['field'];
  value: string;
}

/**
 * Keeps since when and until when a conversation had each label, for searches as known on a past date. Must be called
 * in the transaction that changes its labels.
 * @param labels what it has from now on
 */
export function keepLabels(db: Database, rid: number, labels: readonly Label[], now: number): void {
  const wanted = new Map(labels.map((label) => [keyOf(label), label]));
  const open = prepared<[number], OpenSpan>(
    db,
    `SELECT span.label, span.since_ms, value.field, value.value FROM label_span AS span
     JOIN label_value AS value ON value.id = span.label WHERE span.rid = ? AND span.until_ms IS NULL`,
  ).all(rid);
  const end = prepared<[number, number, number, number]>(
    db,
    'UPDATE label_span SET until_ms = ? WHERE rid = ? AND label = ? AND since_ms = ?',
  );
  for (const span of open) {
    // What goes on needs no new span.
    if (!wanted.delete(keyOf(span))) end.run(now, rid, span.label, span.since_ms);
  }
  const begin = prepared<[number, number, number]>(
    db,
    `INSERT INTO label_span(rid, label, since_ms) VALUES (?, ?, ?)
     ON CONFLICT(rid, label, since_ms) DO UPDATE SET until_ms = NULL`,
  );
  for (const label of wanted.values()) begin.run(rid, labelId(db, label), now);
}

/** What people had put on a conversation by `moment`. */
export function labelsKnownOn(db: Database, rid: number, moment: number): Label[] {
  return prepared<[number, number, number], Label>(
    db,
    `SELECT value.field, value.value FROM label_span AS span JOIN label_value AS value ON value.id = span.label
     WHERE span.rid = ? AND span.since_ms <= ? AND (span.until_ms IS NULL OR span.until_ms > ?)`,
  ).all(rid, moment, moment);
}

/** Conversations whose labels are not what they were at `moment`. */
export function labelledSince(db: Database, moment: number): number[] {
  return preparedValue<[number, number], number>(
    db,
    'SELECT DISTINCT rid FROM label_span WHERE since_ms > ? OR until_ms > ?',
  ).all(moment, moment);
}

/** Forgets since when a conversation had which words in its notes, and words that no other has. */
export function forgetNoteWords(db: Database, rid: number): void {
  const { changes } = prepared<[number]>(
    db,
    "DELETE FROM label_span WHERE rid = ? AND label IN (SELECT id FROM label_value WHERE field = 'note')",
  ).run(rid);
  // Looking for orphans reads all spans.
  if (changes === 0) return;
  prepared(
    db,
    `DELETE FROM label_value WHERE field = 'note'
     AND NOT EXISTS (SELECT 1 FROM label_span WHERE label_span.label = label_value.id)`,
  ).run();
}

function labelId(db: Database, { field, value }: Label): number {
  const known = preparedValue<[string, string], number>(
    db,
    'SELECT id FROM label_value WHERE field = ? AND value = ?',
  ).get(field, value);
  if (known !== undefined) return known;
  const added = prepared<[string, string]>(db, 'INSERT INTO label_value(field, value) VALUES (?, ?)');
  return Number(added.run(field, value).lastInsertRowid);
}

const keyOf = ({ field, value }: Pick<Label, 'field' | 'value'>) => `${field}\0${value}`;
