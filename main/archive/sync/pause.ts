import type { Database } from 'better-sqlite3';
import { getAccount } from '../store/accounts.ts';
import { readSetting, writeSetting } from '../store/settings.ts';

const settingKey = 'sync.paused';

/** Accounts that the scheduler leaves alone, by id. */
export function pausedAccounts(db: Database): ReadonlySet<string> {
  const stored = readSetting(db, settingKey);
  return new Set(Array.isArray(stored) ? stored.filter((id): id is string => typeof id === 'string') : []);
}

/**
 * Stops an account's sync at the next page and keeps the scheduler from starting it again. A person who asks for a
 * sync of just this account still gets it.
 * @throws ArchiveError not-found
 */
export function pauseAccount(db: Database, accountId: string): void {
  getAccount(db, accountId);
  writeSetting(db, settingKey, [...new Set([...pausedAccounts(db), accountId])]);
}

/** @throws ArchiveError not-found */
export function resumeAccount(db: Database, accountId: string): void {
  getAccount(db, accountId);
  writeSetting(
    db,
    settingKey,
    [...pausedAccounts(db)].filter((id) => id !== accountId),
  );
}
