import type { KeyObject } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { addKeyRow, archiveKey, openArchiveKey, type ArchiveKey } from './keys.ts';
import { signCheckpoint } from './checkpoint.ts';
import type { Actor } from '../actor.ts';
import { signHandOver } from './hand-over.ts';
import { appendAction, type Action } from './log.ts';
import { rootHash } from './merkle.ts';
import { storedNodes, treeSize } from './tree.ts';

export interface SignedCheckpoint {
  size: number;
  /** The signed note, exactly as issued. */
  note: string;
}

/** The writer's archive: where its database is open and where its key lies. */
export interface CustodyArchive {
  db: Database;
  folder: string;
}

/**
 * Seals an action and signs a checkpoint that includes it, on the disk when this returns.
 * Must be called outside any transaction.
 */
export function recordAction(
  archive: CustodyArchive,
  action: Action,
  actor: Actor,
): { position: number; checkpoint: SignedCheckpoint } {
  return recordChange(archive, () => action, actor);
}

/**
 * Makes a change and seals what was done with a checkpoint, both or neither, on the disk when this returns.
 * Must be called outside any transaction.
 * @param change makes the change and tells the action; when it throws, nothing has happened.
 */
export function recordChange(
  archive: CustodyArchive,
  change: () => Action,
  actor: Actor,
): { position: number; checkpoint: SignedCheckpoint } {
  return durably(archive.db, () => {
    const action = change();
    const position = appendAction(archive.db, action, actor);
    return { position, checkpoint: issueCheckpoint(archive, action.time, actor) };
  });
}

/**
 * Makes a change and appends what was done to the log, all or nothing, on the disk when this returns. No checkpoint:
 * reviewers do this hundreds of times an hour, and the next one signs it all. Must be called outside any transaction.
 * @param change tells the actions beside its value; none where nothing changed.
 */
export function logChange<T>(db: Database, change: () => { value: T; actions: readonly Action[] }, actor: Actor): T {
  return durably(db, () => {
    const { value, actions } = change();
    for (const action of actions) appendAction(db, action, actor);
    return value;
  });
}

/**
 * The same for a change that is several actions: they stand in the log in their order, one after the other.
 * @param change makes the change and tells the actions; none when nothing was changed
 */
export function recordChanges(archive: CustodyArchive, change: () => readonly Action[], actor: Actor): void {
  durably(archive.db, () => {
    const actions = change();
    for (const action of actions) appendAction(archive.db, action, actor);
    const last = actions.at(-1);
    if (last !== undefined) issueCheckpoint(archive, last.time, actor);
  });
}

/**
 * Seals what several users did before, and whatever `also` writes, with one checkpoint, on the disk when this returns.
 * Must be called outside any transaction.
 */
export function recordPast(
  archive: CustodyArchive,
  actions: readonly (Action & { actor: Actor })[],
  also: () => void,
): SignedCheckpoint | null {
  const last = actions.at(-1);
  if (last === undefined) return null;
  return durably(archive.db, () => {
    for (const { actor, ...action } of actions) appendAction(archive.db, action, actor);
    also();
    return issueCheckpoint(archive, last.time, last.actor);
  });
}

/** Signs a checkpoint of the log as it is now, unless nothing was added since the last one. */
export function recordCheckpoint(archive: CustodyArchive, now: number, actor: Actor): SignedCheckpoint {
  const latest = latestCheckpoint(archive.db);
  if (latest !== null && latest.size === treeSize(archive.db)) return latest;
  return durably(archive.db, () => issueCheckpoint(archive, now, actor));
}

export function latestCheckpoint(db: Database): SignedCheckpoint | null {
  const row = db
    .prepare<[], SignedCheckpoint>('SELECT size, note FROM custody_checkpoint ORDER BY id DESC LIMIT 1')
    .get();
  return row ?? null;
}

/**
 * Lets another key sign from now on: both sign the hand-over, and the new one the next checkpoint.
 * Must be called outside any transaction, and with the present key at hand.
 */
export function changeKey(
  archive: CustodyArchive,
  privateKey: KeyObject,
  details: Readonly<Record<string, unknown>>,
  { now, actor }: { now: number; actor: Actor },
): SignedCheckpoint {
  const { db, folder } = archive;
  return durably(db, () => {
    // The old key's last word covers all that it is answerable for.
    issueCheckpoint(archive, now, actor);
    const old = openArchiveKey(db, folder, now);
    const next = archiveKey(privateKey, addKeyRow(db, old.name, privateKey, now), old.name, null);
    appendHandOver(db, { next, oldKey: old.publicKey, signers: [old, next] }, details, { now, actor });
    return signState(db, next, now);
  });
}

function issueCheckpoint({ db, folder }: CustodyArchive, now: number, actor: Actor): SignedCheckpoint {
  const key = openArchiveKey(db, folder, now);
  const { created } = key;
  if (created !== null && created.replaces === null) {
    const details = { publicKey: Buffer.from(key.publicKey).toString('base64') };
    appendAction(db, { kind: 'key-created', time: now, subjects: [], details }, actor);
  } else if (created?.replaces) {
    const details = { reason: 'the old key was not at hand' };
    appendHandOver(db, { next: key, oldKey: created.replaces, signers: [key] }, details, { now, actor });
  }
  return signState(db, key, now);
}

/** Tells the log that another key signs from here on. */
function appendHandOver(
  db: Database,
  keys: { next: ArchiveKey; oldKey: Uint8Array; signers: readonly ArchiveKey[] },
  details: Readonly<Record<string, unknown>>,
  { now, actor }: { now: number; actor: Actor },
): void {
  const { next, oldKey, signers } = keys;
  const size = treeSize(db);
  const state = { origin: next.name, size, root: rootHash(size, storedNodes(db)) };
  const time = new Date(now).toISOString();
  const publicKey = Buffer.from(next.publicKey).toString('base64');
  const handOver = signHandOver({ ...state, oldKey, newKey: next.publicKey, time }, signers);
  const oldKeyAtHand = signers.length > 1;
  const sealed = { ...details, publicKey, oldKeyAtHand, handOver };
  appendAction(db, { kind: 'key-rotated', time: now, subjects: [], details: sealed }, actor);
}

function signState(db: Database, key: ArchiveKey, now: number): SignedCheckpoint {
  const size = treeSize(db);
  const note = signCheckpoint({ origin: key.name, size, root: rootHash(size, storedNodes(db)) }, key);
  db.prepare('INSERT INTO custody_checkpoint(size, time_ms, key, note) VALUES (?, ?, ?, ?)').run(
    size,
    now,
    key.row,
    note,
  );
  return { size, note };
}

/** Runs one transaction that survives a power cut the moment it is over, unlike the archive's others. */
function durably<T>(db: Database, work: () => T): T {
  db.pragma('synchronous = FULL');
  try {
    return db.transaction(work).immediate();
  } finally {
    db.pragma('synchronous = NORMAL');
  }
}
