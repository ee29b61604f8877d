import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ParsedInput } from '../../../preload/contract.ts';
import { erasurePolicySchema, type ErasurePolicies, type ErasurePolicy } from '../../../preload/model.ts';
import { recordChange, type CustodyArchive } from '../evidence/custody.ts';
import type { Doing } from '../review/doing.ts';
import { getAccount } from '../store/accounts.ts';
import { readSetting, writeSetting } from '../store/settings.ts';

const policySetting = 'erasure.policy';

const storedSchema = z.object({
  archive: erasurePolicySchema,
  accounts: z.record(z.string(), erasurePolicySchema),
});
type Stored = z.infer<typeof storedSchema>;

/** Nothing is destroyed until somebody asks for it: what was archived is evidence. */
const untouched: Stored = { archive: 'keep', accounts: {} };

function stored(db: Database): Stored {
  // A policy of another version of the app that this one cannot read must not lead to anything being destroyed.
  return storedSchema.safeParse(readSetting(db, policySetting)).data ?? untouched;
}

/** The policy of an account: its own, or else the archive's. */
export function erasurePolicyOf(db: Database, accountId: string): ErasurePolicy {
  const { archive, accounts } = stored(db);
  return accounts[accountId] ?? archive;
}

/** The archive's policy, and those of accounts that have one of their own. */
export function erasurePolicies(db: Database): ErasurePolicies {
  const { archive, accounts } = stored(db);
  return { archive, accounts: Object.entries(accounts).map(([accountId, policy]) => ({ accountId, policy })) };
}

/**
 * Changes a policy, with an entry in the custody log. Must be called outside any transaction.
 * @throws ArchiveError not-found for an account that is not there
 */
export function setErasurePolicy(
  archive: CustodyArchive,
  { accountId, policy }: ParsedInput<'erasure.setPolicy'>,
  { now, actor }: Doing,
): ErasurePolicies {
  const { db } = archive;
  recordChange(
    archive,
    () => {
      const before = stored(db);
      const { accounts: ofAccounts, archive: ofArchive } = before;
      const details = { accountId: accountId ?? null, policy };
      if (accountId === undefined) {
        writeSetting(db, policySetting, { ...before, archive: policy ?? untouched.archive });
        return action([], { ...details, before: ofArchive });
      }
      getAccount(db, accountId);
      const { [accountId]: own, ...others } = ofAccounts;
      const accounts = policy === null ? others : { ...others, [accountId]: policy };
      writeSetting(db, policySetting, { ...before, accounts });
      return action([`account:${accountId}`], { ...details, before: own ?? null });
    },
    actor,
  );
  return erasurePolicies(db);

  function action(subjects: string[], details: Record<string, string | null>) {
    return { kind: 'erasure-policy-changed', time: now, subjects, details };
  }
}
