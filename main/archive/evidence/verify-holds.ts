import type { Database } from 'better-sqlite3';
import { idOf, sealOf } from '../review/doing.ts';
import type { VerifyNotes } from './verify-notes.ts';

const holdsName = 'Members of legal holds against what was sealed';

interface SealedPart {
  members: number;
  membersSha256: string;
}

interface SealedHold {
  /** What the log last said of each part: 0 as made, n as extended for the n-th time. */
  parts: Map<number, SealedPart>;
  released: boolean;
}

/** Every hold covers exactly what the log says, and none is gone or released without an entry. */
export function verifyHolds(db: Database, notes: VerifyNotes): void {
  const sealed = sealedHolds(db);
  const holds = db
    .prepare<[], { id: number; name: string; released_ms: number | null }>('SELECT id, name, released_ms FROM hold')
    .all();
  for (const { id, name, released_ms: released } of holds) {
    notes.checked(holdsName);
    const hold = sealed.get(name);
    const subject = `hold:${name}`;
    if (hold === undefined) {
      notes.fail(holdsName, subject, 'is in the archive but not in the custody log');
      continue;
    }
    sealed.delete(name);
    if (hold.released !== (released !== null)) {
      const problem =
        released === null ? 'was released, says the log, but is in force' : 'is released, but not by the log';
      notes.fail(holdsName, subject, problem);
    }
    for (const problem of memberProblems(db, id, hold)) notes.fail(holdsName, subject, problem);
  }
  for (const name of sealed.keys()) {
    notes.checked(holdsName);
    notes.fail(holdsName, `hold:${name}`, 'is in the custody log but not in the archive');
  }
}

function memberProblems(db: Database, hold: number, { parts }: SealedHold): string[] {
  const members = db
    .prepare<[number], { rid: number; part: number }>('SELECT rid, part FROM hold_member WHERE hold = ?')
    .all(hold);
  const numbers = new Set([...parts.keys(), ...members.map(({ part }) => part)]);
  return [...numbers].flatMap((number) => {
    const ids = members.filter(({ part }) => part === number).map(({ rid }) => idOf(db, rid));
    const now = sealOf(ids);
    const then = parts.get(number) ?? { members: 0, membersSha256: sealOf([]).membersSha256 };
    if (now.membersSha256 === then.membersSha256) return [];
    return [`covers ${now.members} conversations of part ${number}, but ${then.members} or others were sealed`];
  });
}

function sealedHolds(db: Database): Map<string, SealedHold> {
  const holds = new Map<string, SealedHold>();
  const entries = db.prepare<[], { kind: string; entry: string }>(
    `SELECT kind, entry FROM custody_entry
     WHERE kind IN ('hold-created', 'hold-extended', 'hold-reduced', 'hold-released') ORDER BY position`,
  );
  for (const { kind, entry } of entries.iterate()) {
    const { details } = JSON.parse(entry) as { details: SealedPart & { name: string; part?: number } };
    const { name, part = 0, members, membersSha256 } = details;
    const hold = holds.get(name) ?? { parts: new Map<number, SealedPart>(), released: false };
    if (kind === 'hold-released') hold.released = true;
    else hold.parts.set(part, { members, membersSha256 });
    holds.set(name, hold);
  }
  return holds;
}
