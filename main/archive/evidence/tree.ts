import type { Database, Statement } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import { Frontier, type NodeReader } from './merkle.ts';
import { hashLength } from './sha256.ts';

interface LastLeaf {
  position: number;
  commitment: Buffer;
}

interface TreeState {
  last: Statement<[], LastLeaf>;
  nodes: Statement<[number], Buffer>;
  insert: Statement<[number, Buffer, Buffer, number | null, number | null, string | null]>;
  frontier: Frontier;
  /** Commitment of the last leaf that the frontier includes. */
  commitment: Buffer | null;
}

/** Prepared once per connection; forgotten with it. */
const states = new WeakMap<Database, TreeState>();

function stateOf(db: Database): TreeState {
  let state = states.get(db);
  if (state === undefined) {
    state = {
      last: db.prepare('SELECT position, commitment FROM custody_leaf ORDER BY position DESC LIMIT 1'),
      nodes: db.prepare<[number], Buffer>('SELECT nodes FROM custody_leaf WHERE position = ?').pluck(),
      insert: db.prepare(
        'INSERT INTO custody_leaf(position, commitment, nodes, rid, version, subject) VALUES (?, ?, ?, ?, ?, ?)',
      ),
      frontier: new Frontier(),
      commitment: null,
    };
    states.set(db, state);
  }
  return state;
}

/** Number of leaves. */
export function treeSize(db: Database): number {
  return (stateOf(db).last.get()?.position ?? -1) + 1;
}

/** Reads stored subtree hashes: each lies in the row of the leaf that completed it. */
export function storedNodes(db: Database): NodeReader {
  const { nodes } = stateOf(db);
  return (level, index) => {
    const position = (index + 1) * 2 ** level - 1;
    const row = nodes.get(position);
    const hash = row?.subarray(level * hashLength, (level + 1) * hashLength);
    if (hash?.length !== hashLength) {
      throw new ArchiveError('archive-corrupt', `The custody log has no hash for leaf ${position}, level ${level}.`, {
        hint: 'Run verify to see what else is damaged, then restore a backup.',
      });
    }
    return hash;
  };
}

/** What a leaf stands for: a record's version, or nothing here (the entry table knows). */
export interface LeafOwner {
  rid: number;
  version: number;
  subject: string;
}

/** Adds one leaf and says at which position. Must be called inside a transaction. */
export function appendLeaf(db: Database, commitment: Buffer, owner: LeafOwner | null): number {
  const state = stateOf(db);
  const last = state.last.get();
  // A transaction that was rolled back, or another process, may have left the remembered edge behind the table.
  // Commitments are salted, so the same last commitment at the same place means the same tree.
  const current =
    last === undefined
      ? state.frontier.size === 0
      : state.frontier.size === last.position + 1 && state.commitment?.equals(last.commitment) === true;
  if (!current) state.frontier = new Frontier((last?.position ?? -1) + 1, storedNodes(db));
  const position = state.frontier.size;
  const nodes = state.frontier.append(commitment);
  state.commitment = commitment;
  state.insert.run(position, commitment, nodes, owner?.rid ?? null, owner?.version ?? null, owner?.subject ?? null);
  return position;
}
