import type { Database } from 'better-sqlite3';
import type { Decision, Outcome, ReviewMarks, TagColor } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';
import { findConversation } from '../store/transcripts.ts';

/** What reviewers put on some conversations, in the order asked for. @throws ArchiveError not-found, conflict */
export function reviewMarks(db: Database, ids: readonly string[]): ReviewMarks[] {
  return ids.map((text) => {
    const { rid, id } = findConversation(db, text);
    return { id, ...marksOf(db, rid) };
  });
}

/** All that reviewers put on one conversation. */
export function marksOf(db: Database, rid: number): Omit<ReviewMarks, 'id'> {
  const tags = prepared<[number], { name: string; color: TagColor }>(
    db,
    `SELECT tag.name, tag.color FROM tag_member AS member JOIN tag ON tag.id = member.tag
     WHERE member.rid = ? ORDER BY tag.folded`,
  ).all(rid);
  const cases = prepared<[number], { name: string; open: number }>(
    db,
    `SELECT c.name, c.closed_ms IS NULL AS open FROM case_member AS member
     JOIN review_case AS c ON c.id = member.review_case WHERE member.rid = ? ORDER BY c.folded`,
  ).all(rid);
  const holds = prepared<[number], { name: string }>(
    db,
    `SELECT hold.name FROM hold_member AS member JOIN hold ON hold.id = member.hold
     WHERE member.rid = ? AND hold.released_ms IS NULL ORDER BY hold.id`,
  ).all(rid);
  const notes = prepared<[number], { total: number }>(
    db,
    'SELECT count(*) AS total FROM review_note WHERE rid = ? AND removed_ms IS NULL',
  ).get(rid);
  return {
    tags,
    starred: prepared<[number]>(db, 'SELECT 1 FROM star WHERE rid = ?').get(rid) !== undefined,
    decision: decisionOf(db, rid),
    cases: cases.map(({ name, open }) => ({ name, open: open === 1 })),
    holds: holds.map(({ name }) => name),
    notes: notes?.total ?? 0,
  };
}

function decisionOf(db: Database, rid: number): Decision | null {
  const row = prepared<[number], { outcome: Outcome; decided_ms: number; decided_by: string }>(
    db,
    'SELECT outcome, decided_ms, decided_by FROM decision WHERE rid = ?',
  ).get(rid);
  return row === undefined ? null : { outcome: row.outcome, at: row.decided_ms, by: row.decided_by };
}
