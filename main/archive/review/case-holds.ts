import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';
import { idOf, sealOf, type Doing } from './doing.ts';

/**
 * Members that a hold gets after it was made come in parts. Each part is sealed by an entry of the custody log of its
 * own, that names its members; `verify` compares part by part.
 */
const openPart = -1;

/** Holds on the case take in its new member. Gives the holds that did not have it. */
export function holdCaseMember(db: Database, reviewCase: number, rid: number): number[] {
  const holds = prepared<[number], { id: number }>(
    db,
    'SELECT id FROM hold WHERE review_case = ? AND released_ms IS NULL ORDER BY id',
  ).all(reviewCase);
  return holds.filter(({ id }) => holdMember(db, id, rid)).map(({ id }) => id);
}

/** Makes a conversation a member of a hold, of the part that `sealNewMembers` is about to seal. */
export function holdMember(db: Database, hold: number, rid: number): boolean {
  const add = prepared<[number, number, number]>(
    db,
    'INSERT OR IGNORE INTO hold_member(hold, rid, part) VALUES (?, ?, ?)',
  );
  return add.run(hold, rid, openPart).changes > 0;
}

/** Taking back that a conversation was put into a case takes back the holds that only that had brought. */
export function releaseCaseMember(db: Database, rid: number, holds: readonly number[]): void {
  const leave = prepared<[number, number]>(
    db,
    `UPDATE hold_member SET part = -2 - part
     WHERE rid = ? AND hold = ? AND part >= 0 AND (SELECT released_ms FROM hold WHERE id = hold) IS NULL`,
  );
  for (const hold of holds) leave.run(rid, hold);
}

interface MemberRow {
  hold: number;
  rid: number;
  part: number;
}

/** The entries that seal what `holdMember` and `releaseCaseMember` did in this transaction. */
export function sealHoldChanges(db: Database, why: Readonly<Record<string, unknown>>, { now }: Doing) {
  const rows = prepared<[], MemberRow>(db, 'SELECT hold, rid, part FROM hold_member WHERE part < 0').all();
  return [...new Set(rows.map(({ hold }) => hold))].flatMap((hold) => {
    const name = prepared<[number], { name: string }>(db, 'SELECT name FROM hold WHERE id = ?').get(hold)?.name ?? '';
    const own = rows.filter((row) => row.hold === hold);
    const added = own.filter(({ part }) => part === openPart).map(({ rid }) => rid);
    const left = own.filter(({ part }) => part < openPart);
    const entry = (kind: string, part: number, members: readonly number[], changed: readonly number[]) => {
      const ids = changed.map((rid) => idOf(db, rid));
      const seal = sealOf(members.map((rid) => idOf(db, rid)));
      const details = { name, ...why, part, changed: ids.length, ...seal };
      return { kind, time: now, subjects: [`hold:${name}`, ...ids], details };
    };
    const reduced = [...new Set(left.map(({ part }) => -2 - part))].map((part) => {
      const gone = left.filter((row) => -2 - row.part === part).map(({ rid }) => rid);
      prepared<[number, number]>(db, 'DELETE FROM hold_member WHERE hold = ? AND part = ?').run(hold, -2 - part);
      return entry('hold-reduced', part, partRids(db, hold, part), gone);
    });
    if (added.length === 0) return reduced;
    const part = nextPart(db, name);
    prepared<[number, number, number]>(db, 'UPDATE hold_member SET part = ? WHERE hold = ? AND part = ?').run(
      part,
      hold,
      openPart,
    );
    return [...reduced, entry('hold-extended', part, added, added)];
  });
}

/** Parts are numbered by the log, not by the members that are left: a number is never used again. */
function nextPart(db: Database, name: string): number {
  const row = prepared<[string], { extensions: number }>(
    db,
    `SELECT count(*) AS extensions FROM custody_subject AS s JOIN custody_entry AS e ON e.position = s.position
     WHERE s.subject = ? AND e.kind = 'hold-extended'`,
  ).get(`hold:${name}`);
  return (row?.extensions ?? 0) + 1;
}

function partRids(db: Database, hold: number, part: number): number[] {
  return prepared<[number, number], { rid: number }>(
    db,
    'SELECT rid FROM hold_member WHERE hold = ? AND part = ? ORDER BY rid',
  )
    .all(hold, part)
    .map(({ rid }) => rid);
}
