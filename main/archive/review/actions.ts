import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { ReviewAction, ReviewChange, ReviewScope } from '../../../preload/model.ts';
import { logChange } from '../evidence/custody.ts';
import { prepared } from '../store/statements.ts';
import { sealHoldChanges } from './case-holds.ts';
import { changeFacts, logKinds, resolveChange, ways, type StoredChange } from './changes.ts';
import { idOf, sealOf, type Doing } from './doing.ts';
import { rewriteIndexRows } from './index-rows.ts';
import { scopeFacts, scopeRids } from './scope.ts';

/** Conversations of one transaction: about a tenth of a second, in which nothing else is written. */
export const batchSize = 500;
/** Actions before these cannot be taken back: what was there before them is forgotten. */
const keptActions = 100;

interface ActionRow {
  id: number;
  kind: ReviewChange['kind'];
  name: string;
  target: number | null;
  reason: string;
  asked: string;
  at_ms: number;
  by_user: string;
  matched: number;
  changed: number;
  state: ReviewAction['state'];
}

/**
 * Notes down what is to be done, and to which conversations, without doing any of it yet: they keep their place on
 * the list even when a sync moves their row meanwhile.
 * @throws ArchiveError not-found, conflict, invalid-input: then nothing has happened
 */
export function startAction(db: Database, change: ReviewChange, scope: ReviewScope, doing: Doing): ReviewAction {
  return db
    .transaction(() => {
      const { name, target, reason } = resolveChange(db, change, doing);
      const rids = scopeRids(db, scope, doing.now);
      const { lastInsertRowid } = prepared<unknown[]>(
        db,
        `INSERT INTO review_action(kind, name, target, reason, asked, at_ms, by_user, matched, changed, state)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 'running')`,
      ).run(
        change.kind,
        name,
        target,
        reason,
        JSON.stringify(scopeFacts(scope)),
        doing.now,
        doing.actor.user,
        rids.length,
      );
      const key = Number(lastInsertRowid);
      const add = prepared<[number, number]>(db, 'INSERT INTO review_action_member(action, rid) VALUES (?, ?)');
      for (const rid of rids) add.run(key, rid);
      // What is still being done, or taken back, needs its list to the end.
      prepared<[number]>(
        db,
        `DELETE FROM review_action_member
         WHERE action <= ? AND action NOT IN (SELECT id FROM review_action WHERE state = 'running')`,
      ).run(key - keptActions);
      return publicAction(getRow(db, key));
    })
    .immediate();
}

/**
 * Does the next batch of an action: labels, index rows and the custody entry in one transaction, on the disk when this
 * returns. Gives how many conversations are left.
 */
export function continueAction(db: Database, key: number, doing: Doing): number {
  return logChange(
    db,
    () => {
      const row = getRow(db, key);
      const change = storedChange(row);
      const rids = nextMembers(db, key, 'former IS NULL');
      const way = ways[row.kind];
      const keep = prepared<[string, number, number]>(
        db,
        'UPDATE review_action_member SET former = ? WHERE action = ? AND rid = ?',
      );
      const forget = prepared<[number, number]>(db, 'DELETE FROM review_action_member WHERE action = ? AND rid = ?');
      const changed: number[] = [];
      for (const rid of rids) {
        const former = way.make(db, change, rid, doing);
        if (former === null) forget.run(key, rid);
        else {
          keep.run(JSON.stringify(former), key, rid);
          changed.push(rid);
        }
      }
      const entries = changed.length === 0 ? [] : [entryOf(db, logKinds[row.kind], row, changed, doing)];
      const held = sealHoldChanges(db, { action: key }, doing);
      rewriteIndexRows(db, changed, doing.now);
      const left = rids.length < batchSize ? 0 : countLeft(db, key, 'former IS NULL');
      prepared<[number, string, number]>(
        db,
        'UPDATE review_action SET changed = changed + ?, state = ? WHERE id = ?',
      ).run(changed.length, left === 0 ? 'done' : 'running', key);
      return { value: left, actions: [...entries, ...held] };
    },
    doing.actor,
  );
}

/** Leaves the rest of an action undone; what was done stays, and can be taken back. */
export function stopAction(db: Database, key: number): void {
  db.transaction(() => {
    prepared<[number]>(db, 'DELETE FROM review_action_member WHERE action = ? AND former IS NULL').run(key);
    prepared<[number]>(db, `UPDATE review_action SET state = 'stopped' WHERE id = ? AND state = 'running'`).run(key);
  }).immediate();
}

/** Actions that a crash cut short: what they did stays, and can be taken back. */
export function stopInterrupted(db: Database): void {
  const running = prepared<[], { id: number }>(db, `SELECT id FROM review_action WHERE state = 'running'`).all();
  for (const { id } of running) stopAction(db, id);
}

/**
 * Begins to take an action back: the one named, or the user's last one that changed anything. It runs from now on, so
 * that nobody else takes it back at the same time.
 * @throws ArchiveError not-found; conflict when it goes on, was taken back before or is too long ago
 */
export function startUndo(db: Database, key: number | undefined, doing: Doing): ReviewAction {
  return db
    .transaction(() => {
      const { id } = actionToUndo(db, key, doing);
      prepared<[number]>(db, `UPDATE review_action SET state = 'running' WHERE id = ?`).run(id);
      return publicAction(getRow(db, id));
    })
    .immediate();
}

function actionToUndo(db: Database, key: number | undefined, { actor }: Doing): ActionRow {
  const last = prepared<[string], { id: number }>(
    db,
    `SELECT id FROM review_action WHERE by_user = ? AND changed > 0 AND state <> 'undone' ORDER BY id DESC LIMIT 1`,
  );
  const wanted = key ?? last.get(actor.user)?.id;
  if (wanted === undefined) throw new ArchiveError('not-found', 'There is nothing to take back.');
  const row = getRow(db, wanted);
  if (row.state === 'undone') throw new ArchiveError('conflict', 'This was taken back before.');
  if (row.state === 'running') {
    throw new ArchiveError('conflict', 'This is still going on.', { hint: 'Cancel it first, or wait for its end.' });
  }
  if (row.changed > 0 && countLeft(db, wanted, 'former IS NOT NULL') === 0) {
    throw new ArchiveError('conflict', 'This is too long ago to be taken back.', {
      hint: `The last ${keptActions} actions can be.`,
    });
  }
  return row;
}

/** Takes the next batch of an action back. Gives how many conversations are left. */
export function continueUndo(db: Database, key: number, doing: Doing): number {
  return logChange(
    db,
    () => {
      const row = getRow(db, key);
      const change = storedChange(row);
      const way = ways[row.kind];
      const rids = nextMembers(db, key, 'former IS NOT NULL');
      const back = rids.filter((rid) => {
        const { former } = takeMember(db, key, rid);
        return way.putBack(db, change, rid, JSON.parse(former) as Record<string, unknown>);
      });
      const entries = back.length === 0 ? [] : [entryOf(db, 'review-undone', row, back, doing)];
      const held = sealHoldChanges(db, { undone: key }, doing);
      rewriteIndexRows(db, back, doing.now);
      const left = rids.length < batchSize ? 0 : countLeft(db, key, 'former IS NOT NULL');
      if (left === 0) prepared<[number]>(db, `UPDATE review_action SET state = 'undone' WHERE id = ?`).run(key);
      return { value: left, actions: [...entries, ...held] };
    },
    doing.actor,
  );
}

/** What was done last, newest first. */
export function listActions(db: Database, limit: number): ReviewAction[] {
  return prepared<[number], ActionRow>(db, 'SELECT * FROM review_action ORDER BY id DESC LIMIT ?')
    .all(limit)
    .map(publicAction);
}

/** @throws ArchiveError not-found */
export function getAction(db: Database, key: number): ReviewAction {
  return publicAction(getRow(db, key));
}

function getRow(db: Database, key: number): ActionRow {
  const row = prepared<[number], ActionRow>(db, 'SELECT * FROM review_action WHERE id = ?').get(key);
  if (row !== undefined) return row;
  throw new ArchiveError('not-found', `There is no action ${key}.`, { hint: 'Look at the list of actions.' });
}

type Which = 'former IS NULL' | 'former IS NOT NULL';

function nextMembers(db: Database, key: number, which: Which): number[] {
  return prepared<[number, number], { rid: number }>(
    db,
    `SELECT rid FROM review_action_member WHERE action = ? AND ${which} ORDER BY rid LIMIT ?`,
  )
    .all(key, batchSize)
    .map(({ rid }) => rid);
}

function countLeft(db: Database, key: number, which: Which): number {
  const row = prepared<[number], { total: number }>(
    db,
    `SELECT count(*) AS total FROM review_action_member WHERE action = ? AND ${which}`,
  ).get(key);
  return row?.total ?? 0;
}

function takeMember(db: Database, key: number, rid: number): { former: string } {
  const row = prepared<[number, number], { former: string }>(
    db,
    'DELETE FROM review_action_member WHERE action = ? AND rid = ? RETURNING former',
  ).get(key, rid);
  return row ?? { former: '{}' };
}

function entryOf(db: Database, kind: string, row: ActionRow, rids: readonly number[], { now }: Doing) {
  const ids = rids.map((rid) => idOf(db, rid));
  const change = storedChange(row);
  const facts = changeFacts(change);
  const about = facts['tag'] === undefined ? [] : [`tag:${facts['tag']}`];
  if (facts['case'] !== undefined) about.push(`case:${facts['case']}`);
  const asked = JSON.parse(row.asked) as Record<string, string>;
  const undone = kind === 'review-undone' ? { undid: logKinds[row.kind] } : {};
  const details = { action: row.id, ...undone, ...facts, ...asked, ...sealOf(ids) };
  return { kind, time: now, subjects: [...about, ...ids], details };
}

function storedChange({ id, kind, name, target, reason }: ActionRow): StoredChange {
  return { action: id, kind, name, target, reason };
}

function publicAction(row: ActionRow): ReviewAction {
  const { id, kind, name, at_ms: at, by_user: by, matched, changed, state } = row;
  return { action: id, kind, name, at, by, matched, changed, state };
}
