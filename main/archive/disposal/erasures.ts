import type { ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Erasure, ErasureState } from '../../../preload/model.ts';
import { recordChange, recordChanges, type CustodyArchive } from '../evidence/custody.ts';
import type { Action } from '../evidence/log.ts';
import { treeSize } from '../evidence/tree.ts';
import type { Log } from '../log.ts';
import type { Doing } from '../review/doing.ts';
import { extendStandingHolds } from '../review/standing-holds.ts';
import { destroyVersions } from './destroy.ts';
import { erasurePolicyOf } from './erasure-policy.ts';
import {
  erasuresIn,
  forgetUnerased,
  getErasure,
  heldNoMore,
  publicErasure,
  settle,
  type StoredErasure,
} from './erasure-rows.ts';

/** Conversations that are settled in one transaction, with one checkpoint. */
const batchSize = 100;

/** How many erasures were brought into each state. */
export type Settled = Record<Exclude<ErasureState, 'due'>, number>;

/**
 * Applies the policy to all that the source erased since the last time: former versions are kept, destroyed, or listed
 * for somebody to decide; never destroyed under a hold. Each outcome is an entry of the custody log, in the transaction
 * that brings it about. Must be called outside any transaction.
 */
export function settleErasures(archive: CustodyArchive, doing: Doing, log: Log): Settled {
  const { db } = archive;
  const settled: Settled = { kept: 0, asked: 0, held: 0, purged: 0 };
  forgetUnerased(db);
  heldNoMore(db);
  // What a standing hold would cover must be covered before anything goes.
  if (erasuresIn(db, ['due'], 1).length > 0) extendStandingHolds(db, doing);
  for (let after = -1; ;) {
    const due = erasuresIn(db, ['due'], batchSize, after);
    const last = due.at(-1);
    if (last === undefined) return settled;
    after = last.rid;
    try {
      settleBatch(archive, due, doing, settled);
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      // Damage in one conversation must not keep the others from being settled.
      for (const erasure of due) settleAlone(archive, erasure, doing, settled, log);
    }
  }
}

function settleAlone(archive: CustodyArchive, erasure: StoredErasure, doing: Doing, settled: Settled, log: Log): void {
  try {
    settleBatch(archive, [erasure], doing, settled);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    log('warn', 'erasure-not-settled', { conversation: erasure.id, code: error.code });
  }
}

interface Outcome {
  state: keyof Settled;
  reason: string;
}

function outcomeOf({ db }: CustodyArchive, { accountId, holds, versions }: StoredErasure): Outcome {
  if (versions.length === 0) return { state: 'purged', reason: 'nothing was left to destroy' };
  const policy = erasurePolicyOf(db, accountId);
  if (policy === 'ask') return { state: 'asked', reason: 'the policy is to ask' };
  if (policy === 'keep') return { state: 'kept', reason: 'the policy is to keep' };
  if (holds.length > 0) return { state: 'held', reason: `legal hold: ${holds.join(', ')}` };
  return { state: 'purged', reason: 'the policy is to purge' };
}

/** @throws ArchiveError archive-corrupt, and then nothing has happened */
function settleBatch(
  archive: CustodyArchive,
  due: readonly StoredErasure[],
  { now, actor }: Doing,
  settled: Settled,
): void {
  const { db } = archive;
  const groups = new Map<string, { outcome: Outcome; members: StoredErasure[] }>();
  recordChanges(
    archive,
    () => {
      for (const erasure of due) {
        const outcome = outcomeOf(archive, erasure);
        settle(db, erasure.rid, { ...outcome, now, by: null });
        const key = JSON.stringify(outcome);
        const group = groups.get(key) ?? { outcome, members: [] };
        group.members.push(erasure);
        groups.set(key, group);
      }
      const first = treeSize(db);
      return [...groups.values()].map(({ outcome, members }, index): Action => {
        const destroyed = outcome.state === 'purged' ? destroyFormer(archive, members, first + index, now) : {};
        return actionOf(outcome.state, members, now, { because: outcome.reason, ...destroyed });
      });
    },
    actor,
  );
  for (const { outcome, members } of groups.values()) settled[outcome.state] += members.length;
}

function destroyFormer({ db }: CustodyArchive, erasures: readonly StoredErasure[], entry: number, now: number) {
  const doomed = erasures.map(({ rid, versions }) => ({ rid, numbers: versions }));
  return destroyVersions(db, doomed, { entry, now });
}

function actionOf(
  state: keyof Settled,
  erasures: readonly StoredErasure[],
  time: number,
  details: Readonly<Record<string, unknown>>,
): Action {
  return { kind: `erasure-${state}`, time, subjects: erasures.map(({ id }) => id), details };
}

/**
 * What a person decides about the former versions of one conversation. Must be called outside any transaction.
 * @throws ArchiveError not-found; conflict under a hold, or when nothing is left to decide about; archive-corrupt
 */
export function decideErasure(
  archive: CustodyArchive,
  { id, decision, reason }: ParsedInput<'erasure.decide'>,
  { now, actor }: Doing,
): Erasure {
  const { db } = archive;
  if (decision === 'purge') extendStandingHolds(db, { now, actor });
  recordChange(
    archive,
    () => {
      const erasure = getErasure(db, id);
      if (erasure.versions.length === 0) {
        throw new ArchiveError('conflict', 'The former versions of this conversation have been destroyed already.');
      }
      const state = decision === 'purge' ? 'purged' : 'kept';
      settle(db, erasure.rid, { state, now, by: actor.user, reason });
      const destroyed = decision === 'purge' ? destroyFormer(archive, [erasure], treeSize(db), now) : {};
      return actionOf(state, [erasure], now, { because: 'decision', reason, ...destroyed });
    },
    actor,
  );
  return publicErasure(getErasure(db, id));
}
