import { copyFileSync, cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, test } from 'vitest';
import { commitEntry } from '../../../main/archive/evidence/commitment.ts';
import { latestCheckpoint, recordAction, recordCheckpoint } from '../../../main/archive/evidence/custody.ts';
import { appendVerdict } from '../../../main/archive/evidence/log.ts';
import { Frontier } from '../../../main/archive/evidence/merkle.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import type { VerifyFailure } from '../../../preload/model.ts';
import { createRandom, type Random } from '../../../main/archive/demo/random.ts';
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
const slow = { timeout: 300_000 };
const at = (index: number) => march + index * 60 * minute;
let writer: ArchiveWriter;

function fill(target: ArchiveWriter, from: number): void {
  const account = testAccount(target);
  const texts = Array.from({ length: 6 }, (_, index) =>
    chatText({ id: `c${from + index}`, startedAt: at(from + index) }),
  );
  take(target, account, 'chat', texts);
  take(target, account, 'messaging', [messagingText({ id: `m${from}`, startedAt: at(from) })]);
  target.db.transaction(() =>
    appendVerdict(target.db, {
      accountId: account.accountId,
      source: 'chat',
      from: march,
      to: at(24),
      askedAt: at(30),
      reported: 7,
      received: 6,
      pages: 1,
      partialAnswers: 0,
      passes: 1,
      verdict: 'gap',
    }),
  )();
  recordAction(target, { kind: 'search', time: from + 1, subjects: [], details: { query: 'refund' } }, actor);
}

function copyOf(source: ArchiveWriter): string {
  const folder = temporaryFolder();
  source.db.pragma('wal_checkpoint(TRUNCATE)');
  for (const name of ['archive.sqlite', 'custody-key.pem']) cpSync(join(source.folder, name), join(folder, name));
  return folder;
}

/** Failures of a verification; an archive that cannot even be opened is told by its error, which `verify` ends with. */
async function failuresOf(folder: string, since?: string): Promise<VerifyFailure[]> {
  let db: Database.Database | null = null;
  try {
    db = new Database(join(folder, 'archive.sqlite'), { readonly: true });
    const report = await verifyArchive(db, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...(since === undefined ? {} : { since }),
    });
    expect(report.ok).toBe(report.failures.length === 0);
    return report.failures;
  } catch (error) {
    expect(error).toMatchObject({ code: 'archive-corrupt' });
    return [{ subject: 'archive', version: null, problem: (error as Error).message }];
  } finally {
    db?.close();
  }
}

beforeAll(() => {
  writer = openTestWriter();
  fill(writer, 0);
});

/** Everything after a changed entry made anew, with all the salts in the archive, as anyone could who has the file. */
function makeLogAnew(db: Database.Database): void {
  const leaves = db
    .prepare<[], { position: number; commitment: Buffer; salt: Buffer | null; entry: string | null }>(
      `SELECT l.position, l.commitment, e.salt, e.entry FROM custody_leaf AS l
       LEFT JOIN custody_entry AS e ON e.position = l.position ORDER BY l.position`,
    )
    .all();
  const frontier = new Frontier();
  const update = db.prepare('UPDATE custody_leaf SET commitment = ?, nodes = ? WHERE position = ?');
  for (const { position, commitment, salt, entry } of leaves) {
    const now = salt === null || entry === null ? commitment : commitEntry(salt, entry);
    update.run(now, frontier.append(now), position);
  }
}

describe('a verdict that was changed from gap to complete', () => {
  const change = `UPDATE custody_entry SET entry = replace(entry, '"gap"', '"complete"') WHERE kind = 'window-verdict'`;
  const forge = (also: (db: Database.Database) => void): string => {
    const folder = copyOf(writer);
    const db = new Database(join(folder, 'archive.sqlite'));
    db.exec(change);
    also(db);
    db.close();
    return folder;
  };

  test('is named when only the words were changed', async () => {
    const failures = await failuresOf(forge(() => undefined));
    expect(failures).toMatchObject([{ subject: 'log entry 7', problem: 'does not say what was sealed' }]);
  });

  test('is found by the checkpoints when all hashes were made anew by somebody without the key', async () => {
    const failures = await failuresOf(forge(makeLogAnew));
    expect(failures).toEqual([
      expect.objectContaining({ subject: 'checkpoint 1', problem: expect.stringContaining('were changed') as string }),
    ]);
  });

  test('is found when the checkpoints were removed on top of that', async () => {
    const folder = forge((db) => {
      makeLogAnew(db);
      db.exec('DELETE FROM custody_checkpoint');
    });
    expect((await failuresOf(folder)).map(({ problem }) => problem)).toContainEqual(
      expect.stringContaining('no checkpoint is left that covers it'),
    );
  });

  test('is found by a kept checkpoint when somebody with the key signed it all anew', async () => {
    const kept = latestCheckpoint(writer.db)?.note ?? '';
    const folder = forge((db) => {
      makeLogAnew(db);
      db.exec('DELETE FROM custody_checkpoint');
    });
    const forger = openTestWriter(folder);
    recordCheckpoint(forger, 9, actor);
    forger.close();
    expect(await failuresOf(folder)).toEqual([]);
    expect(await failuresOf(folder, kept)).toMatchObject([{ subject: 'kept checkpoint' }]);
  });
});

describe('a write-ahead log that was exchanged', slow, () => {
  const files = ['archive.sqlite', 'archive.sqlite-wal', 'custody-key.pem'];
  const copyLive = (source: ArchiveWriter): string => {
    const folder = temporaryFolder();
    for (const name of files) copyFileSync(join(source.folder, name), join(folder, name));
    return folder;
  };
  const living = (): ArchiveWriter => {
    const live = openTestWriter();
    fill(live, 0);
    live.db.pragma('wal_checkpoint(TRUNCATE)');
    live.db.pragma('wal_autocheckpoint = 0');
    return live;
  };
  const more = (live: ArchiveWriter, index: number) => {
    const account = { ...testAccountOf(live) };
    take(live, account, 'chat', [chatText({ id: `late${index}`, startedAt: at(40 + index) })]);
    return recordAction(live, { kind: 'search', time: 50 + index, subjects: [], details: {} }, actor).checkpoint.note;
  };

  test('for an older one of the same archive is found with a kept checkpoint', async () => {
    const live = living();
    more(live, 1);
    const older = copyLive(live);
    const kept = more(live, 2);
    const folder = copyLive(live);
    expect(await failuresOf(copyLive(live), kept)).toEqual([]);
    copyFileSync(join(older, 'archive.sqlite-wal'), join(folder, 'archive.sqlite-wal'));
    expect(await failuresOf(folder, kept)).toMatchObject([
      { subject: 'kept checkpoint', problem: expect.stringContaining('rolled back') as string },
    ]);
  });

  test('for an older one, after its pages had been moved into the database, is found without any', async () => {
    const live = living();
    more(live, 1);
    const older = copyLive(live);
    for (let index = 2; index < 30; index += 1) more(live, index);
    live.db.pragma('wal_checkpoint(TRUNCATE)');
    const folder = temporaryFolder();
    for (const name of ['archive.sqlite', 'custody-key.pem']) copyFileSync(join(live.folder, name), join(folder, name));
    copyFileSync(join(older, 'archive.sqlite-wal'), join(folder, 'archive.sqlite-wal'));
    expect((await failuresOf(folder)).length).toBeGreaterThan(0);
  });

  test('for one of another archive, or removed, is found with a kept checkpoint', async () => {
    const live = living();
    const kept = more(live, 1);
    const other = living();
    more(other, 3);
    const foreign = copyLive(live);
    copyFileSync(join(other.folder, 'archive.sqlite-wal'), join(foreign, 'archive.sqlite-wal'));
    expect((await failuresOf(foreign, kept)).length).toBeGreaterThan(0);
    const removed = copyLive(live);
    rmSync(join(removed, 'archive.sqlite-wal'));
    expect(existsSync(join(removed, 'archive.sqlite-wal'))).toBe(false);
    expect(await failuresOf(removed, kept)).toMatchObject([{ subject: 'kept checkpoint' }]);
  });
});

function testAccountOf(live: ArchiveWriter): ReturnType<typeof testAccount> {
  const stored = live.db.prepare<[], { key: number; account_id: string }>('SELECT key, account_id FROM account').get();
  return { ...testAccount(openTestWriter()), key: stored?.key ?? 0, accountId: stored?.account_id ?? '' };
}

/** Every column of which a commitment, a hash or a signature says what it must be. */
const sealedColumns: [string, string[]][] = [
  ['block', ['z']],
  ['version', ['sha256', 'seed', 'received_ms', 'reason', 'offset', 'length']],
  ['custody_leaf', ['commitment', 'nodes', 'subject']],
  ['custody_entry', ['salt', 'entry', 'kind', 'time_ms']],
  ['custody_checkpoint', ['size', 'note']],
  ['custody_key', ['public_key', 'name', 'created_ms']],
  ['conversation', ['remote_id']],
];

test('single bits flipped anywhere in stored records are all found', slow, async () => {
  const folder = copyOf(writer);
  const db = new Database(join(folder, 'archive.sqlite'));
  db.pragma('foreign_keys = OFF');
  db.pragma('ignore_check_constraints = ON');
  const random = createRandom('bits');
  const cells = sealedColumns.flatMap(([table, columns]) =>
    columns.flatMap((column) =>
      db
        .prepare<[], { id: number; value: Buffer | string | number }>(
          `SELECT ${table === 'version' ? 'rid * 16 + number' : 'rowid'} AS id, ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL`,
        )
        .all()
        .map((row) => ({ table, column, ...row })),
    ),
  );
  const missed: string[] = [];
  // Each column once, then anywhere.
  const firsts = sealedColumns.flatMap(([table, columns]) =>
    columns.map((column) => cells.findIndex((cell) => cell.table === table && cell.column === column)),
  );
  const picks = [...firsts, ...Array.from({ length: 100 }, () => random.between(0, cells.length - 1))];
  for (const pick of picks) {
    const cell = cells[pick];
    if (cell === undefined) throw new Error('no cell');
    const { table, column, id, value } = cell;
    const key = table === 'version' ? 'rid * 16 + number' : 'rowid';
    const text = typeof value === 'string';
    const set = db.prepare(`UPDATE ${table} SET ${column} = ${text ? 'CAST(? AS TEXT)' : '?'} WHERE ${key} = ?`);
    const stored = text ? Buffer.from(value) : value;
    set.run(flipped(stored, random), id);
    if ((await failuresOf(folder)).length === 0) missed.push(`${table}.${column} ${id}`);
    set.run(stored, id);
  }
  expect(missed).toEqual([]);
  expect(await failuresOf(folder)).toEqual([]);
  db.close();
});

function flipped(value: Buffer | number, random: Random): Buffer | number {
  if (typeof value === 'number') return value % 2 === 0 ? value + 1 : value - 1;
  const bytes = Buffer.from(value);
  const place = random.between(0, bytes.length - 1);
  bytes[place] = (bytes[place] ?? 0) ^ (1 << random.between(0, 7));
  return bytes;
}
