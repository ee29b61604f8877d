import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { latestCheckpoint, recordAction, recordCheckpoint } from '../../../main/archive/evidence/custody.ts';
import { appendVerdict } from '../../../main/archive/evidence/log.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { getAccount } from '../../../main/archive/store/accounts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import type { VerifyReport } from '../../../preload/model.ts';
import {
  chatText,
  march,
  messagingText,
  minute,
  openTestWriter,
  take,
  temporaryFolder,
  testAccount,
} from '../store/support.ts';

const actor = { user: 'ana', host: 'desk', app: 'test' };
let writer: ArchiveWriter;
/** A checkpoint that somebody kept elsewhere, and the archive as it was before. */
let kept: string;
let yesterday: string;

function copyOf(folder: string): string {
  const copy = temporaryFolder();
  writer.db.pragma('wal_checkpoint(TRUNCATE)');
  for (const name of ['archive.sqlite', 'custody-key.pem']) cpSync(join(folder, name), join(copy, name));
  return copy;
}

beforeAll(() => {
  writer = openTestWriter();
  const account = testAccount(writer);
  const at = (index: number) => march + index * 60 * minute;
  const chats = Array.from({ length: 8 }, (_, index) => chatText({ id: `c${index}`, startedAt: at(index) }));
  take(writer, account, 'chat', chats);
  writer.db.transaction(() => {
    appendVerdict(writer.db, {
      accountId: account.accountId,
      source: 'chat',
      from: march,
      to: at(24),
      askedAt: at(30),
      reported: 8,
      received: 8,
      pages: 1,
      partialAnswers: 0,
      passes: 1,
      verdict: 'complete',
    });
    writer.db
      .prepare(`INSERT INTO sync_window(account, source, from_ms, to_ms, state) VALUES (?, 'chat', ?, ?, 'sealed')`)
      .run(account.key, march, at(24));
  })();
  recordCheckpoint(writer, 1, actor);
  yesterday = copyOf(writer.folder);
  const messaging = Array.from({ length: 5 }, (_, index) => messagingText({ id: `m${index}`, startedAt: at(index) }));
  take(writer, account, 'messaging', messaging);
  take(writer, account, 'chat', [chatText({ id: 'c3', startedAt: at(3), texts: ['a new line'] })]);
  recordAction(writer, { kind: 'search', time: 2, subjects: [], details: { query: 'refund' } }, actor);
  kept = latestCheckpoint(writer.db)?.note ?? '';
});

/** Alters a copy of the archive as someone with a database tool would, and verifies it. */
async function verifyAltered(alter: (db: Database.Database) => void, since?: string): Promise<VerifyReport> {
  const folder = copyOf(writer.folder);
  const db = new Database(join(folder, 'archive.sqlite'));
  db.pragma('foreign_keys = OFF');
  alter(db);
  db.close();
  return await verifyFolder(folder, since);
}

async function verifyFolder(folder: string, since?: string): Promise<VerifyReport> {
  const db = new Database(join(folder, 'archive.sqlite'), { readonly: true });
  try {
    return await verifyArchive(db, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...(since === undefined ? {} : { since }),
    });
  } finally {
    db.close();
  }
}

const subjects = (report: VerifyReport) => report.failures.map((failure) => failure.subject);
const ridOf = `(SELECT rid FROM conversation WHERE remote_id = ?)`;

describe('verification of an archive', () => {
  test('finds nothing wrong with one that nobody touched', async () => {
    const report = await verifyAltered(() => undefined, kept);
    expect(report.failures).toEqual([]);
    expect(report.ok).toBe(true);
    const checked = Object.fromEntries(report.checks.map((check) => [check.name, check.checked]));
    expect(checked['Originals against hash and commitment']).toBe(14);
    expect(checked['Actions and verdicts against their commitment']).toBe(3);
  });

  test('finds nothing wrong after a rolled-back transaction', async () => {
    const folder = copyOf(writer.folder);
    const other = openTestWriter(folder);
    const account = getAccount(other.db, '12345678');
    expect(() =>
      other.db.transaction(() => {
        take(other, account, 'chat', [chatText({ id: 'lost', startedAt: march })]);
        throw new Error('rolled back');
      })(),
    ).toThrow('rolled back');
    take(other, account, 'chat', [chatText({ id: 'kept', startedAt: march })]);
    recordCheckpoint(other, 3, actor);
    expect((await verifyFolder(folder, kept)).failures).toEqual([]);
    other.close();
  });

  test('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const verifying = verifyArchive(writer.db, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(verifying).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('an attack on the archive is found and named', () => {
  const attacks: [string, (db: Database.Database) => void, string][] = [
    [
      'a changed hash',
      (db) => db.prepare(`UPDATE version SET sha256 = randomblob(32) WHERE rid = ${ridOf}`).run('c1'),
      'chat:12345678:c1',
    ],
    [
      'two originals swapped with their hashes',
      (db) => {
        const rows = db
          .prepare<[], { rid: number; number: number; sha256: Buffer; block: number; offset: number; length: number }>(
            `SELECT v.* FROM version AS v JOIN conversation AS c ON c.rid = v.rid WHERE c.remote_id IN ('c1', 'c2')`,
          )
          .all();
        const [one, two] = rows;
        const update = db.prepare('UPDATE version SET sha256=?, block=?, offset=?, length=? WHERE rid=? AND number=?');
        if (one === undefined || two === undefined) throw new Error('no rows');
        update.run(two.sha256, two.block, two.offset, two.length, one.rid, one.number);
        update.run(one.sha256, one.block, one.offset, one.length, two.rid, two.number);
      },
      'chat:12345678:c1',
    ],
    [
      'a later time of receipt',
      (db) => db.prepare(`UPDATE version SET received_ms = received_ms + 1 WHERE rid = ${ridOf}`).run('m2'),
      'messaging:12345678:m2',
    ],
    [
      'another reason',
      (db) => db.prepare(`UPDATE version SET reason = 'enriched' WHERE rid = ${ridOf}`).run('c3'),
      'chat:12345678:c3',
    ],
    [
      'a deleted version',
      (db) => db.prepare(`DELETE FROM version WHERE rid = ${ridOf} AND number = 1`).run('c3'),
      'chat:12345678:c3',
    ],
    [
      'a deleted conversation',
      (db) => {
        db.prepare(`DELETE FROM version WHERE rid = ${ridOf}`).run('m4');
        db.prepare(`DELETE FROM conversation WHERE remote_id = 'm4'`).run();
      },
      'messaging:12345678:m4',
    ],
    [
      'a conversation deleted with its leaf',
      (db) => {
        db.prepare(`DELETE FROM custody_leaf WHERE rid = ${ridOf}`).run('c5');
        db.prepare(`DELETE FROM version WHERE rid = ${ridOf}`).run('c5');
        db.prepare(`DELETE FROM conversation WHERE remote_id = 'c5'`).run();
      },
      'chat:12345678:c6',
    ],
    [
      'a version that was put in',
      (db) =>
        db
          .prepare(
            `INSERT INTO version SELECT rid, 2, received_ms, reason, via, sha256, seed, message_count, block, offset, length
             FROM version WHERE rid = ${ridOf}`,
          )
          .run('c1'),
      'chat:12345678:c1',
    ],
    [
      'a conversation under another name',
      (db) => db.prepare(`UPDATE conversation SET remote_id = 'other' WHERE remote_id = 'c2'`).run(),
      'chat:12345678:c2',
    ],
    [
      'two leaves in the other order',
      (db) =>
        db.exec(
          `UPDATE custody_leaf SET position = 1000 WHERE position = 1;
           UPDATE custody_leaf SET position = 1 WHERE position = 2;
           UPDATE custody_leaf SET position = 2 WHERE position = 1000;`,
        ),
      'chat:12345678:c1',
    ],
    [
      'a commitment made anew',
      (db) => db.prepare(`UPDATE custody_leaf SET commitment = randomblob(32) WHERE rid = ${ridOf}`).run('c4'),
      'chat:12345678:c4',
    ],
    [
      'a changed action',
      (db) => db.exec(`UPDATE custody_entry SET entry = replace(entry, 'refund', 'nothing')`),
      'log entry 16',
    ],
    [
      'a window called complete',
      (db) => db.exec(`UPDATE sync_window SET to_ms = to_ms + 86400000`),
      'account:12345678',
    ],
    [
      'a verdict made better',
      (db) =>
        db.exec(
          `UPDATE custody_entry SET entry = replace(entry, '"gap"', '"complete"') || ' ' WHERE kind = 'window-verdict'`,
        ),
      'log entry 8',
    ],
    ['a cut tail of the log', (db) => db.exec('DELETE FROM custody_leaf WHERE position >= 12'), 'checkpoint 2'],
    ['another signature', (db) => db.exec(`UPDATE custody_key SET public_key = randomblob(32)`), 'checkpoint 1'],
    ['a lost index row', (db) => db.prepare(`DELETE FROM ft WHERE rowid = ${ridOf}`).run('c7'), 'chat:12345678:c7'],
  ];

  test.each(attacks)('%s', async (_what, attack, named) => {
    const report = await verifyAltered((db) => {
      attack(db);
    });
    expect(report.ok).toBe(false);
    expect(subjects(report)).toContain(named);
  });

  test('the whole archive rolled back to yesterday, against a kept checkpoint', async () => {
    const folder = temporaryFolder();
    cpSync(yesterday, folder, { recursive: true });
    expect((await verifyFolder(folder)).ok).toBe(true);
    const report = await verifyFolder(folder, kept);
    expect(report.failures).toMatchObject([
      { subject: 'kept checkpoint', problem: expect.stringContaining('rolled back') as string },
    ]);
    rmSync(folder, { recursive: true });
  });

  test('another archive put in its place, against a kept checkpoint', async () => {
    const other = openTestWriter();
    recordCheckpoint(other, 1, actor);
    other.db.pragma('wal_checkpoint(TRUNCATE)');
    expect(subjects(await verifyFolder(other.folder, kept))).toContain('kept checkpoint');
  });

  test('single bits flipped in stored originals', async () => {
    const blocks = writer.db.prepare<[], { id: number; z: Buffer }>('SELECT id, z FROM block').all();
    for (const { id, z } of blocks) {
      for (let at = 12; at < z.length; at += Math.ceil(z.length / 6)) {
        const changed = Buffer.from(z);
        changed[at] = (changed[at] ?? 0) ^ 4;
        const report = await verifyAltered((db) => {
          db.prepare('UPDATE block SET z = ? WHERE id = ?').run(changed, id);
        });
        expect(
          report.failures.some(({ problem }) => problem.includes('original')),
          `block ${id}, byte ${at}`,
        ).toBe(true);
      }
    }
  });
});
