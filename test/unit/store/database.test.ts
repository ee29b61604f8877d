import Database from 'better-sqlite3';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveFile, openReader, openWriter } from '../../../main/archive/store/database.ts';
import { applicationId } from '../../../main/archive/store/examine.ts';
import { lockHolder } from '../../../main/archive/store/lock.ts';
import { currentVersion, migrate, migrations } from '../../../main/archive/store/migrate.ts';
import { networkFileSystem } from '../../../main/archive/store/network-drive.ts';
import { rollbackCopyPath } from '../../../main/archive/store/rollback-copy.ts';
import { toArchiveError } from '../../../main/archive/store/sqlite-error.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import { chatText, openTestWriter, startChild, take, temporaryFolder, testAccount } from './support.ts';

const options = { hostName: 'cli', appVersion: '0.0.0' };

function failure(code: string): Error {
  return expect.objectContaining({ code }) as Error;
}

function errorOf(work: () => unknown): ArchiveError {
  try {
    work();
  } catch (error) {
    if (error instanceof ArchiveError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

describe('opening an archive', () => {
  it('makes a private folder and a private file', () => {
    const folder = join(temporaryFolder(), 'new', 'archive');
    openTestWriter(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
  });

  it('sets what durability and safety rest on', () => {
    const writer = openTestWriter();
    const pragma = (name: string) => writer.db.pragma(name, { simple: true });
    expect({
      page: pragma('page_size'),
      journal: pragma('journal_mode'),
      synchronous: pragma('synchronous'),
      keys: pragma('foreign_keys'),
      trusted: pragma('trusted_schema'),
      vacuum: pragma('auto_vacuum'),
      owner: pragma('application_id'),
    }).toEqual({
      page: 8192,
      journal: 'wal',
      synchronous: 1,
      keys: 1,
      trusted: 0,
      vacuum: 2,
      owner: applicationId,
    });
  });

  it('lets readers in while a writer is at work, and lets them change nothing', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const reader = openReader(writer.folder);
    take(writer, account, 'chat', [chatText()]);
    expect(reader.db.prepare('SELECT count(*) FROM conversation').pluck().get()).toBe(1);
    expect(() => reader.db.exec('DELETE FROM account')).toThrow(/readonly/u);
    reader.close();
  });

  it('tells a reader that there is no archive yet', () => {
    expect(() => openReader(temporaryFolder())).toThrow(failure('not-found'));
    const folder = temporaryFolder();
    writeFileSync(archiveFile(folder), '');
    expect(() => openReader(folder)).toThrow(failure('not-found'));
  });

  it('refuses what is no archive, and leaves it as it was', () => {
    const text = temporaryFolder();
    writeFileSync(archiveFile(text), 'This is no database, whatever its name says. '.repeat(100));
    const foreign = temporaryFolder();
    new Database(archiveFile(foreign)).exec('CREATE TABLE other(x)').close();
    for (const folder of [text, foreign]) {
      const before = hashOf(archiveFile(folder));
      expect(() => openWriter(folder, options)).toThrow(failure('archive-corrupt'));
      expect(hashOf(archiveFile(folder))).toBe(before);
    }
    expect(() => openReader(text)).toThrow(failure('archive-corrupt'));
  });

  it('refuses an archive of a newer version of the app, and leaves it as it was', () => {
    const writer = openTestWriter();
    writer.db.pragma(`user_version = ${currentVersion + 10}`);
    writer.close();
    const file = archiveFile(writer.folder);
    const before = hashOf(file);
    expect(() => openWriter(writer.folder, options)).toThrow(failure('archive-too-new'));
    expect(() => openReader(writer.folder)).toThrow(failure('archive-too-new'));
    expect(hashOf(file)).toBe(before);
  });

  it('says what is wrong with a folder that cannot be used', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(errorOf(() => openWriter(join(folder, 'file', 'archive'), options))).toMatchObject({
      code: 'path-unavailable',
    });
    mkdirSync(join(folder, 'taken', 'archive.sqlite'), { recursive: true });
    expect(errorOf(() => openWriter(join(folder, 'taken'), options))).toMatchObject({ code: 'path-unavailable' });
  });

  it.skipIf(process.getuid?.() === 0)('says so when the folder may not be written to', () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    expect(errorOf(() => openWriter(folder, options))).toMatchObject({ code: 'path-unavailable' });
    chmodSync(folder, 0o700);
  });

  it('takes a note of other people’s permissions away from an existing file', () => {
    const writer = openTestWriter();
    writer.close();
    chmodSync(archiveFile(writer.folder), 0o644);
    openTestWriter(writer.folder);
    expect(statSync(archiveFile(writer.folder)).mode & 0o777).toBe(0o600);
  });
});

describe('the writer lock', () => {
  it('is held by one process and names it to others, who may read', async () => {
    const folder = temporaryFolder();
    const child = startChild('hold-lock.ts', [folder, 'electron']);
    await child.wrote('open');
    const error = errorOf(() => openWriter(folder, options));
    expect(error).toMatchObject({ code: 'archive-locked', retryable: true });
    expect(error.message).toContain(`the desktop app on `);
    expect(error.message).toContain(`process ${child.pid}`);
    openReader(folder).close();
    await child.kill();
  });

  it('is free again when its holder was killed', async () => {
    const folder = temporaryFolder();
    const child = startChild('hold-lock.ts', [folder]);
    await child.wrote('open');
    await child.kill();
    expect(lockHolder(folder)?.pid).toBe(child.pid);
    const writer = openTestWriter(folder);
    expect(lockHolder(folder)?.pid).toBe(process.pid);
    writer.close();
    expect(lockHolder(folder)).toBeNull();
  });

  it('is given to one of several that start at once', async () => {
    const folder = temporaryFolder();
    const children = [0, 1, 2].map(() => startChild('hold-lock.ts', [folder]));
    const outcomes = await Promise.all(
      children.map((child) =>
        Promise.race([child.wrote('open\n').then(() => 'open'), child.ended.then(() => child.output())]),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'open')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.includes('archive-locked'))).toHaveLength(2);
    await Promise.all(children.map((child) => child.kill()));
  });

  it('holds within one process, too, and is given back when opening fails', () => {
    const writer = openTestWriter();
    expect(() => openWriter(writer.folder, options)).toThrow(failure('archive-locked'));
    writer.db.pragma(`user_version = ${currentVersion + 10}`);
    writer.close();
    expect(() => openWriter(writer.folder, options)).toThrow(failure('archive-too-new'));
    expect(() => openWriter(writer.folder, options)).toThrow(failure('archive-too-new'));
  });
});

describe('changing the format', () => {
  function oldArchive(version: number): string {
    const folder = temporaryFolder();
    const db = new Database(archiveFile(folder));
    db.pragma('page_size = 8192');
    db.pragma('journal_mode = WAL');
    db.pragma(`application_id = ${applicationId}`);
    migrate(db, version);
    db.exec(`INSERT INTO account(account_id, sources, credential_type, request_interval_ms, retry_base_ms, added_ms)
      VALUES ('7', '["chat"]', 'none', 0, 0, 1)`);
    db.close();
    return folder;
  }

  it('goes from every older format to the newest and keeps a copy of the old one', () => {
    for (const { version } of migrations.slice(0, -1)) {
      const folder = oldArchive(version);
      const writer = openTestWriter(folder);
      expect(writer.db.pragma('user_version', { simple: true })).toBe(currentVersion);
      expect(writer.db.prepare('SELECT account_id FROM account').pluck().all()).toEqual(['7']);
      writer.close();
      const copy = new Database(rollbackCopyPath(archiveFile(folder), version), { readonly: true });
      expect(copy.pragma('user_version', { simple: true })).toBe(version);
      expect(copy.prepare('SELECT account_id FROM account').pluck().all()).toEqual(['7']);
      copy.close();
      expect(statSync(rollbackCopyPath(archiveFile(folder), version)).mode & 0o077).toBe(0);
    }
  });

  it('gives an old archive the very schema of a new one', () => {
    const schemaOf = (db: Database.Database) =>
      db.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name").all();
    const fresh = schemaOf(openTestWriter().db);
    expect(schemaOf(openTestWriter(oldArchive(10)).db)).toEqual(fresh);
  });

  it('goes on from the step at which it was interrupted', () => {
    const folder = temporaryFolder();
    const db = new Database(archiveFile(folder));
    db.pragma(`application_id = ${applicationId}`);
    migrate(db, 10);
    const broken = {
      version: 20,
      name: 'broken',
      up: () => {
        throw new Error('power cut');
      },
    };
    expect(() => migrate(db, currentVersion, [migrations[0] ?? broken, broken])).toThrow('power cut');
    expect(db.pragma('user_version', { simple: true })).toBe(10);
    db.close();
    const writer = openTestWriter(folder);
    expect(writer.db.pragma('user_version', { simple: true })).toBe(currentVersion);
  });

  it('does not touch a damaged archive', () => {
    const folder = oldArchive(10);
    const file = archiveFile(folder);
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 8192 * 3, 8192 * 5);
    writeFileSync(file, bytes);
    expect(() => openWriter(folder, options)).toThrow(failure('archive-corrupt'));
    expect(existsSync(rollbackCopyPath(file, 10))).toBe(false);
  });

  it('asks a reader to wait for it', () => {
    expect(() => openReader(oldArchive(10))).toThrow(failure('conflict'));
  });
});

describe('errors of SQLite and of the system', () => {
  it.each([
    ['SQLITE_FULL', 'disk-full'],
    ['SQLITE_CORRUPT_VTAB', 'archive-corrupt'],
    ['SQLITE_NOTADB', 'archive-corrupt'],
    ['SQLITE_READONLY_DIRECTORY', 'archive-read-only'],
    ['SQLITE_READONLY_DBMOVED', 'path-unavailable'],
    ['SQLITE_CANTOPEN', 'path-unavailable'],
    ['SQLITE_BUSY_SNAPSHOT', 'archive-locked'],
    ['SQLITE_LOCKED', 'archive-locked'],
    ['SQLITE_IOERR_FSYNC', 'path-unavailable'],
    ['SQLITE_CONSTRAINT', 'internal'],
  ])('%s becomes %s', (code, expected) => {
    const error = toArchiveError(new Database.SqliteError('x', code));
    expect(error.code).toBe(expected);
    if (expected !== 'internal') expect(error.hint).toMatch(/\.$/u);
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'archive-read-only'],
    ['EACCES', 'path-unavailable'],
  ])('%s becomes %s', (code, expected) => {
    expect(toArchiveError(Object.assign(new Error('x'), { code })).code).toBe(expected);
  });
});

describe('network drives', () => {
  it('are told from local ones by the system’s numbers', () => {
    expect(networkFileSystem(0x6969)).toBe('NFS');
    expect(networkFileSystem(-0x1acb2be)).toBe('SMB');
    expect(networkFileSystem(0xef53)).toBeNull();
  });

  it('are not seen where there are none', () => {
    expect(openTestWriter().warnings).toEqual([]);
  });
});
