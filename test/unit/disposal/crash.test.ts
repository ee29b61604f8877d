import { cpSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { runDisposition } from '../../../main/archive/disposal/disposition.ts';
import { planDisposition } from '../../../main/archive/disposal/disposition-plan.ts';
import { setErasurePolicy } from '../../../main/archive/disposal/erasure-policy.ts';
import { settleErasures } from '../../../main/archive/disposal/erasures.ts';
import { setRetentionClass } from '../../../main/archive/disposal/retention.ts';
import { noLog } from '../../../main/archive/log.ts';
import {
  chatText,
  march,
  minute,
  openTestWriter,
  startChild,
  take,
  temporaryFolder,
  testAccount,
} from '../store/support.ts';
import { filesWith } from './byte-scan.ts';
import { actor, marker, scrub, verified } from './support.ts';

const total = 150;
/** What one transaction settles. */
const batch = 100;

/** An archive in which all conversations are due to be purged. */
function erasedArchive(): string {
  const folder = temporaryFolder();
  const writer = openTestWriter(folder);
  const account = testAccount(writer);
  setErasurePolicy(writer, { policy: 'purge' }, { now: 1, actor });
  const texts = (text: (nth: number) => string) =>
    Array.from({ length: total }, (_, nth) =>
      chatText({ id: `c${nth}`, texts: [text(nth), 'of course'], startedAt: march + nth * minute }),
    );
  take(
    writer,
    account,
    'chat',
    texts((nth) => `qwzxsecret number ${nth}`),
    { receivedAt: 1000 },
  );
  take(
    writer,
    account,
    'chat',
    texts(() => marker),
    { receivedAt: 2000 },
  );
  writer.close();
  return folder;
}

/** Ways to wait before the kill: around the destruction, and within the scrubbing after it. */
const moments: readonly { after: string; ms: number }[] = [
  { after: 'begins', ms: 0 },
  { after: 'begins', ms: 15 },
  { after: 'begins', ms: 45 },
  { after: 'begins', ms: 90 },
  { after: 'destroyed', ms: 0 },
  { after: 'destroyed', ms: 20 },
];

test('kill -9 while content is destroyed leaves all of a batch or nothing of it, and the next run finishes', async () => {
  const origin = erasedArchive();
  for (const { after, ms } of moments) {
    const folder = temporaryFolder();
    cpSync(origin, folder, { recursive: true });
    const child = startChild('../disposal/settle-child.ts', [folder]);
    await child.wrote(after);
    await setTimeout(ms);
    await child.kill();

    const writer = openTestWriter(folder);
    const count = (sql: string) => writer.db.prepare<[], number>(sql).pluck().get();
    const tombstones = count('SELECT count(*) FROM tombstone') ?? -1;
    expect([0, batch, total], `${after} + ${ms} ms`).toContain(tombstones);
    expect(count('SELECT count(*) FROM version WHERE sha256 IS NULL')).toBe(tombstones);
    expect(count("SELECT count(*) FROM erasure WHERE state = 'purged'")).toBe(tombstones);
    expect((await verified(writer)).failures).toEqual([]);

    settleErasures(writer, { now: 9600, actor }, noLog);
    expect(await scrub(writer)).toBe(true);
    expect(count('SELECT count(*) FROM tombstone')).toBe(total);
    expect(filesWith(folder, ['wzxsecret'])).toEqual([]);
    expect((await verified(writer)).failures).toEqual([]);
    writer.close();
  }
}, 120_000);

test('kill -9 while a plan is carried out leaves all of a batch or nothing of it, and the same command finishes', async () => {
  const origin = erasedArchive();
  const planner = openTestWriter(origin);
  const now = Date.now();
  setRetentionClass(planner, { name: 'all', query: '', timeZone: 'UTC', keepDays: 1 }, { now, actor });
  const { sha256 } = planDisposition(planner, 'Ana', { now, actor });
  planner.close();
  for (const { after, ms } of moments.slice(1, 5)) {
    const folder = temporaryFolder();
    cpSync(origin, folder, { recursive: true });
    const child = startChild('../disposal/settle-child.ts', [folder, sha256]);
    await child.wrote(after);
    await setTimeout(ms);
    await child.kill();

    const writer = openTestWriter(folder);
    const count = (sql: string) => writer.db.prepare<[], number>(sql).pluck().get();
    const gone = count('SELECT count(*) FROM conversation WHERE disposed_ms IS NOT NULL') ?? -1;
    expect([0, batch, total], `${after} + ${ms} ms`).toContain(gone);
    expect(count('SELECT count(*) FROM tombstone')).toBe(2 * gone);
    expect(count("SELECT count(*) FROM disposition_member WHERE outcome = 'destroyed'")).toBe(gone);
    expect((await verified(writer)).failures).toEqual([]);

    const { state } = writer.db.prepare<[], { state: string }>('SELECT state FROM disposition').get() ?? {};
    if (state !== 'done') {
      const options = { signal: new AbortController().signal, doing: () => ({ now: Date.now(), actor }) };
      const { certificate } = await runDisposition(writer, { sha256, confirmedBy: 'Ben', reason: 'x' }, options);
      expect(certificate?.destroyed.conversations).toBe(total);
    }
    expect(await scrub(writer)).toBe(true);
    expect(filesWith(folder, ['wzxsecret'])).toEqual([]);
    expect((await verified(writer)).failures).toEqual([]);
    writer.close();
  }
}, 120_000);
