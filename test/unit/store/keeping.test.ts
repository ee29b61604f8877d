import Database from 'better-sqlite3';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupArchive } from '../../../main/archive/store/backup.ts';
import { archiveFile, openReader, openWriter } from '../../../main/archive/store/database.ts';
import {
  checkOriginals,
  checkUnidentified,
  consistencyChecks,
  databaseProblems,
} from '../../../main/archive/store/integrity.ts';
import { optimizeArchive } from '../../../main/archive/store/optimize.ts';
import { restoreArchive } from '../../../main/archive/store/restore.ts';
import { loadOriginal } from '../../../main/archive/store/transcripts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { chatText, indexed, march, minute, openTestWriter, take, temporaryFolder, testAccount } from './support.ts';

function failure(code: string): Error {
  return expect.objectContaining({ code }) as Error;
}

function manyChats(count: number): string[] {
  return Array.from({ length: count }, (_, position) =>
    chatText({ id: `c${position}`, startedAt: march + position * minute, texts: [`word${position}`, 'hello there'] }),
  );
}

function originals(writer: ArchiveWriter): string[] {
  return writer.db
    .prepare<[], { rid: number; number: number }>('SELECT rid, number FROM version ORDER BY rid, number')
    .all()
    .map(({ rid, number }) => Buffer.from(loadOriginal(writer.db, rid, number).original).toString());
}

function failedChecks(writer: ArchiveWriter): string[] {
  return [...consistencyChecks(writer.db)].filter(({ failed }) => failed > 0).map(({ name }) => name);
}

describe('backup', () => {
  it('is one sound file that a stock SQLite opens, with its true hash', async () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(50));
    const file = join(temporaryFolder(), 'copy.sqlite');
    const phases = new Set<string>();
    const result = await backupArchive(writer.db, file, {
      overwrite: false,
      onProgress: ({ phase }) => phases.add(phase),
    });
    expect(result).toEqual({
      path: file,
      bytes: statSync(file).size,
      sha256: createHash('sha256').update(readFileSync(file)).digest('hex'),
    });
    expect(phases).toContain('checking the copy');
    expect(readdirSync(join(file, '..'))).toEqual(['copy.sqlite']);
    expect(statSync(file).mode & 0o077).toBe(0);
    const copy = new Database(file, { readonly: true });
    expect(copy.prepare('SELECT count(*) FROM version').pluck().get()).toBe(50);
    copy.close();
  });

  it('holds what was taken in while it was made', async () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'chat', manyChats(400));
    const file = join(temporaryFolder(), 'copy.sqlite');
    let taken = false;
    await backupArchive(writer.db, file, {
      overwrite: false,
      onProgress: ({ phase }) => {
        if (taken || phase !== 'copying') return;
        taken = true;
        take(writer, account, 'chat', [chatText({ id: 'late', texts: ['latecomer'] })]);
      },
    });
    const copy = new Database(file, { readonly: true });
    expect(copy.prepare("SELECT count(*) FROM conversation WHERE remote_id = 'late'").pluck().get()).toBe(1);
    copy.close();
  });

  it('leaves nothing behind when it is cancelled, and an older file as it was', async () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(10));
    const folder = temporaryFolder();
    const file = join(folder, 'copy.sqlite');
    writeFileSync(file, 'older');
    const cancel = new AbortController();
    const work = backupArchive(writer.db, file, {
      overwrite: true,
      signal: cancel.signal,
      onProgress: ({ phase }) => {
        if (phase === 'checking the copy') cancel.abort();
      },
    });
    await expect(work).rejects.toThrow(failure('cancelled'));
    expect(readdirSync(folder)).toEqual(['copy.sqlite']);
    expect(readFileSync(file, 'utf8')).toBe('older');
  });

  it('refuses an existing file, a missing folder and the archive itself', async () => {
    const writer = openTestWriter();
    const folder = temporaryFolder();
    const file = join(folder, 'copy.sqlite');
    writeFileSync(file, 'older');
    const backup = (path: string, overwrite = false) => backupArchive(writer.db, path, { overwrite });
    await expect(backup(file)).rejects.toThrow(failure('conflict'));
    await expect(backup(join(folder, 'none', 'copy.sqlite'))).rejects.toThrow(failure('path-unavailable'));
    await expect(backup(folder, true)).rejects.toThrow(failure('path-unavailable'));
    await expect(backup(archiveFile(writer.folder), true)).rejects.toThrow(failure('invalid-input'));
  });

  it('is not kept when the archive is damaged', async () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(50));
    writer.db.unsafeMode(true);
    writer.db.exec('UPDATE ft_data SET block = zeroblob(length(block)) WHERE id > 100');
    const folder = temporaryFolder();
    await expect(backupArchive(writer.db, join(folder, 'copy.sqlite'), { overwrite: false })).rejects.toThrow(
      failure('archive-corrupt'),
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('restore', () => {
  it('brings back what was there and keeps aside what it replaces', async () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'chat', manyChats(5));
    const file = join(temporaryFolder(), 'copy.sqlite');
    await backupArchive(writer.db, file, { overwrite: false });
    take(writer, account, 'chat', [chatText({ id: 'after', texts: ['afterwards'] })]);
    writer.close();
    const { replaced } = restoreArchive(writer.folder, file);
    const restored = openTestWriter(writer.folder);
    expect(indexed(restored, 'afterwards')).toEqual([]);
    expect(originals(restored)).toHaveLength(5);
    const kept = new Database(replaced ?? '', { readonly: true });
    expect(kept.prepare('SELECT count(*) FROM conversation').pluck().get()).toBe(6);
    kept.close();
  });

  it('leaves the archive as it was when it is killed, and its leavings go with the next start', () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(3));
    writer.close();
    const leavings = `${archiveFile(writer.folder)}.restoring`;
    writeFileSync(leavings, 'half a copy');
    expect(originals(openTestWriter(writer.folder))).toHaveLength(3);
    expect(existsSync(leavings)).toBe(false);
  });

  it('makes an archive where there was none', async () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(5));
    const file = join(temporaryFolder(), 'copy.sqlite');
    await backupArchive(writer.db, file, { overwrite: false });
    const folder = join(temporaryFolder(), 'new');
    expect(restoreArchive(folder, file)).toEqual({ replaced: null });
    const reader = openReader(folder);
    expect(reader.db.prepare('SELECT count(*) FROM conversation').pluck().get()).toBe(5);
    reader.close();
  });

  it('refuses while the archive is in use, and from a living archive', () => {
    const writer = openTestWriter();
    const other = openTestWriter();
    expect(() => restoreArchive(writer.folder, archiveFile(other.folder))).toThrow(failure('archive-locked'));
    expect(() => restoreArchive(temporaryFolder(), archiveFile(other.folder))).toThrow(failure('archive-locked'));
  });

  it('refuses a damaged, foreign, empty or missing backup and leaves the archive as it is', async () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(200));
    const folder = temporaryFolder();
    const file = join(folder, 'copy.sqlite');
    await backupArchive(writer.db, file, { overwrite: false });
    writer.close();
    const bytes = readFileSync(file);
    const damaged = join(folder, 'damaged');
    bytes.fill(0x5a, 8192 * 6, 8192 * 9);
    writeFileSync(damaged, bytes);
    const text = join(folder, 'text');
    writeFileSync(text, 'This is no database, whatever its name says. '.repeat(500));
    const foreign = join(folder, 'foreign');
    new Database(foreign).exec('CREATE TABLE other(x)').close();
    const empty = join(folder, 'empty');
    writeFileSync(empty, '');
    const before = createHash('sha256')
      .update(readFileSync(archiveFile(writer.folder)))
      .digest('hex');
    for (const bad of [damaged, text, foreign, empty]) {
      expect(() => restoreArchive(writer.folder, bad), bad).toThrow(failure('archive-corrupt'));
    }
    expect(() => restoreArchive(writer.folder, join(folder, 'none'))).toThrow(failure('path-unavailable'));
    expect(
      createHash('sha256')
        .update(readFileSync(archiveFile(writer.folder)))
        .digest('hex'),
    ).toBe(before);
    expect(existsSync(`${archiveFile(writer.folder)}.restoring`)).toBe(false);
  });
});

describe('optimize', () => {
  it('packs single updates together, and every original stays as it was', async () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    for (const text of manyChats(60)) take(writer, account, 'chat', [text]);
    const before = originals(writer);
    const blocks = () => writer.db.prepare<[], number>('SELECT count(*) FROM block').pluck().get();
    expect(blocks()).toBe(60);
    await optimizeArchive(writer.db);
    expect(blocks()).toBe(2);
    expect(originals(writer)).toEqual(before);
    expect(indexed(writer, 'word17')).toHaveLength(1);
    expect(failedChecks(writer)).toEqual([]);
    await optimizeArchive(writer.db);
    expect(blocks()).toBe(2);
  });

  it('stops between two steps when cancelled and goes on when started again', async () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    for (const text of manyChats(30)) take(writer, account, 'chat', [text]);
    const cancel = new AbortController();
    const work = optimizeArchive(writer.db, {
      signal: cancel.signal,
      onProgress: ({ phase }) => {
        if (phase === 'packing originals') cancel.abort();
      },
    });
    await expect(work).rejects.toThrow(failure('cancelled'));
    expect(writer.db.prepare('SELECT count(*) FROM block').pluck().get()).toBe(30);
    await optimizeArchive(writer.db);
    expect(writer.db.prepare('SELECT count(*) FROM block').pluck().get()).toBe(1);
  });

  it('leaves a block alone that holds a damaged original', async () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    for (const text of manyChats(5)) take(writer, account, 'chat', [text]);
    writer.db.prepare("UPDATE block SET z = x'00' WHERE id = 3").run();
    await optimizeArchive(writer.db);
    expect(writer.db.prepare('SELECT id FROM block WHERE id <= 5').pluck().all()).toEqual([3]);
  });
});

describe('integrity', () => {
  it('finds nothing wrong with a sound archive, from a reader', () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(120));
    const reader = openReader(writer.folder);
    expect(databaseProblems(reader.db)).toEqual([]);
    expect([...consistencyChecks(reader.db)].map(({ checked, failed }) => [checked > 0, failed])).toEqual(
      Array.from({ length: 7 }, () => [true, 0]),
    );
    const steps = [...checkOriginals(reader.db)];
    expect(steps.at(-1)).toMatchObject({ checked: 120, total: 120 });
    expect(steps.flatMap(({ failures }) => failures)).toEqual([]);
    reader.close();
  });

  it('names each original that was altered, swapped or destroyed', () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(120));
    const rids = writer.db.prepare<[], number>('SELECT rid FROM conversation ORDER BY rid').pluck().all();
    writer.db.prepare('UPDATE version SET offset = offset + 1 WHERE rid = ?').run(rids[30]);
    writer.db.pragma('foreign_keys = OFF');
    writer.db.prepare('DELETE FROM block WHERE id = 6').run();
    const failures = [...checkOriginals(writer.db)].flatMap((step) => step.failures.map(({ subject }) => subject));
    const expected = [30, ...Array.from({ length: 20 }, (_, position) => 100 + position)];
    expect(failures).toEqual(expected.map((position) => `chat:12345678:c${position}`));
    expect(() => loadOriginal(writer.db, rids[30] ?? 0)).toThrow(failure('archive-corrupt'));
    expect(failedChecks(writer)).toEqual(['every version has its block']);
  });

  it('goes on where an earlier check stopped', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    for (const text of manyChats(60)) take(writer, account, 'chat', [text]);
    const first = checkOriginals(writer.db).next().value;
    expect(first).toMatchObject({ block: 50, checked: 50, total: 60 });
    expect([...checkOriginals(writer.db, 50)]).toMatchObject([{ block: 60, checked: 10, total: 10 }]);
  });

  it('finds each disagreement between the tables', () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(4));
    writer.db.pragma('foreign_keys = OFF');
    const [first, second, third] = writer.db.prepare<[], number>('SELECT rid FROM conversation').pluck().all();
    writer.db.prepare('UPDATE version SET number = 2 WHERE rid = ?').run(first);
    writer.db.prepare('DELETE FROM ft WHERE rowid = ?').run(BigInt(second ?? 0));
    writer.db.prepare('DELETE FROM conversation WHERE rid = ?').run(third);
    writer.db.exec(
      'UPDATE conversation SET message_count = 9 WHERE remote_id = (SELECT max(remote_id) FROM conversation)',
    );
    expect(failedChecks(writer)).toEqual([
      'every conversation has its current version',
      'every version belongs to a conversation',
      'versions are numbered from 1 without gaps',
      'every conversation is in the index',
      'every index row belongs to a conversation',
      'message counts agree with the current version',
    ]);
  });

  it('checks what was set aside', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    writer.db
      .prepare("INSERT INTO unidentified VALUES (1, ?, 'chat', 1, 'search', zeroblob(32), x'00')")
      .run(account.key);
    expect(checkUnidentified(writer.db)).toEqual({ checked: 1, damaged: [1] });
  });
});

describe('a writer that is opened again', () => {
  it('finds everything that was committed', () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', manyChats(3));
    writer.close();
    writer.close();
    const again = openWriter(writer.folder, { hostName: 'cli', appVersion: '0' });
    expect(again.db.prepare('SELECT count(*) FROM conversation').pluck().get()).toBe(3);
    again.close();
  });
});
