import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { custodyState } from '../../../main/archive/evidence/custody-list.ts';
import { latestCheckpoint, recordAction, recordCheckpoint } from '../../../main/archive/evidence/custody.ts';
import { openHandOver } from '../../../main/archive/evidence/hand-over.ts';
import { keyFileName } from '../../../main/archive/evidence/key-file.ts';
import { backUpKey, keyWarning, restoreKey, rotateKey } from '../../../main/archive/evidence/key-life.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { openTestWriter, temporaryFolder } from '../store/support.ts';

const actor = { user: 'ana', host: 'desk', app: 'test' };
const at = (now: number) => ({ now, actor });
const passphrase = 'five words that nobody guesses';

function act(writer: ArchiveWriter, time = 1): string {
  return recordAction(writer, { kind: 'x', time, subjects: [], details: {} }, actor).checkpoint.note;
}

async function failuresOf(writer: ArchiveWriter, since?: string) {
  const options = { signal: new AbortController().signal, onProgress: () => undefined };
  return await verifyArchive(writer.db, { ...options, ...(since === undefined ? {} : { since }) });
}

const fingerprints = (writer: ArchiveWriter) => custodyState(writer.db).keys.map(({ fingerprint }) => fingerprint);
const arrivals = (writer: ArchiveWriter) => custodyState(writer.db).keys.map(({ arrival }) => arrival);

/** What a backup of the database brings to another computer: everything but the key. */
function onAnotherComputer(writer: ArchiveWriter): ArchiveWriter {
  writer.db.pragma('wal_checkpoint(TRUNCATE)');
  const folder = temporaryFolder();
  cpSync(join(writer.folder, 'archive.sqlite'), join(folder, 'archive.sqlite'));
  return openTestWriter(folder);
}

describe('a key that is rotated', () => {
  test('is handed over with both signatures, and every checkpoint verifies with the key of its time', async () => {
    const writer = openTestWriter();
    const before = act(writer);
    rotateKey(writer, 'a new year', at(2));
    const after = act(writer, 3);
    expect(arrivals(writer)).toEqual(['first', 'signed-by-old-key']);
    const [, second] = custodyState(writer.db).keys;
    expect(openHandOver(second?.handOver ?? '')).toMatchObject({ signedByOld: true, signedByNew: true, size: 2 });
    for (const kept of [before, after]) expect((await failuresOf(writer, kept)).failures).toEqual([]);
    expect(readdirSync(writer.folder).filter((name) => name.startsWith(keyFileName))).toEqual([keyFileName]);
  });

  test('goes on with the new key when the program dies between the log and the file', () => {
    const writer = openTestWriter();
    act(writer);
    const old = readFileSync(join(writer.folder, keyFileName));
    rotateKey(writer, 'test', at(2));
    renameSync(join(writer.folder, keyFileName), join(writer.folder, `${keyFileName}.next`));
    writeFileSync(join(writer.folder, keyFileName), old);
    act(writer, 3);
    expect(arrivals(writer)).toEqual(['first', 'signed-by-old-key']);
    expect(existsSync(join(writer.folder, `${keyFileName}.next`))).toBe(false);
  });

  test('stays the old one when the program dies before the log has the hand-over', () => {
    const writer = openTestWriter();
    act(writer);
    const other = openTestWriter();
    act(other);
    cpSync(join(other.folder, keyFileName), join(writer.folder, `${keyFileName}.next`));
    act(writer, 2);
    expect(arrivals(writer)).toEqual(['first']);
  });

  test('cannot sign any more, whoever kept a copy of it', async () => {
    const writer = openTestWriter();
    act(writer);
    rotateKey(writer, 'it was copied', at(2));
    const recent = act(writer, 3);
    writer.db.exec('UPDATE custody_checkpoint SET key = 1 WHERE id = (SELECT max(id) FROM custody_checkpoint)');
    expect((await failuresOf(writer)).failures).toMatchObject([
      { problem: 'is not signed with the key of the archive' },
    ]);
    // A log entry that brings the key back would be needed, and the hand-over for it.
    writer.db.exec(
      'INSERT INTO custody_key(name, public_key, created_ms) SELECT name, public_key, 9 FROM custody_key WHERE id = 1',
    );
    expect((await failuresOf(writer, recent)).failures.map(({ problem }) => problem)).toContain(
      'is not one that the log says was made',
    );
  });
});

describe('a checkpoint that was kept elsewhere', () => {
  test('is refused when it is signed by a key that the archive never had', async () => {
    const writer = openTestWriter();
    const note = act(writer);
    const other = openTestWriter();
    other.db.exec('DELETE FROM custody_key');
    recordCheckpoint(other, 1, actor);
    const name = custodyState(writer.db).key?.name ?? '';
    other.db.prepare('UPDATE custody_key SET name = ?').run(name);
    const foreign = act(other, 2);
    expect(foreign.split('\n')[0]).toBe(name);
    const forged = [...note.split('\n').slice(0, 4), foreign.split('\n')[4], ''].join('\n');
    expect((await failuresOf(writer, forged)).failures).toMatchObject([
      { subject: 'kept checkpoint', problem: 'is not signed with any key that this archive knows' },
    ]);
  });
});

describe('a backup of the key', () => {
  test('is encrypted, readable by openssl with the passphrase, and by its owner only', () => {
    const writer = openTestWriter();
    act(writer);
    const file = join(temporaryFolder(), 'key.pem');
    const { fingerprint } = backUpKey(writer, { file, passphrase }, at(2));
    expect(fingerprints(writer)).toEqual([fingerprint]);
    const pem = readFileSync(file, 'utf8');
    expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/u);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const opened = (word: string) =>
      spawnSync('openssl', ['pkey', '-in', file, '-passin', `env:WORD`, '-pubout'], {
        env: { ...process.env, WORD: word },
      });
    expect(opened(passphrase).stdout.toString()).toBe(custodyState(writer.db).key?.pem);
    expect(opened('another passphrase').status).not.toBe(0);
    expect(() => backUpKey(writer, { file, passphrase }, at(3))).toThrow(/already a file/u);
  });

  test('puts a lost or damaged key back, and nothing is handed over', async () => {
    const writer = openTestWriter();
    act(writer);
    const file = join(temporaryFolder(), 'key.pem');
    backUpKey(writer, { file, passphrase }, at(2));
    writeFileSync(join(writer.folder, keyFileName), 'damaged');
    expect(keyWarning(writer)).toMatch(/damaged/u);
    expect(restoreKey(writer, { file, passphrase }, at(3)).handedOver).toBe(false);
    rmSync(join(writer.folder, keyFileName));
    expect(restoreKey(writer, { file, passphrase }, at(4)).handedOver).toBe(false);
    expect(keyWarning(writer)).toBeNull();
    act(writer, 5);
    expect(arrivals(writer)).toEqual(['first']);
    expect((await failuresOf(writer)).failures).toEqual([]);
  });

  test('takes over again after an archive had to go on without it on another computer', async () => {
    const first = openTestWriter();
    const kept = act(first);
    const file = join(temporaryFolder(), 'key.pem');
    backUpKey(first, { file, passphrase }, at(2));
    const writer = onAnotherComputer(first);
    expect(keyWarning(writer)).toMatch(/custody key restore/u);
    act(writer, 3);
    expect(arrivals(writer)).toEqual(['first', 'without-old-key']);
    expect(restoreKey(writer, { file, passphrase }, at(4)).handedOver).toBe(true);
    act(writer, 5);
    expect(arrivals(writer)).toEqual(['first', 'without-old-key', 'signed-by-old-key']);
    const [one, , three] = fingerprints(writer);
    expect(three).toBe(one);
    const report = await failuresOf(writer, kept);
    expect(report.failures).toEqual([]);
    expect(report.limits.filter((limit) => limit.includes('not at hand'))).toHaveLength(1);
  });

  test('of a key that was handed over on purpose, or of another archive, is refused', () => {
    const writer = openTestWriter();
    act(writer);
    const file = join(temporaryFolder(), 'key.pem');
    backUpKey(writer, { file, passphrase }, at(2));
    rotateKey(writer, 'test', at(3));
    expect(() => restoreKey(writer, { file, passphrase }, at(4))).toThrow(/not the signing key/u);
    const other = openTestWriter();
    act(other);
    expect(() => restoreKey(other, { file, passphrase }, at(4))).toThrow(/not the signing key/u);
    expect(() => restoreKey(writer, { file, passphrase: 'wrong passphrase' }, at(4))).toThrow(
      expect.objectContaining({ code: 'secret-unavailable' }) as Error,
    );
  });
});

describe('a hand-over that was tampered with', () => {
  test('is found when its note, its log entry or the listed key was changed', async () => {
    const alter = async (sql: string) => {
      const writer = openTestWriter();
      act(writer);
      rotateKey(writer, 'test', at(2));
      const copy = onAnotherComputer(writer);
      copy.db.pragma('foreign_keys = OFF');
      copy.db.exec(sql);
      return (await failuresOf(copy)).failures.map(({ subject }) => subject);
    };
    expect(
      await alter(`UPDATE custody_entry SET entry = replace(entry, '"oldKeyAtHand":true', '"oldKeyAtHand":false')`),
    ).toEqual(expect.arrayContaining(['log entry 2', 'key 2']));
    expect(await alter('UPDATE custody_key SET public_key = randomblob(32) WHERE id = 2')).toContain('key 2');
    expect(await alter('DELETE FROM custody_key WHERE id = 2')).toContain('log entry 2');
  });

  test('is found when a new log was made with another key in the place of the old one', async () => {
    const writer = openTestWriter();
    const kept = act(writer);
    const name = custodyState(writer.db).key?.name ?? '';
    const forger = openTestWriter();
    forger.db.prepare('INSERT INTO custody_key(name, public_key, created_ms) VALUES (?, randomblob(32), 1)').run(name);
    act(forger, 2);
    const note = latestCheckpoint(forger.db)?.note ?? '';
    expect(note.split('\n')[0]).toBe(name);
    expect((await failuresOf(forger, kept)).failures.map(({ subject }) => subject)).toContain('kept checkpoint');
  });
});

test('an archive whose key lies in its place has nothing to warn of', () => {
  const writer = openTestWriter();
  expect(keyWarning(writer)).toBeNull();
  act(writer);
  expect(keyWarning(writer)).toBeNull();
  const reader = new Database(join(writer.folder, 'archive.sqlite'), { readonly: true });
  expect(custodyState(reader).keys).toHaveLength(1);
  reader.close();
});
