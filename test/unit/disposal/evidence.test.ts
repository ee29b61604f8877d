import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { certificateDetails, certifySearch, checkCertificate } from '../../../main/archive/evidence/certificate.ts';
import { recordAction } from '../../../main/archive/evidence/custody.ts';
import { openReader } from '../../../main/archive/store/database.ts';
import { exportFrom, verify } from '../export/support.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';
import { filesWith } from './byte-scan.ts';
import { actor, destroy, marker, scrub, sign } from './support.ts';

/** One conversation that was erased at the source, and one that was not. */
function archive() {
  const writer = openTestWriter();
  const account = testAccount(writer);
  take(
    writer,
    account,
    'chat',
    [
      chatText({ id: 'c1', texts: ['qwzxsecret refund'] }),
      chatText({ id: 'c2', texts: ['refund'], startedAt: march + minute }),
    ],
    { receivedAt: 1000 },
  );
  take(writer, account, 'chat', [chatText({ id: 'c1', texts: [marker] })], { receivedAt: 3000 });
  sign(writer, 4000);
  return writer;
}

it('an export of today proves what is left, and one of a past date says how much is gone', async () => {
  const writer = archive();
  destroy(writer, 'c1', [1]);
  const today = await exportFrom(writer, { formats: ['ndjson', 'html', 'csv'] });
  expect(today.result).toMatchObject({ conversations: 2, errors: 0 });
  expect((await verify(today.path)).failures).toEqual([]);

  const past = await exportFrom(writer, { formats: ['ndjson'], asKnownOn: 2000 });
  expect(past.result.conversations).toBe(1);
  const facts = JSON.parse(readFileSync(join(past.path, 'custody/export.json'), 'utf8')) as object;
  expect(facts).toMatchObject({ versionsDestroyedSince: 1 });
  expect((await verify(past.path)).failures).toEqual([]);
});

it('a certificate of before says that what it found was destroyed, and others still hold', async () => {
  const writer = archive();
  const certify = async (query: string) => {
    const options = { query, timeZone: 'UTC', fullScan: false };
    const finding = await certifySearch(writer.db, options, 5000, new AbortController().signal);
    const action = { kind: 'certificate', time: 5000, subjects: [], details: certificateDetails(finding) };
    const { position, checkpoint } = recordAction(writer, action, actor);
    return { ...finding, entry: position, checkpoint: checkpoint.note };
  };
  const [secret, erased] = [await certify('qwzxsecret'), await certify('has:erased')];
  expect([secret.total, erased.total]).toEqual([1, 1]);
  destroy(writer, 'c1', [1]);
  expect(checkCertificate(writer.db, erased)).toMatchObject({ same: true, differences: [] });
  const check = checkCertificate(writer.db, secret);
  expect(check.same).toBe(false);
  expect(check.differences.join('\n')).toContain('1 versions of that time has been destroyed on record');
});

it('a reader that still looks at the past holds back the removal of remains, which is then due again', async () => {
  const writer = archive();
  writer.db.pragma('busy_timeout = 50');
  const reader = openReader(writer.folder);
  reader.db.exec('BEGIN');
  reader.db.prepare('SELECT count(*) FROM conversation').get();
  destroy(writer, 'c1', [1]);
  expect(await scrub(writer)).toBe(false);
  expect(filesWith(writer.folder, ['wzxsecret'])).not.toEqual([]);
  reader.close();
  expect(await scrub(writer)).toBe(true);
  expect(filesWith(writer.folder, ['wzxsecret'])).toEqual([]);
  // The folder also has the key of the archive, which nobody may take for remains.
  expect(readFileSync(join(writer.folder, 'custody-key.pem'), 'utf8')).toContain('PRIVATE KEY');
});
