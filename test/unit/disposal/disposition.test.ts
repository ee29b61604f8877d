import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../main/archive/evidence/canonical-json.ts';
import { certifySearch } from '../../../main/archive/evidence/certificate.ts';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import { runDisposition } from '../../../main/archive/disposal/disposition.ts';
import { planDisposition } from '../../../main/archive/disposal/disposition-plan.ts';
import { removeRetentionClass, setRetentionClass } from '../../../main/archive/disposal/retention.ts';
import { addNote, listNotes } from '../../../main/archive/review/notes.ts';
import { createHold } from '../../../main/archive/review/holds.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import { checkIndex, rebuildIndex } from '../../../main/archive/search/reindex.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { consistencyChecks } from '../../../main/archive/store/integrity.ts';
import { findConversation, loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';
import { filesWith } from './byte-scan.ts';
import { actor, scrub, sign, verified } from './support.ts';

const day = 86_400_000;
/** When it is all looked at: 400 days after the first conversation. */
const now = march + 400 * day;
const doing = { now, actor };
const signal = new AbortController().signal;

/** Two old conversations, an old one with a complaint, and a new one. */
function archive() {
  const writer = openTestWriter();
  const account = testAccount(writer);
  take(writer, account, 'chat', [
    chatText({ id: 'old1', texts: ['qwzxsecret refund'], agent: 'Vytautas Jxqzylis' }),
    chatText({ id: 'old2', texts: ['qwzxsecret card'], startedAt: march + minute }),
    chatText({ id: 'complaint', texts: ['a complaint'], startedAt: march + 2 * minute }),
    chatText({ id: 'new', texts: ['refund'], startedAt: march + 390 * day }),
  ]);
  const keep = (name: string, query: string, keepDays: number) =>
    setRetentionClass(writer, { name, query, timeZone: 'UTC', keepDays }, doing);
  keep('all', '', 365);
  keep('complaints', 'complaint', 3650);
  return { writer, account, keep };
}

const confirmation = { confirmedBy: 'Ben Braun', reason: 'Retention schedule 4' };
const run = (writer: ArchiveWriter, sha256: string, by = confirmation.confirmedBy) =>
  runDisposition(writer, { sha256, confirmedBy: by, reason: confirmation.reason }, { signal, doing: () => doing });
const refused = (words: string) =>
  expect.objectContaining({ code: 'conflict', message: expect.stringContaining(words) as string }) as Error;

function found(writer: ArchiveWriter, query: string): string[] {
  const name = writer.db.prepare<[number], string>('SELECT remote_id FROM conversation WHERE rid = ?').pluck();
  const rids = [...matchingRids(writer.db, query, { sort: 'oldest', timeZone: 'UTC', now })];
  return rids.map((rid) => name.get(rid) ?? '');
}

describe('a plan', () => {
  it('says what would be destroyed, keeps the longest of several classes, and destroys nothing', () => {
    const { writer } = archive();
    createHold(writer, { name: 'Smith', reason: 'x', scope: { kind: 'ids', ids: ['old2'] } }, doing);
    const { plan, sha256, state } = planDisposition(writer, 'Ana Alt', doing);
    expect(plan).toMatchObject({
      plannedBy: 'Ana Alt',
      keptByAnother: 1,
      held: 1,
      conversations: 1,
      versions: 1,
      messages: 1,
      membersSha256: createHash('sha256').update('chat:12345678:old1\n').digest('hex'),
    });
    expect(plan.classes.map(({ name, matched, expired }) => [name, matched, expired])).toEqual([
      ['all', 4, 3],
      ['complaints', 1, 0],
    ]);
    expect(state).toBe('planned');
    // Anybody can make the hash again that the second person confirms.
    expect(createHash('sha256').update(canonicalJson(plan)).digest('hex')).toBe(sha256);
    expect(found(writer, '')).toHaveLength(4);
  });

  it('needs classes, and a query that can be asked', () => {
    const writer = openTestWriter();
    testAccount(writer);
    expect(() => planDisposition(writer, 'Ana', doing)).toThrow(refused('no retention classes'));
    expect(() => setRetentionClass(writer, { name: 'x', query: '(', timeZone: 'UTC', keepDays: 1 }, doing)).toThrow(
      expect.objectContaining({ code: 'invalid-input' }) as Error,
    );
  });

  it('is carried out once, by another person, while it still says what the classes say', async () => {
    const { writer, keep } = archive();
    const { sha256 } = planDisposition(writer, 'Ana Alt', doing);
    await expect(run(writer, sha256, '  ana  ALT ')).rejects.toThrow(refused('another person'));
    keep('complaints', 'complaint', 3000);
    await expect(run(writer, sha256)).rejects.toThrow(refused('other retention classes'));
    keep('complaints', 'complaint', 3650);
    const late = { ...doing, now: now + 31 * day };
    const input = { sha256, ...confirmation };
    await expect(runDisposition(writer, input, { signal, doing: () => late })).rejects.toThrow(refused('30 days'));
    expect(found(writer, '')).toHaveLength(4);
    await run(writer, sha256);
    await expect(run(writer, sha256)).rejects.toThrow(refused('already'));
    removeRetentionClass(writer, { name: 'complaints', reason: 'x' }, doing);
  });
});

describe('what was destroyed as planned', () => {
  it('is found by nothing, leaves its text in no file, and the archive verifies against what was signed before', async () => {
    const { writer } = archive();
    const kept = sign(writer, now);
    expect(filesWith(writer.folder, ['wzxsecret', 'xqzylis'])).not.toEqual([]);
    addNote(writer.db, { id: 'old1', text: 'kjfnoteword' }, doing);
    const { sha256 } = planDisposition(writer, 'Ana Alt', doing);
    const { state, certificate } = await run(writer, sha256);
    expect(await scrub(writer)).toBe(true);
    expect(state).toBe('done');
    expect(filesWith(writer.folder, ['wzxsecret', 'xqzylis'])).toEqual([]);
    expect(found(writer, '')).toEqual(['complaint', 'new']);
    expect(found(writer, 'qwzxsecret OR note:kjfnoteword')).toEqual([]);
    const words = writer.db.prepare("SELECT value FROM label_value WHERE field = 'note'").all();
    expect([words, listNotes(writer.db, { id: 'old1', limit: 5, offset: 0 }).notes[0]?.text]).toEqual([[], '']);
    const { rid } = findConversation(writer.db, 'old1');
    expect(() => loadTranscript(writer.db, rid)).toThrow(
      expect.objectContaining({ code: 'content-destroyed' }) as Error,
    );
    const report = await verified(writer, kept);
    expect([report.failures, report.destroyed?.length]).toEqual([[], 2]);
    expect([...consistencyChecks(writer.db)].filter(({ failed }) => failed > 0)).toEqual([]);

    expect(certificate).toMatchObject({
      planSha256: sha256,
      confirmedBy: 'Ben Braun',
      destroyed: { conversations: 2, versions: 2 },
      held: 0,
      changed: 0,
    });
    const { entries } = custodyList(writer.db, { subject: 'chat:12345678:old1', versions: false, limit: 5 });
    expect(entries.map(({ kind, position }) => [kind, position])[0]).toEqual(['disposition', certificate?.entries[0]]);
    const steps = custodyList(writer.db, { subject: `disposition:${sha256}`, versions: false, limit: 9 }).entries;
    expect(steps.map(({ kind }) => kind)).toEqual([
      'disposition-finished',
      'disposition',
      'disposition-confirmed',
      'disposition-planned',
    ]);
  });

  it('stays gone: when it comes again, when the index is made anew, when all is scanned', async () => {
    const { writer, account } = archive();
    const { sha256 } = planDisposition(writer, 'Ana Alt', doing);
    await run(writer, sha256);
    const again = chatText({ id: 'old1', texts: ['qwzxsecret refund', 'and more'] });
    for (const via of ['search', 'by-id', 'import'] as const) {
      expect(take(writer, account, 'chat', [again], { via })[0]?.outcome).toBe('unchanged');
    }
    const rebuilt = await rebuildIndex(writer.db, { signal, onProgress: () => undefined });
    expect(rebuilt).toEqual({ conversations: 2, failed: 0 });
    expect(checkIndex(writer.db)).toMatchObject({ missing: 0, surplus: 0, damage: null });
    const finding = await certifySearch(writer.db, { query: 'refund', timeZone: 'UTC', fullScan: true }, now, signal);
    expect(finding).toMatchObject({ total: 1, fullScan: { conversations: 2, found: 1, agrees: true } });
    expect((await verified(writer)).failures).toEqual([]);
  });

  it('is not what came under a hold or changed after the plan was made', async () => {
    const { writer, account } = archive();
    const { sha256 } = planDisposition(writer, 'Ana Alt', doing);
    createHold(writer, { name: 'Smith', reason: 'x', scope: { kind: 'ids', ids: ['old1'] } }, doing);
    take(writer, account, 'chat', [chatText({ id: 'old2', texts: ['changed'], startedAt: march + minute })]);
    const { certificate } = await run(writer, sha256);
    expect(certificate).toMatchObject({ destroyed: { conversations: 0 }, held: 1, changed: 1 });
    expect(found(writer, '')).toHaveLength(4);
  });

  it('goes on where it was stopped, by the same call', async () => {
    const { writer } = archive();
    const { sha256 } = planDisposition(writer, 'Ana Alt', doing);
    const stop = AbortSignal.abort();
    const input = { sha256, ...confirmation };
    await expect(runDisposition(writer, input, { signal: stop, doing: () => doing })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect((await run(writer, sha256)).certificate?.destroyed.conversations).toBe(2);
  });
});
