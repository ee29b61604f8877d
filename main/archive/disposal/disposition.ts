import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { DestructionCertificate, Disposition } from '../../../preload/model.ts';
import { recordChange, type CustodyArchive } from '../evidence/custody.ts';
import { treeSize } from '../evidence/tree.ts';
import { idOf, sealOf, type Doing } from '../review/doing.ts';
import { mayRemove } from '../review/holds.ts';
import { extendStandingHolds } from '../review/standing-holds.ts';
import { prepared } from '../store/statements.ts';
import { destroyConversations } from './destroy.ts';
import { getDisposition, storedDisposition, type StoredDisposition } from './disposition-rows.ts';
import { definition, retentionClasses } from './retention.ts';

/** Conversations that one transaction destroys, and one entry of the custody log names. */
const batchSize = 100;
/** What was due a month ago has to be looked at again. */
const longestMs = 30 * 86_400_000;

interface RunOptions {
  signal: AbortSignal;
  doing: () => Doing;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Carries out a plan that a second person confirms by its hash. Each batch is a transaction with its own entry in the
 * custody log; stopped or killed in between, the same call goes on. What came under a hold since, or got another version,
 * is left alone and counted. Must be called outside any transaction.
 * @throws ArchiveError not-found; conflict when the plan is old, was made under other classes, or by the same person;
 * cancelled; archive-corrupt
 */
export async function runDisposition(
  archive: CustodyArchive,
  input: ParsedInput<'disposition.run'>,
  { signal, doing, onProgress }: RunOptions,
): Promise<Disposition> {
  const { db } = archive;
  const subjects = [`disposition:${input.sha256}`];
  const before = storedDisposition(db, input.sha256);
  if (before.state === 'done') throw new ArchiveError('conflict', 'This plan has been carried out already.');
  if (before.state === 'planned') confirm(archive, before, input, doing());
  const plan = storedDisposition(db, input.sha256);
  extendStandingHolds(db, doing());
  const total = plan.plan.conversations;
  for (;;) {
    if (signal.aborted) {
      throw new ArchiveError('cancelled', 'The disposition was stopped. What was destroyed before stays so.', {
        hint: 'The same command goes on with it.',
        retryable: true,
      });
    }
    const members = nextMembers(db, plan.id);
    if (members.length === 0) break;
    destroyBatch(archive, plan, members, doing());
    onProgress?.(total - countLeft(db, plan.id), total);
    await setImmediate();
  }
  const { now, actor } = doing();
  recordChange(
    archive,
    () => {
      const certificate = certificateOf(db, plan, now);
      prepared<[string, number]>(db, "UPDATE disposition SET state = 'done', certificate = ? WHERE id = ?").run(
        JSON.stringify(certificate),
        plan.id,
      );
      return { kind: 'disposition-finished', time: now, subjects, details: { certificate } };
    },
    actor,
  );
  return getDisposition(db, input.sha256);
}

function confirm(
  archive: CustodyArchive,
  { id, sha256, plan, plannedAt }: StoredDisposition,
  { confirmedBy, reason }: ParsedInput<'disposition.run'>,
  { now, actor }: Doing,
): void {
  const { db } = archive;
  if (sameName(confirmedBy, plan.plannedBy)) {
    throw new ArchiveError('conflict', 'A plan has to be confirmed by another person than the one who made it.', {
      hint: `It was made by ${plan.plannedBy}.`,
    });
  }
  const planned = plan.classes.map(({ matched: _matched, expired: _expired, ...each }) => each);
  const isOld = now - plannedAt > longestMs;
  if (isOld || JSON.stringify(planned) !== JSON.stringify(retentionClasses(db).map(definition))) {
    const why = isOld ? 'is older than 30 days' : 'was made under other retention classes';
    throw new ArchiveError('conflict', `The plan ${why}.`, { hint: 'Make a new plan, and look at it again.' });
  }
  recordChange(
    archive,
    () => {
      prepared<unknown[]>(
        db,
        "UPDATE disposition SET state = 'running', confirmed_by = ?, reason = ?, started_ms = ? WHERE id = ?",
      ).run(confirmedBy, reason, now, id);
      const details = { planSha256: sha256, plannedBy: plan.plannedBy, confirmedBy, reason };
      return { kind: 'disposition-confirmed', time: now, subjects: [`disposition:${sha256}`], details };
    },
    actor,
  );
}

/** Names are what people typed: blanks and capitals do not make another person. */
function sameName(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  return plain(one) === plain(other);
}

interface Member {
  rid: number;
  versions: number;
}

function nextMembers(db: Database, disposition: number): Member[] {
  return prepared<[number, number], Member>(
    db,
    'SELECT rid, versions FROM disposition_member WHERE disposition = ? AND outcome IS NULL ORDER BY rid LIMIT ?',
  ).all(disposition, batchSize);
}

function countLeft(db: Database, disposition: number): number {
  const row = prepared<[number], { total: number }>(
    db,
    'SELECT count(*) AS total FROM disposition_member WHERE disposition = ? AND outcome IS NULL',
  ).get(disposition);
  return row?.total ?? 0;
}

function destroyBatch(
  archive: CustodyArchive,
  { id, sha256 }: StoredDisposition,
  members: readonly Member[],
  { now, actor }: Doing,
): void {
  const { db } = archive;
  recordChange(
    archive,
    () => {
      const settle = prepared<[string, number, number]>(
        db,
        'UPDATE disposition_member SET outcome = ? WHERE disposition = ? AND rid = ?',
      );
      const count = { held: 0, changed: 0 };
      const doomed = members.flatMap((member) => {
        const outcome = outcomeOf(db, member);
        settle.run(outcome, id, member.rid);
        if (outcome !== 'destroyed') count[outcome] += 1;
        return outcome === 'destroyed' ? [member.rid] : [];
      });
      const subjects = [`disposition:${sha256}`, ...doomed.map((rid) => idOf(db, rid))];
      const destroyed = destroyConversations(db, doomed, { entry: treeSize(db), now });
      return { kind: 'disposition', time: now, subjects, details: { planSha256: sha256, ...count, ...destroyed } };
    },
    actor,
  );
}

/** What was planned is destroyed as it was planned, or not at all. */
function outcomeOf(db: Database, { rid, versions }: Member): 'destroyed' | 'held' | 'changed' {
  if (!mayRemove(db, rid).allowed) return 'held';
  const row = prepared<[number], { total: number; content: number }>(
    db,
    'SELECT count(*) AS total, count(sha256) AS content FROM version WHERE rid = ?',
  ).get(rid);
  return row?.total === versions && row.content > 0 ? 'destroyed' : 'changed';
}

function certificateOf(db: Database, plan: StoredDisposition, now: number): DestructionCertificate {
  const outcomes = prepared<[number], { rid: number; outcome: string; versions: number }>(
    db,
    'SELECT rid, outcome, versions FROM disposition_member WHERE disposition = ?',
  ).all(plan.id);
  const destroyed = outcomes.filter(({ outcome }) => outcome === 'destroyed');
  const { members, membersSha256 } = sealOf(destroyed.map(({ rid }) => idOf(db, rid)));
  const entries = prepared<[string], { position: number }>(
    db,
    `SELECT s.position FROM custody_subject s JOIN custody_entry e ON e.position = s.position
     WHERE s.subject = ? AND e.kind = 'disposition' ORDER BY s.position`,
  ).all(`disposition:${plan.sha256}`);
  return {
    kind: 'transcript-archive certificate of destruction',
    version: 1,
    plan: plan.plan,
    planSha256: plan.sha256,
    confirmedBy: plan.confirmedBy ?? '',
    reason: plan.reason ?? '',
    startedAt: new Date(plan.startedAt ?? now).toISOString(),
    finishedAt: new Date(now).toISOString(),
    destroyed: {
      conversations: members,
      versions: destroyed.reduce((total, { versions }) => total + versions, 0),
      membersSha256,
    },
    held: outcomes.filter(({ outcome }) => outcome === 'held').length,
    changed: outcomes.filter(({ outcome }) => outcome === 'changed').length,
    entries: entries.map(({ position }) => position),
  };
}
