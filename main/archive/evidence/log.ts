import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Source, VersionReason } from '../../../preload/model.ts';
import type { Actor } from '../actor.ts';
import { canonicalJson } from './canonical-json.ts';
import { commitEntry, commitPrepared, commitVersion, type ReadyCommitment } from './commitment.ts';
import { hashLength } from './sha256.ts';
import { appendLeaf } from './tree.ts';

/** One new version of a record, as the store writes it. */
export interface VersionLeaf {
  rid: number;
  version: number;
  source: Source;
  accountId: string;
  remoteId: string;
  receivedAt: number;
  reason: VersionReason;
  seed: Uint8Array;
  sha256: Uint8Array;
  /** The exact bytes: the commitment is made from them and from nothing derived. */
  original: Uint8Array;
  /** What was committed to before, if anything was, and as received when: it holds for first versions. */
  ready?: (ReadyCommitment & { receivedAt: number }) | undefined;
}

/** Seals a version into the custody log. Must be called in the transaction that stores it. */
export function appendVersionLeaf(db: Database, leaf: VersionLeaf): void {
  const commitment = commitmentOf(leaf);
  const subject = `${leaf.source}:${leaf.accountId}:${leaf.remoteId}`;
  appendLeaf(db, commitment, { rid: leaf.rid, version: leaf.version, subject });
}

function commitmentOf(leaf: VersionLeaf): Buffer {
  const { seed, original, ready } = leaf;
  if (ready === undefined) return commitVersion(leaf, seed, original);
  const asExpected = leaf.version === 1 && leaf.reason === 'first-seen' && leaf.receivedAt === ready.receivedAt;
  return asExpected ? ready.commitment : commitPrepared(leaf, seed, ready.path);
}

/** Something that a person or the app did. Details hold facts, never transcript text or secrets. */
export interface Action {
  /** A fixed kebab-case name, e.g. `export`, `conversation-opened`. */
  kind: string;
  /** Epoch milliseconds. */
  time: number;
  /** Ids of conversations, accounts, cases … that it is about. */
  subjects: readonly string[];
  details: Readonly<Record<string, unknown>>;
}

/** Seals an action into the custody log and gives its position. Must be called inside a transaction. */
export function appendAction(db: Database, action: Action, actor: Actor): number {
  return appendEntry(db, action.kind, action.time, action.subjects, {
    actor: { app: actor.app, host: actor.host, user: actor.user },
    details: action.details,
  });
}

/** What one pass over a window of an account's source found (evidence.md section 1, "window ledger"). */
export interface WindowVerdict {
  accountId: string;
  source: Source;
  /** Both ends inclusive, epoch milliseconds. */
  from: number;
  to: number;
  askedAt: number;
  /** The API's own count of hits. */
  reported: number;
  /** Distinct records received. */
  received: number;
  pages: number;
  partialAnswers: number;
  passes: number;
  verdict: 'complete' | 'provisional' | 'gap' | 'beyond-retention';
}

/** Seals the verdict on a window. Must be called in the transaction that writes the verdict to the ledger. */
export function appendVerdict(db: Database, verdict: WindowVerdict): number {
  const { accountId, askedAt, from, to, ...facts } = verdict;
  const time = (ms: number) => new Date(ms).toISOString();
  return appendEntry(db, 'window-verdict', askedAt, [`account:${accountId}`], {
    details: { accountId, ...facts, from: time(from), to: time(to) },
  });
}

function appendEntry(
  db: Database,
  kind: string,
  time: number,
  subjects: readonly string[],
  facts: Readonly<Record<string, unknown>>,
): number {
  const salt = randomBytes(hashLength);
  const entry = canonicalJson({ kind, subjects, time: new Date(time).toISOString(), ...facts });
  const position = appendLeaf(db, commitEntry(salt, entry), null);
  db.prepare('INSERT INTO custody_entry(position, time_ms, kind, salt, entry) VALUES (?, ?, ?, ?, ?)').run(
    position,
    time,
    kind,
    salt,
    entry,
  );
  const addSubject = db.prepare('INSERT OR IGNORE INTO custody_subject(subject, position) VALUES (?, ?)');
  for (const subject of subjects) addSubject.run(subject, position);
  return position;
}
