import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  certificateDetails,
  certifySearch,
  checkCertificate,
  type FindingOptions,
} from '../../../main/archive/evidence/certificate.ts';
import { recordAction } from '../../../main/archive/evidence/custody.ts';
import type { StoredAccount } from '../../../main/archive/store/accounts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { updateTag } from '../../../main/archive/review/tags.ts';
import { apply } from '../review/support.ts';
import { searchCertificateSchema, type SearchCertificate } from '../../../preload/model.ts';
import { chatText, openTestWriter, take, testAccount } from '../store/support.ts';

const actor = { user: 'ana', host: 'desk', app: 'test' };
const now = Date.UTC(2026, 5, 1);

describe('a search certificate', () => {
  let writer: ArchiveWriter;
  let account: StoredAccount;
  const receive = (id: string, texts: string[], receivedAt: number) =>
    take(writer, account, 'chat', [chatText({ id, texts })], { receivedAt });

  async function certify(options: Partial<FindingOptions> = {}): Promise<SearchCertificate> {
    const given = { query: 'refund', timeZone: 'UTC', fullScan: false, ...options };
    const finding = await certifySearch(writer.db, given, now, new AbortController().signal);
    const details = certificateDetails(finding);
    const { position, checkpoint } = recordAction(
      writer,
      { kind: 'certificate', time: now, subjects: [], details },
      actor,
    );
    return searchCertificateSchema.parse({ ...finding, entry: position, checkpoint: checkpoint.note });
  }

  beforeEach(() => {
    writer = openTestWriter();
    account = testAccount(writer);
    receive('b', ['a refund please', 'no guarantee'], now - 2000);
    receive('a', ['refund my guarantee'], now - 2000);
    receive('c', ['hello'], now - 2000);
  });

  it('by a tag stays the same when the tag is taken off, put on others, or renamed later', async () => {
    const later = { now: now + 1, actor };
    apply(writer, { kind: 'tag', tag: 'vip' }, ['a', 'b'], { now: now - 1000, actor });
    const certificate = await certify({ query: 'tag:vip refund' });
    apply(writer, { kind: 'untag', tag: 'vip' }, ['a'], later);
    apply(writer, { kind: 'tag', tag: 'vip' }, ['c'], later);
    updateTag(writer.db, { name: 'vip', newName: 'important' }, later);
    expect(checkCertificate(writer.db, certificate)).toMatchObject({ same: true, total: 2, totalNow: 0 });
  });

  it('says what was asked, what each term found, and hashes the ids as coreutils would', async () => {
    const certificate = await certify({ query: 'refund guarantee*' });
    expect(certificate).toMatchObject({ total: 2, logSize: 3, fullScan: null, askedAt: '2026-06-01T00:00:00.000Z' });
    expect(certificate.terms).toEqual([
      { text: 'refund', said: null, total: 2 },
      { text: 'guarantee*', said: null, total: 2 },
    ]);
    const ids = 'chat:12345678:a\nchat:12345678:b\n';
    expect(certificate.hitsSha256).toBe(createHash('sha256').update(ids).digest('hex'));
  });

  it('gives the same hash again whatever was received since, and says what is found now', async () => {
    const certificate = await certify();
    receive('d', ['another refund'], now + 1000);
    receive('a', ['nothing of it is left'], now + 1000);
    const check = checkCertificate(writer.db, certificate);
    expect(check).toEqual({ same: true, differences: [], total: 2, hitsSha256: certificate.hitsSha256, totalNow: 3 });
  });

  it('confirms on all stored text that nothing is found, and tells when the index is wrong', async () => {
    const nothing = await certify({ query: 'xyzzy', fullScan: true });
    expect(nothing).toMatchObject({ total: 0, fullScan: { conversations: 3, found: 0, agrees: true } });
    writer.db.exec('DELETE FROM ft WHERE rowid = (SELECT min(rid) FROM conversation)');
    const damaged = await certify({ query: 'refund', fullScan: true });
    expect(damaged.fullScan).toMatchObject({ found: 2, agrees: false });
  });

  it('does not hold when its total, its hits or its words were altered', async () => {
    const certificate = await certify();
    const altered: Partial<SearchCertificate>[] = [
      { total: 3 },
      { hitsSha256: '0'.repeat(64) },
      { query: 'hello' },
      { understoodAs: 'something else' },
      { terms: [] },
      { entry: certificate.entry - 1 },
    ];
    for (const change of altered) {
      const check = checkCertificate(writer.db, { ...certificate, ...change });
      expect(check.same, JSON.stringify(change)).toBe(false);
      expect(check.differences.length).toBeGreaterThan(0);
    }
  });
});
