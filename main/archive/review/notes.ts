import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Note } from '../../../preload/model.ts';
import { logChange } from '../evidence/custody.ts';
import { prepared } from '../store/statements.ts';
import { findConversation, loadTranscript } from '../store/transcripts.ts';
import { idOf, type Doing } from './doing.ts';
import { rewriteIndexRows } from './index-rows.ts';

interface NoteRow {
  id: number;
  rid: number;
  message_index: number | null;
  message_id: string | null;
  text: string;
  author: string;
  created_ms: number;
  edited_ms: number | null;
  edited_by: string | null;
}

const shown = 'FROM review_note WHERE removed_ms IS NULL';

/** The notes of one conversation, oldest first; without an id the newest of all. @throws ArchiveError not-found */
export function listNotes(db: Database, { id, limit, offset }: ParsedInput<'notes.list'>): Output<'notes.list'> {
  const of = id === undefined ? null : findConversation(db, id).rid;
  const [where, order] = of === null ? ['', 'DESC'] : ['AND rid = @of', 'ASC'];
  const asked = { of, limit, offset };
  const rows = prepared<[typeof asked], NoteRow>(
    db,
    `SELECT * ${shown} ${where} ORDER BY id ${order} LIMIT @limit OFFSET @offset`,
  ).all(asked);
  const counted = prepared<[{ of: number | null }], { total: number }>(
    db,
    `SELECT count(*) AS total ${shown} ${where}`,
  ).get({ of });
  return { notes: rows.map((row) => publicNote(db, row)), total: counted?.total ?? 0 };
}

/** @throws ArchiveError not-found for a conversation or a message that is not there */
export function addNote(db: Database, { id, message, text }: ParsedInput<'notes.add'>, doing: Doing): Note {
  return logChange(
    db,
    () => {
      const { rid } = findConversation(db, id);
      const on = message === undefined ? null : messageOf(db, rid, message);
      const { lastInsertRowid } = prepared<unknown[]>(
        db,
        `INSERT INTO review_note(rid, message_index, message_id, text, author, created_ms) VALUES (?, ?, ?, ?, ?, ?)`,
      ).run(rid, on?.index ?? null, on?.id ?? null, text, doing.actor.user, doing.now);
      rewriteIndexRows(db, [rid], doing.now);
      const note = publicNote(db, getNote(db, Number(lastInsertRowid)));
      return { value: note, actions: [action('note-added', note, { message: on?.index ?? null, text }, doing)] };
    },
    doing.actor,
  );
}

/** The former text stands in the custody log. @throws ArchiveError not-found */
export function editNote(db: Database, { note: key, text }: ParsedInput<'notes.edit'>, doing: Doing): Note {
  return logChange(
    db,
    () => {
      const row = getNote(db, key);
      if (row.text === text) return { value: publicNote(db, row), actions: [] };
      prepared<unknown[]>(db, 'UPDATE review_note SET text = ?, edited_ms = ?, edited_by = ? WHERE id = ?').run(
        text,
        doing.now,
        doing.actor.user,
        key,
      );
      rewriteIndexRows(db, [row.rid], doing.now);
      const note = publicNote(db, getNote(db, key));
      return { value: note, actions: [action('note-edited', note, { before: row.text, after: text }, doing)] };
    },
    doing.actor,
  );
}

/** Removing a note that is gone already is no error: somebody asked twice. @throws ArchiveError not-found */
export function removeNote(db: Database, key: number, doing: Doing): void {
  logChange(
    db,
    () => {
      const known = prepared<[number], { removed_ms: number | null }>(
        db,
        'SELECT removed_ms FROM review_note WHERE id = ?',
      ).get(key);
      if (typeof known?.removed_ms === 'number') return { value: undefined, actions: [] };
      const row = getNote(db, key);
      prepared<unknown[]>(db, `UPDATE review_note SET text = '', removed_ms = ?, removed_by = ? WHERE id = ?`).run(
        doing.now,
        doing.actor.user,
        key,
      );
      rewriteIndexRows(db, [row.rid], doing.now);
      const note = publicNote(db, row);
      return { value: undefined, actions: [action('note-removed', note, { text: row.text }, doing)] };
    },
    doing.actor,
  );
}

function getNote(db: Database, key: number): NoteRow {
  const row = prepared<[number], NoteRow>(db, `SELECT * ${shown} AND id = ?`).get(key);
  if (row !== undefined) return row;
  throw new ArchiveError('not-found', `There is no note ${key}.`, { hint: 'Look at the notes of the conversation.' });
}

function messageOf(db: Database, rid: number, index: number): { index: number; id: string } {
  const message = loadTranscript(db, rid).messages[index];
  if (message !== undefined) return { index, id: message.id };
  throw new ArchiveError('not-found', `The conversation has no message ${index}.`, {
    hint: 'Messages are counted from 0.',
  });
}

function action(kind: string, { note, id }: Note, details: Record<string, unknown>, { now }: Doing) {
  return { kind, time: now, subjects: [id, `note:${note}`], details: { note, ...details } };
}

function publicNote(db: Database, row: NoteRow): Note {
  const { message_index: index, message_id: messageId, edited_ms: editedAt, edited_by: editor } = row;
  return {
    note: row.id,
    id: idOf(db, row.rid),
    message: index === null || messageId === null ? null : { index, id: messageId },
    text: row.text,
    author: row.author,
    createdAt: row.created_ms,
    edited: editedAt === null || editor === null ? null : { at: editedAt, by: editor },
  };
}
