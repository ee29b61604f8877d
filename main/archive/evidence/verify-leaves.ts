import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { readOriginal } from '../store/transcripts.ts';
import { canonicalJson } from './canonical-json.ts';
import { commitEntry, commitVersion } from './commitment.ts';
import { destroyedLeaves, type DestroyedLeaf } from './destroyed.ts';
import { Frontier, leafHash, nodeHash } from './merkle.ts';
import { hashLength } from './sha256.ts';
import type { VerifyNotes } from './verify-notes.ts';
import type { VerifyProgress } from './verify-progress.ts';

interface LeafRow {
  position: number;
  commitment: Buffer;
  nodes: Buffer;
  rid: number | null;
  leaf_version: number | null;
  subject: string | null;
  /** From table version; null when the row is gone. */
  number: number | null;
  received_ms: number;
  reason: string;
  /** Null when the content was destroyed; the four after it then are, too. */
  sha256: Buffer | null;
  seed: Buffer;
  block: number;
  offset: number;
  length: number;
  /** From its tombstone: the entry that says that it was destroyed. */
  destroyed_by: number | null;
  source: string | null;
  account_id: string;
  remote_id: string;
  salt: Buffer | null;
  entry: string | null;
  kind: string;
  time_ms: number;
}

const leaves = `
  SELECT leaf.position, leaf.commitment, leaf.nodes, leaf.rid, leaf.version AS leaf_version, leaf.subject,
         v.number, v.received_ms, v.reason, v.sha256, v.seed, v.block, v.offset, v.length,
         t.entry AS destroyed_by,
         c.source, a.account_id, c.remote_id, e.salt, e.entry, e.kind, e.time_ms
  FROM custody_leaf AS leaf
  LEFT JOIN version AS v ON v.rid = leaf.rid AND v.number = leaf.version
  LEFT JOIN tombstone AS t ON t.rid = leaf.rid AND t.number = leaf.version
  LEFT JOIN conversation AS c ON c.rid = leaf.rid
  LEFT JOIN account AS a ON a.key = c.account
  LEFT JOIN custody_entry AS e ON e.position = leaf.position
  ORDER BY leaf.position`;

export const treeName = 'Custody log, leaf by leaf';
export const originalsName = 'Originals against hash and commitment';
export const destroyedName = 'Destroyed versions against the actions that destroyed them';
export const entriesName = 'Actions and verdicts against their commitment';

export interface LeavesOptions {
  /** Without it, originals are not read: only what is in the log itself is checked. */
  originals: boolean;
  signal: AbortSignal;
  onProgress: (done: number) => void;
  /** Sizes at which the root is wanted. */
  sizes: ReadonlySet<number>;
  /** How far originals were read before, if that is kept. */
  progress?: VerifyProgress | undefined;
}

/** Leaves between two turns of the event loop. */
const stride = 200;

/**
 * Takes up an earlier run that did not come to its end, if what it read is still the same.
 * Gives the number of leaves that need not be read again, and since when they were.
 */
export async function resumeLeaves(
  db: Database,
  progress: VerifyProgress,
  { signal, onProgress }: Pick<LeavesOptions, 'signal' | 'onProgress'>,
): Promise<{ leaves: number; startedAt: number } | null> {
  const saved = progress.saved();
  if (saved === null) return null;
  for (const row of db.prepare<[], LeafRow>(leaves).iterate()) {
    if (row.position >= saved.leaves) break;
    if (row.position % stride === 0) {
      onProgress(row.position);
      await setImmediate();
      signal.throwIfAborted();
    }
    progress.hash(row);
  }
  return progress.goOn(saved) ? { leaves: saved.leaves, startedAt: saved.startedAt } : null;
}

/** Recomputes the whole tree from what it is about. Gives its size and its root at each size asked for. */
export async function verifyLeaves(
  db: Database,
  notes: VerifyNotes,
  options: LeavesOptions,
): Promise<{ size: number; roots: Map<number, Buffer> }> {
  const frontier = new Frontier();
  const edge: Buffer[] = [];
  const roots = new Map<number, Buffer>();
  const keepRoot = () => {
    if (options.sizes.has(frontier.size)) roots.set(frontier.size, frontier.root());
  };
  keepRoot();
  const destroyed = destroyedLeaves(db);
  for (const row of db.prepare<[], LeafRow>(leaves).iterate()) {
    if (frontier.size % stride === 0) {
      options.onProgress(frontier.size);
      await setImmediate();
      options.signal.throwIfAborted();
    }
    const name = row.subject ?? `log entry ${row.position}`;
    notes.checked(treeName);
    if (row.position !== frontier.size) {
      notes.fail(
        treeName,
        name,
        `stands at ${row.position}, where the log has only ${frontier.size} entries before it`,
      );
      // Without the missing ones nothing after them can be computed: what follows is judged against stored hashes.
      frontier.size = row.position;
    }
    if (!nodesHold(row, edge))
      notes.fail(treeName, name, 'has hashes in the log that do not follow from what is before it', row.leaf_version);
    frontier.append(row.commitment);
    keepRoot();
    const reads = options.originals && options.progress?.skips(row.position) !== true;
    const { check, problem } = judge(db, row, destroyed.get(row.position), reads);
    options.progress?.judged(row, problem === null);
    notes.checked(check);
    if (problem !== null) notes.fail(check, name, problem, row.leaf_version);
    else if (check === destroyedName && row.number !== null) notes.destroyed(name, row.number);
  }
  return { size: frontier.size, roots };
}

/** Stored hashes of a leaf against its own commitment and its stored neighbours to the left: one place, one failure. */
function nodesHold(row: LeafRow, edge: Buffer[]): boolean {
  const { nodes, position } = row;
  const stored = (level: number) => nodes.subarray(level * hashLength, (level + 1) * hashLength);
  let holds = stored(0).equals(leafHash(row.commitment));
  let level = 0;
  for (let rest = position; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = edge[level];
    level += 1;
    const right = stored(level - 1);
    holds &&= left !== undefined && stored(level).equals(nodeHash(left, right));
  }
  edge[level] = Buffer.from(stored(level));
  return holds && nodes.length === (level + 1) * hashLength;
}

/** @param record what an action in the log says of this leaf, if one destroyed it */
function judge(
  db: Database,
  row: LeafRow,
  record: DestroyedLeaf | undefined,
  originals: boolean,
): { check: string; problem: string | null } {
  if (row.rid === null) return { check: entriesName, problem: entryProblem(row) };
  if (row.number !== null && row.sha256 === null) {
    const onRecord = record?.entry === row.destroyed_by && record?.version === row.number;
    const problem = onRecord ? nameProblem(row) : 'has lost its content, and no action in the log says so';
    return { check: destroyedName, problem };
  }
  if (record !== undefined) return { check: destroyedName, problem: 'was destroyed, and has content again' };
  return { check: originalsName, problem: versionProblem(db, row, originals) };
}

function entryProblem(row: LeafRow): string | null {
  if (row.entry === null || row.salt === null) return 'has lost what it recorded';
  if (!commitEntry(row.salt, row.entry).equals(row.commitment)) return 'does not say what was sealed';
  try {
    const { kind, time } = JSON.parse(row.entry) as { kind?: string; time?: string };
    const sealed = kind === row.kind && time === new Date(row.time_ms).toISOString();
    return sealed ? null : 'is listed under another kind or time than was sealed';
  } catch {
    return 'is not readable';
  }
}

function versionProblem(db: Database, row: LeafRow, originals: boolean): string | null {
  const { number, source, sha256 } = row;
  if (number === null || source === null || sha256 === null) return 'was deleted from the archive';
  const renamed = nameProblem(row);
  if (renamed !== null || !originals) return renamed;
  const original = readOriginal(db, { ...row, number, sha256 });
  if (original === null) return 'has an original that is damaged or was changed';
  const identity = {
    source,
    accountId: row.account_id,
    remoteId: row.remote_id,
    version: number,
    receivedAt: row.received_ms,
    reason: row.reason,
    sha256,
  };
  return commitVersion(identity, row.seed, original).equals(row.commitment)
    ? null
    : 'is not what was sealed when it was archived';
}

function nameProblem({ source, account_id: account, remote_id: remoteId, subject }: LeafRow): string | null {
  return `${source}:${account}:${remoteId}` === subject ? null : 'goes by another name than was sealed';
}

const ledgerName = 'Complete windows of the ledger against sealed verdicts';

/** A window may only be called complete where verdicts in the log say so. */
export function verifyLedger(db: Database, notes: VerifyNotes): void {
  const verdicts = new Map<string, [number, number][]>();
  const entries = db.prepare<[], { entry: string }>(`SELECT entry FROM custody_entry WHERE kind = 'window-verdict'`);
  for (const { entry } of entries.iterate()) {
    const { details } = JSON.parse(entry) as {
      details: { accountId: string; source: string; from: string; to: string; verdict: string };
    };
    if (details.verdict !== 'complete') continue;
    const key = canonicalJson([details.accountId, details.source]);
    const list = verdicts.get(key) ?? [];
    list.push([Date.parse(details.from), Date.parse(details.to)]);
    verdicts.set(key, list);
  }
  for (const list of verdicts.values()) list.sort(([one], [other]) => one - other);
  const windows = db.prepare<[], { account_id: string; source: string; from_ms: number; to_ms: number }>(
    `SELECT a.account_id, w.source, w.from_ms, w.to_ms FROM sync_window AS w JOIN account AS a ON a.key = w.account
     WHERE w.state = 'sealed'`,
  );
  for (const window of windows.iterate()) {
    notes.checked(ledgerName);
    let covered = window.from_ms;
    for (const [from, to] of verdicts.get(canonicalJson([window.account_id, window.source])) ?? []) {
      if (from > covered) break;
      covered = Math.max(covered, to);
      if (covered >= window.to_ms) break;
    }
    if (covered >= window.to_ms) continue;
    const range = `${new Date(window.from_ms).toISOString()} to ${new Date(window.to_ms).toISOString()}`;
    notes.fail(
      ledgerName,
      `account:${window.account_id}`,
      `${window.source} ${range} is called complete without a verdict in the log`,
    );
  }
}
