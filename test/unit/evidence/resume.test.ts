import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test, describe } from 'vitest';
import { recordAction } from '../../../main/archive/evidence/custody.ts';
import { verifyArchive, type VerifyArchiveOptions } from '../../../main/archive/evidence/verify.ts';
import { progressFileName } from '../../../main/archive/evidence/verify-progress.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { chatText, openTestWriter, take, testAccount } from '../store/support.ts';

const actor = { user: 'ana', host: 'desk', app: 'test' };
const conversations = 700;
let writer: ArchiveWriter;
let account: ReturnType<typeof testAccount>;

beforeAll(() => {
  writer = openTestWriter();
  account = testAccount(writer);
  take(
    writer,
    account,
    'chat',
    Array.from({ length: conversations }, (_, index) =>
      chatText({ id: `c${index}`, startedAt: 1e12 + index * 60_000 }),
    ),
  );
  recordAction(writer, { kind: 'x', time: 1, subjects: [], details: {} }, actor);
});

const progressFile = () => join(writer.folder, progressFileName);

async function verify(options: Partial<VerifyArchiveOptions> = {}) {
  return await verifyArchive(writer.db, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...options,
  });
}

/** Stops a verification when 400 leaves have been judged. */
async function interrupt(now = 5): Promise<void> {
  const controller = new AbortController();
  const stopped = verify({
    now,
    signal: controller.signal,
    fromStart: true,
    onProgress({ phase, done }) {
      if (phase === 'Recomputing the custody log' && done >= 400) controller.abort();
    },
  });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  expect(existsSync(progressFile())).toBe(true);
}

describe('a verification that was stopped', () => {
  test('goes on where it was, says so, and leaves nothing behind', async () => {
    await interrupt();
    const report = await verify();
    expect(report).toMatchObject({ ok: true, continued: { leaves: 400, startedAt: 5 } });
    expect(report.checks.find(({ name }) => name.startsWith('Originals'))?.checked).toBe(conversations);
    expect(existsSync(progressFile())).toBe(false);
    expect((await verify()).continued).toBeUndefined();
  });

  test('goes on after records were added, and not when told to start anew', async () => {
    await interrupt();
    take(writer, account, 'chat', [chatText({ id: 'new' })]);
    expect((await verify()).continued?.leaves).toBe(400);
    await interrupt();
    expect((await verify({ fromStart: true })).continued).toBeUndefined();
  });

  test.each([
    ['UPDATE block SET z = zeroblob(length(z)) WHERE id = 1', 'UPDATE block SET z = (SELECT z FROM kept) WHERE id = 1'],
    [
      'UPDATE version SET received_ms = received_ms + 1 WHERE rid = (SELECT min(rid) FROM version)',
      'UPDATE version SET received_ms = received_ms - 1 WHERE rid = (SELECT min(rid) FROM version)',
    ],
  ])('reads everything again after %s, and finds it', async (change, undo) => {
    writer.db.exec('CREATE TEMP TABLE IF NOT EXISTS kept AS SELECT z FROM block WHERE id = 1');
    await interrupt();
    writer.db.exec(change);
    const report = await verify();
    expect(report.continued).toBeUndefined();
    expect(report.failures.some(({ subject }) => subject.startsWith('chat:'))).toBe(true);
    writer.db.exec(undo);
    expect((await verify()).failures).toEqual([]);
  });

  test('names again what had failed before it was stopped', async () => {
    writer.db.exec('UPDATE version SET received_ms = received_ms + 1 WHERE rid = (SELECT min(rid) FROM version)');
    await interrupt();
    const report = await verify();
    expect(report.continued?.leaves).toBe(400);
    expect(report.failures).toHaveLength(1);
    writer.db.exec('UPDATE version SET received_ms = received_ms - 1 WHERE rid = (SELECT min(rid) FROM version)');
  });

  test('believes no file that somebody without the signing key has written', async () => {
    await interrupt();
    const text = readFileSync(progressFile(), 'utf8');
    writeFileSync(progressFile(), text.replace('"leaves":400', '"leaves":401'));
    expect((await verify()).continued).toBeUndefined();
    writeFileSync(progressFile(), 'not JSON');
    expect((await verify()).continued).toBeUndefined();
  });
});
