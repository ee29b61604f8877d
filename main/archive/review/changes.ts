import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { ReviewChange } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';
import { getCase } from './cases.ts';
import type { Doing } from './doing.ts';
import { holdCaseMember, releaseCaseMember } from './case-holds.ts';
import { ensureTag, getTag } from './tags.ts';

export type ChangeKind = ReviewChange['kind'];

/** A change as it is kept: by the keys of what it is about, whose names may change. */
export interface StoredChange {
  /** The action that it belongs to. */
  action: number;
  kind: ChangeKind;
  /** The tag, the case or the outcome, as called when it was asked for. */
  name: string;
  /** Key of the tag or the case. */
  target: number | null;
  reason: string;
}

/** What was there before, to be put back; null: nothing had to change. */
type Former = Record<string, unknown> | null;

interface Way {
  /** Makes the change to one conversation. */
  make(db: Database, change: StoredChange, rid: number, doing: Doing): Former;
  /** Puts back what was there before, unless somebody did something about it since. True: it was put back. */
  putBack(db: Database, change: StoredChange, rid: number, former: Record<string, unknown>): boolean;
}

/** What a change is about. @throws ArchiveError not-found; conflict for a case that is closed */
export function resolveChange(
  db: Database,
  change: ReviewChange,
  doing: Doing,
): Pick<StoredChange, 'name' | 'target' | 'reason'> {
  switch (change.kind) {
    case 'tag': {
      const tag = ensureTag(db, change.tag, change.color, doing);
      return { name: tag.name, target: tag.id, reason: '' };
    }
    case 'untag': {
      const tag = getTag(db, change.tag);
      return { name: tag.name, target: tag.id, reason: '' };
    }
    case 'mark':
      return { name: change.outcome, target: null, reason: '' };
    case 'case-add':
    case 'case-remove': {
      const { id, name, closed_ms: closed } = getCase(db, change.case);
      if (closed !== null) {
        throw new ArchiveError('conflict', `The case “${name}” is closed.`, { hint: 'Open it again first.' });
      }
      return { name, target: id, reason: change.reason };
    }
    case 'star':
    case 'unstar':
    case 'unmark':
      return { name: '', target: null, reason: '' };
  }
}

export const ways: Record<ChangeKind, Way> = {
  tag: {
    make(db, { target, action }, rid, { now, actor }) {
      const added = run(
        db,
        'INSERT OR IGNORE INTO tag_member(tag, rid, added_ms, added_by, action) VALUES (?, ?, ?, ?, ?)',
        [target, rid, now, actor.user, action],
      );
      return added ? {} : null;
    },
    putBack: (db, { target, action }, rid) =>
      run(db, 'DELETE FROM tag_member WHERE tag = ? AND rid = ? AND action = ?', [target, rid, action]),
  },
  untag: {
    make: (db, { target }, rid) =>
      take(db, 'DELETE FROM tag_member WHERE tag = ? AND rid = ? RETURNING added_ms, added_by, action', [target, rid]),
    putBack: (db, { target }, rid, { added_ms: at, added_by: by, action }) =>
      run(
        db,
        `INSERT OR IGNORE INTO tag_member(tag, rid, added_ms, added_by, action)
         SELECT ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM tag WHERE id = ?)`,
        [target, rid, at, by, action, target],
      ),
  },
  star: {
    make(db, { action }, rid, { now, actor }) {
      const added = run(db, 'INSERT OR IGNORE INTO star(rid, added_ms, added_by, action) VALUES (?, ?, ?, ?)', [
        rid,
        now,
        actor.user,
        action,
      ]);
      return added ? {} : null;
    },
    putBack: (db, { action }, rid) => run(db, 'DELETE FROM star WHERE rid = ? AND action = ?', [rid, action]),
  },
  unstar: {
    make: (db, _change, rid) => take(db, 'DELETE FROM star WHERE rid = ? RETURNING added_ms, added_by, action', [rid]),
    putBack: (db, _change, rid, { added_ms: at, added_by: by, action }) =>
      run(db, 'INSERT OR IGNORE INTO star(rid, added_ms, added_by, action) VALUES (?, ?, ?, ?)', [rid, at, by, action]),
  },
  mark: {
    make(db, { name, action }, rid, { now, actor }) {
      const former = decision(db, rid);
      if (former?.['outcome'] === name) return null;
      setDecision(db, rid, { outcome: name, decided_ms: now, decided_by: actor.user, action });
      return former ?? {};
    },
    putBack(db, { action }, rid, former) {
      if (decision(db, rid)?.['action'] !== action) return false;
      if (former['outcome'] === undefined) return run(db, 'DELETE FROM decision WHERE rid = ?', [rid]);
      return setDecision(db, rid, former);
    },
  },
  unmark: {
    make: (db, _change, rid) =>
      take(db, 'DELETE FROM decision WHERE rid = ? RETURNING outcome, decided_ms, decided_by, action', [rid]),
    putBack: (db, _change, rid, former) => decision(db, rid) === null && setDecision(db, rid, former),
  },
  'case-add': {
    make(db, { target, action, reason }, rid, { now, actor }) {
      const added = run(
        db,
        `INSERT OR IGNORE INTO case_member(review_case, rid, added_ms, added_by, reason, action)
         VALUES (?, ?, ?, ?, ?, ?)`,
        [target, rid, now, actor.user, reason, action],
      );
      return added ? { holds: holdCaseMember(db, target ?? 0, rid) } : null;
    },
    putBack(db, { target, action }, rid, { holds }) {
      const gone = run(db, 'DELETE FROM case_member WHERE review_case = ? AND rid = ? AND action = ?', [
        target,
        rid,
        action,
      ]);
      if (gone) releaseCaseMember(db, rid, holds as number[]);
      return gone;
    },
  },
  'case-remove': {
    make: (db, { target }, rid) =>
      take(
        db,
        'DELETE FROM case_member WHERE review_case = ? AND rid = ? RETURNING added_ms, added_by, reason, action',
        [target, rid],
      ),
    putBack(db, { target }, rid, { added_ms: at, added_by: by, reason, action }) {
      const back = run(
        db,
        `INSERT OR IGNORE INTO case_member(review_case, rid, added_ms, added_by, reason, action)
         VALUES (?, ?, ?, ?, ?, ?)`,
        [target, rid, at, by, reason, action],
      );
      // A hold may have been put on the case meanwhile.
      if (back) holdCaseMember(db, target ?? 0, rid);
      return back;
    },
  },
};

/** The word of the custody log for a change. */
export const logKinds: Record<ChangeKind, string> = {
  tag: 'tagged',
  untag: 'untagged',
  star: 'starred',
  unstar: 'unstarred',
  mark: 'reviewed',
  unmark: 'review-withdrawn',
  'case-add': 'case-added',
  'case-remove': 'case-taken-out',
};

/** What the change is about, for the custody log. */
export function changeFacts({ kind, name, reason }: StoredChange): Record<string, string> {
  switch (kind) {
    case 'tag':
    case 'untag':
      return { tag: name };
    case 'mark':
      return { outcome: name };
    case 'case-add':
    case 'case-remove':
      return { case: name, reason };
    case 'star':
    case 'unstar':
    case 'unmark':
      return {};
  }
}

function run(db: Database, sql: string, values: unknown[]): boolean {
  return prepared<unknown[]>(db, sql).run(...values).changes > 0;
}

function take(db: Database, sql: string, values: unknown[]): Former {
  return prepared<unknown[], Record<string, unknown>>(db, sql).get(...values) ?? null;
}

function decision(db: Database, rid: number): Former {
  const sql = 'SELECT outcome, decided_ms, decided_by, action FROM decision WHERE rid = ?';
  return prepared<[number], Record<string, unknown>>(db, sql).get(rid) ?? null;
}

function setDecision(db: Database, rid: number, row: Record<string, unknown>): boolean {
  const { outcome, decided_ms: at, decided_by: by, action } = row;
  return run(
    db,
    'INSERT OR REPLACE INTO decision(rid, outcome, decided_ms, decided_by, action) VALUES (?, ?, ?, ?, ?)',
    [rid, outcome, at, by, action],
  );
}
