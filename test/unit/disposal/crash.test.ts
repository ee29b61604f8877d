import { cpSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { setErasurePolicy } from '../../../main/archive/disposal/erasure-policy.ts';
import { settleErasures } from '../../../main/archive/disposal/erasures.ts';
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
}, 60_000);
