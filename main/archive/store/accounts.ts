import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { ArchiveError } from '../../../preload/errors.ts';
import { sourceSchema, type Account, type AccountSettings } from '../../../preload/model.ts';
import { prepared } from './statements.ts';

/** An account with the number by which other tables know it. */
export type StoredAccount = Account & { key: number };

interface AccountRow {
  key: number;
  account_id: string;
  label: string | null;
  sources: string;
  credential_type: Account['credentialType'];
  domain_api: string | null;
  request_interval_ms: number;
  retry_base_ms: number;
  since_ms: number | null;
  demo: number;
  added_ms: number;
  removed_ms: number | null;
}

const sourcesSchema = z.array(sourceSchema);

function toAccount(row: AccountRow): StoredAccount {
  return {
    key: row.key,
    accountId: row.account_id,
    label: row.label,
    sources: sourcesSchema.parse(JSON.parse(row.sources)),
    credentialType: row.credential_type,
    domainApi: row.domain_api,
    requestIntervalMs: row.request_interval_ms,
    retryBaseMs: row.retry_base_ms,
    since: row.since_ms,
    demo: row.demo === 1,
    addedAt: row.added_ms,
  };
}

/** All accounts in the order they were added; removed ones only when asked for. */
export function listAccounts(db: Database, options: { removed?: boolean } = {}): StoredAccount[] {
  const rows = prepared<[number], AccountRow>(
    db,
    'SELECT * FROM account WHERE removed_ms IS NULL OR ? = 1 ORDER BY added_ms, key',
  ).all(options.removed === true ? 1 : 0);
  return rows.map(toAccount);
}

/**
 * One account by LivePerson's id. An account that was removed is not found: what it left behind is only read.
 * @throws ArchiveError not-found
 */
export function getAccount(db: Database, accountId: string): StoredAccount {
  const row = prepared<[string], AccountRow>(
    db,
    'SELECT * FROM account WHERE account_id = ? AND removed_ms IS NULL',
  ).get(accountId);
  if (row === undefined) {
    throw new ArchiveError('not-found', `There is no account ${accountId} in this archive.`, {
      hint: 'Add it first, or check its number.',
      details: { accountId },
    });
  }
  return toAccount(row);
}

/**
 * Adds an account, or takes up again one that was removed: its conversations are still here. An account that
 * records were only imported for (`none`) gets its credentials this way, too.
 * @throws ArchiveError conflict when it is already there
 */
export function addAccount(
  db: Database,
  settings: AccountSettings,
  credentialType: Account['credentialType'],
  options: { demo: boolean; now: number },
): StoredAccount {
  const known = prepared<[string], AccountRow>(db, 'SELECT * FROM account WHERE account_id = ?').get(
    settings.accountId,
  );
  if (known !== undefined && known.removed_ms === null && known.credential_type !== 'none') {
    throw new ArchiveError('conflict', `The account ${settings.accountId} is already in this archive.`, {
      hint: 'Remove it first to change how it is connected. Its conversations stay.',
      details: { accountId: settings.accountId },
    });
  }
  if (known !== undefined && (known.demo === 1) !== options.demo) {
    throw new ArchiveError('conflict', 'Demo data and real conversations must not share one account.', {
      hint: 'Use another archive folder for the demo.',
      details: { accountId: settings.accountId },
    });
  }
  prepared<unknown[]>(
    db,
    `INSERT INTO account(account_id, label, sources, credential_type, domain_api, request_interval_ms,
       retry_base_ms, since_ms, demo, added_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(account_id) DO UPDATE SET label = excluded.label, sources = excluded.sources,
       credential_type = excluded.credential_type, domain_api = excluded.domain_api,
       request_interval_ms = excluded.request_interval_ms, retry_base_ms = excluded.retry_base_ms,
       since_ms = excluded.since_ms, removed_ms = NULL`,
  ).run(
    settings.accountId,
    settings.label ?? null,
    JSON.stringify([...new Set(settings.sources)]),
    credentialType,
    settings.domainApi ?? null,
    settings.requestIntervalMs,
    settings.retryBaseMs,
    settings.since ?? null,
    options.demo ? 1 : 0,
    options.now,
  );
  return getAccount(db, settings.accountId);
}

/**
 * Stops syncing an account. What was archived stays, and so does its row: conversations refer to it.
 * @throws ArchiveError not-found
 */
export function removeAccount(db: Database, accountId: string, now: number): void {
  const { key } = getAccount(db, accountId);
  prepared<[number, number]>(db, 'UPDATE account SET removed_ms = ? WHERE key = ?').run(now, key);
}
