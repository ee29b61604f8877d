import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { latestCheckpoint, recordAction } from '../../../main/archive/evidence/custody.ts';
import { askForTimeStamp, keepTimeStamp, listTimeStamps } from '../../../main/archive/evidence/time-stamps.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { openTestWriter, temporaryFolder } from '../store/support.ts';
import { TimeStampAuthority } from './time-stamp-authority.ts';

const actor = { user: 'ana', host: 'desk', app: 'test' };
const at = (now: number) => ({ now, actor });
let authority: TimeStampAuthority;
let writer: ArchiveWriter;
let query: Buffer;
let note: string;

function act(time: number): string {
  return recordAction(writer, { kind: 'x', time, subjects: [], details: {} }, actor).checkpoint.note;
}

function ask(size?: number): Buffer {
  let asked: Buffer = Buffer.alloc(0);
  const write = (made: Buffer) => {
    asked = made;
  };
  askForTimeStamp(writer, { size, write }, at(2));
  return asked;
}

async function verify() {
  return await verifyArchive(writer.db, { signal: new AbortController().signal, onProgress: () => undefined });
}

beforeAll(() => {
  authority = new TimeStampAuthority();
  writer = openTestWriter();
  note = act(1);
  query = ask();
});

describe('a query', () => {
  test('asks for a stamp over the SHA-256 of the signed note, with a nonce and the certificate', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'query'), query);
    writeFileSync(join(folder, 'note'), note);
    const openssl = (...parts: string[]) => execFileSync('openssl', parts, { cwd: folder }).toString();
    const text = openssl('ts', '-query', '-in', 'query', '-text');
    expect(text).toMatch(/Hash Algorithm: sha256/u);
    expect(text).toMatch(/Nonce: 0x[0-9A-F]{32}\n/u);
    expect(text).toMatch(/Certificate required: yes/u);
    const same = openssl('ts', '-query', '-data', 'note', '-sha256', '-no_nonce', '-text');
    const imprint = (of: string) => /Message data:\n(?<dump>(?: {4}.*\n)+)/u.exec(of)?.groups?.['dump'];
    expect(imprint(text)).toBe(imprint(same));
  });

  test('that cannot be written is not on record', () => {
    const before = latestCheckpoint(writer.db);
    const write = () => {
      throw new Error('no room');
    };
    expect(() => askForTimeStamp(writer, { write }, at(3))).toThrow('no room');
    expect(latestCheckpoint(writer.db)).toEqual(before);
  });

  test('over a checkpoint that was never signed is refused', () => {
    expect(() => ask(99)).toThrow(/No checkpoint covers exactly 99/u);
  });
});

describe('a reply', () => {
  test('of a real authority is kept, listed, verified, and named by the report', async () => {
    const kept = await keepTimeStamp(writer, authority.stamp(query), at(4));
    expect(kept.stamp?.authority).toContain('Time Stamp Authority');
    expect(kept).toMatchObject({ receivedAt: 4, stamp: { policy: '1.2.3.4.1' } });
    expect(await listTimeStamps(writer.db)).toEqual([kept]);
    const report = await verify();
    expect(report.failures).toEqual([]);
    expect(report.timeStamps).toEqual([
      { subject: 'time stamp 1', size: kept.size, time: kept.stamp?.time, authority: kept.stamp?.authority },
    ]);
    await expect(keepTimeStamp(writer, authority.stamp(query), at(5))).rejects.toMatchObject({ code: 'conflict' });
  });

  test('in which any bit of what is signed was flipped is refused', async () => {
    const reply = authority.stamp(ask());
    const imprint = reply.indexOf(Buffer.from('3031300d0609', 'hex'));
    expect(imprint).toBeGreaterThan(0);
    // From the stamped hash to the end of the nonce, and the signature, which is last.
    const places = [
      ...Array.from({ length: 25 }, (_, index) => imprint + 17 + 3 * index),
      ...Array.from({ length: 20 }, (_, index) => reply.length - 1 - 3 * index),
    ];
    for (const place of places) {
      const altered = Buffer.from(reply);
      altered[place] = (altered[place] ?? 0) ^ 1;
      await expect(keepTimeStamp(writer, altered, at(6)), `byte ${place}`).rejects.toMatchObject({
        code: 'invalid-input',
      });
    }
    await keepTimeStamp(writer, reply, at(7));
  });

  test('to a query of another archive, or over another checkpoint, is refused', async () => {
    const other = openTestWriter();
    const mine = writer;
    writer = other;
    act(1);
    const foreign = authority.stamp(ask());
    writer = mine;
    await expect(keepTimeStamp(writer, foreign, at(8))).rejects.toThrow(/no query of this archive/u);
    const asked = ask();
    // The nonce of this query over another hash: as if somebody had changed what was sent.
    const hash = asked.indexOf(Buffer.from([0x04, 0x20])) + 2;
    const elsewhere = Buffer.from(asked);
    elsewhere.fill(7, hash, hash + 32);
    await expect(keepTimeStamp(writer, authority.stamp(elsewhere), at(9))).rejects.toThrow(/something else/u);
  });

  test('that says no is told with its status', async () => {
    const sha1 = ask();
    const place = sha1.indexOf(Buffer.from('608648016503040201', 'hex'));
    // SHA-384 by name, with a hash of the wrong length: what the authority refuses.
    sha1[place + 8] = 2;
    await expect(keepTimeStamp(writer, authority.stamp(sha1), at(10))).rejects.toThrow(/status 2/u);
  });

  test('that is none is told so', async () => {
    await expect(keepTimeStamp(writer, Buffer.from('not a reply'), at(12))).rejects.toThrow(/no reply/u);
    await expect(keepTimeStamp(writer, Buffer.alloc(0), at(12))).rejects.toThrow(/no reply/u);
  });
});

describe('verification', () => {
  test('finds a kept reply that was altered, exchanged or removed', async () => {
    const reply = writer.db.prepare<[], Buffer>('SELECT reply FROM custody_timestamp WHERE id = 1').pluck().get();
    const set = writer.db.prepare('UPDATE custody_timestamp SET reply = ?, received_ms = ? WHERE id = 1');
    const altered = Buffer.from(reply ?? Buffer.alloc(0));
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    for (const [value, problem] of [
      [altered, 'not the reply'],
      [altered, 'altered'],
      [null, 'is gone'],
    ] as const) {
      set.run(value, value === null ? null : 1);
      const { failures } = await verify();
      expect(
        failures.filter(({ subject }) => subject === 'time stamp 1').map((failure) => failure.problem),
      ).toContainEqual(expect.stringContaining(problem));
    }
    set.run(reply, 4);
    expect((await verify()).failures).toEqual([]);
  });
});
