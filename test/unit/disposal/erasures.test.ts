import { describe, expect, it } from 'vitest';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import { erasurePolicies, setErasurePolicy } from '../../../main/archive/disposal/erasure-policy.ts';
import { listErasures } from '../../../main/archive/disposal/erasure-rows.ts';
import { decideErasure, settleErasures } from '../../../main/archive/disposal/erasures.ts';
import { createHold, releaseHold } from '../../../main/archive/review/holds.ts';
import { noLog } from '../../../main/archive/log.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { findConversation, listVersions, loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { contract } from '../../../preload/contract.ts';
import type { ErasurePolicy } from '../../../preload/model.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';
import { actor, marker, verified } from './support.ts';

const doing = { now: 9000, actor };
const refused = (code: string) => expect.objectContaining({ code }) as Error;

/** Two conversations of one account that the source erased, and one that it did not. */
function archive(policy?: ErasurePolicy) {
  const writer = openTestWriter();
  const account = testAccount(writer);
  if (policy !== undefined) setErasurePolicy(writer, { policy }, doing);
  const record = (id: string, text: string, nth: number) =>
    chatText({ id, texts: [text, 'of course'], startedAt: march + nth * minute });
  take(writer, account, 'chat', [record('c1', 'one', 1), record('c2', 'two', 2), record('c3', 'three', 3)], {
    receivedAt: 1000,
  });
  take(writer, account, 'chat', [record('c1', marker, 1), record('c2', marker, 2), record('c3', 'drei', 3)], {
    receivedAt: 2000,
  });
  return { writer, account, record };
}

const settle = (writer: ArchiveWriter) => settleErasures(writer, doing, noLog);

function list(writer: ArchiveWriter, states?: ('due' | 'asked' | 'held' | 'kept' | 'purged')[]) {
  return listErasures(writer.db, contract['erasure.list'].input.parse({ states })).erasures;
}

/** Numbers of the versions that still have their content. */
function contents(writer: ArchiveWriter, id: string): number[] {
  const versions = listVersions(writer.db, findConversation(writer.db, id).rid);
  return versions.filter(({ sha256 }) => sha256 !== null).map(({ version }) => version);
}

function kinds(writer: ArchiveWriter, id: string): string[] {
  const input = { subject: `chat:12345678:${id}`, versions: false, limit: 20 };
  return custodyList(writer.db, input).entries.map(({ kind }) => kind);
}

describe('what the source erased', () => {
  it('is due until the policy is applied, and nothing else is', () => {
    const { writer } = archive();
    expect(list(writer).map(({ id, state, versions, noticedAt }) => [id, state, versions, noticedAt])).toEqual([
      ['chat:12345678:c2', 'due', [1], 2000],
      ['chat:12345678:c1', 'due', [1], 2000],
    ]);
  });

  it('keeps its former versions where nobody said otherwise, and the log says so', () => {
    const { writer } = archive();
    expect(settle(writer)).toEqual({ kept: 2, asked: 0, held: 0, purged: 0 });
    expect(contents(writer, 'c1')).toEqual([1, 2]);
    expect(list(writer)).toEqual([]);
    expect(kinds(writer, 'c1')).toEqual(['erasure-kept']);
    expect(settle(writer)).toEqual({ kept: 0, asked: 0, held: 0, purged: 0 });
  });

  it('loses them under the policy to purge, and what is shown stays', async () => {
    const { writer } = archive('purge');
    expect(settle(writer)).toEqual({ kept: 0, asked: 0, held: 0, purged: 2 });
    expect([contents(writer, 'c1'), contents(writer, 'c2'), contents(writer, 'c3')]).toEqual([[2], [2], [1, 2]]);
    const shown = loadTranscript(writer.db, findConversation(writer.db, 'c1').rid);
    expect([shown.messages[0]?.text, shown.flags]).toEqual([marker, ['erased']]);
    const report = await verified(writer);
    expect([report.failures, report.destroyed?.length]).toEqual([[], 2]);
  });

  it('waits for a person under the policy to ask, who purges or keeps with a reason', () => {
    const { writer } = archive('ask');
    settle(writer);
    expect(list(writer).map(({ id, state }) => [id, state])).toEqual([
      ['chat:12345678:c2', 'asked'],
      ['chat:12345678:c1', 'asked'],
    ]);
    const kept = decideErasure(writer, { id: 'c1', decision: 'keep', reason: 'Retention duty, HGB 257' }, doing);
    expect(kept.settled).toEqual({ at: 9000, by: 'ana', reason: 'Retention duty, HGB 257' });
    expect(decideErasure(writer, { id: 'c2', decision: 'purge', reason: 'Request 7' }, doing)).toMatchObject({
      state: 'purged',
      versions: [],
    });
    expect(list(writer)).toEqual([]);
    expect([contents(writer, 'c1'), contents(writer, 'c2')]).toEqual([[1, 2], [2]]);
    const [purged] = custodyList(writer.db, { subject: 'chat:12345678:c2', versions: false, limit: 1 }).entries;
    expect(purged).toMatchObject({ kind: 'erasure-purged', user: 'ana', details: { reason: 'Request 7' } });
  });

  it('can be purged later though it was kept at first, and not twice', () => {
    const { writer } = archive();
    settle(writer);
    decideErasure(writer, { id: 'c1', decision: 'purge', reason: 'Request 8' }, doing);
    expect(contents(writer, 'c1')).toEqual([2]);
    const again = () => decideErasure(writer, { id: 'c1', decision: 'keep', reason: 'x' }, doing);
    expect(again).toThrow(refused('conflict'));
    expect(() => decideErasure(writer, { id: 'c3', decision: 'purge', reason: 'x' }, doing)).toThrow(
      refused('not-found'),
    );
  });

  it('is purged again when a file from before the erasure is imported', () => {
    const { writer, account, record } = archive('purge');
    settle(writer);
    take(writer, account, 'chat', [record('c1', 'one', 1)], { via: 'import', receivedAt: 3000 });
    expect(list(writer).map(({ id, versions }) => [id, versions])).toEqual([['chat:12345678:c1', [3]]]);
    settle(writer);
    expect(contents(writer, 'c1')).toEqual([2]);
  });

  it('is erased no longer when the source shows it in full again', () => {
    const { writer, account } = archive('ask');
    settle(writer);
    take(writer, account, 'chat', [chatText({ id: 'c1', texts: ['a', 'b', 'c'], startedAt: march + minute })], {
      receivedAt: 3000,
    });
    settle(writer);
    expect(list(writer).map(({ id }) => id)).toEqual(['chat:12345678:c2']);
    expect(contents(writer, 'c1')).toEqual([1, 2, 3]);
  });
});

describe('a legal hold on what the source erased', () => {
  const hold = { name: 'Smith', reason: 'Case 7', scope: { kind: 'ids' as const, ids: ['c1'] } };

  it('keeps it with the hold as the reason, and makes it due again when released', () => {
    const { writer } = archive('purge');
    createHold(writer, hold, doing);
    expect(settle(writer)).toEqual({ kept: 0, asked: 0, held: 1, purged: 1 });
    expect(list(writer)).toMatchObject([
      { id: 'chat:12345678:c1', state: 'held', holds: ['Smith'], settled: { by: null, reason: 'legal hold: Smith' } },
    ]);
    expect(contents(writer, 'c1')).toEqual([1, 2]);
    createHold(writer, { ...hold, name: 'Jones' }, doing);
    releaseHold(writer, { name: 'Smith', reason: 'settled' }, doing);
    expect(settle(writer).purged).toBe(0);
    releaseHold(writer, { name: 'Jones', reason: 'settled' }, doing);
    expect(settle(writer).purged).toBe(1);
    expect(contents(writer, 'c1')).toEqual([2]);
    expect(kinds(writer, 'c1')).toContain('erasure-held');
  });

  it('is stronger than a person who decides to purge', () => {
    const { writer } = archive('ask');
    settle(writer);
    createHold(writer, hold, doing);
    const purge = () => decideErasure(writer, { id: 'c1', decision: 'purge', reason: 'x' }, doing);
    expect(purge).toThrow('Smith');
    expect(list(writer).find(({ id }) => id.endsWith('c1'))?.state).toBe('asked');
    expect(contents(writer, 'c1')).toEqual([1, 2]);
  });
});

describe('the policy', () => {
  it('of an account goes before that of the archive, and can be taken back', () => {
    const { writer } = archive();
    expect(erasurePolicies(writer.db)).toEqual({ archive: 'keep', accounts: [] });
    setErasurePolicy(writer, { accountId: '12345678', policy: 'purge' }, doing);
    expect(erasurePolicies(writer.db)).toEqual({
      archive: 'keep',
      accounts: [{ accountId: '12345678', policy: 'purge' }],
    });
    expect(settle(writer).purged).toBe(2);
    setErasurePolicy(writer, { accountId: '12345678', policy: null }, doing);
    setErasurePolicy(writer, { policy: 'ask' }, doing);
    expect(erasurePolicies(writer.db)).toEqual({ archive: 'ask', accounts: [] });
    const { entries } = custodyList(writer.db, { kinds: ['erasure-policy-changed'], versions: false, limit: 9 });
    expect(entries.map(({ details }) => [details['accountId'], details['before'], details['policy']])).toEqual([
      [null, 'keep', 'ask'],
      ['12345678', 'purge', null],
      ['12345678', null, 'purge'],
    ]);
    expect(() => setErasurePolicy(writer, { accountId: '99', policy: 'purge' }, doing)).toThrow(refused('not-found'));
  });

  it('is applied to the others where one conversation is damaged', () => {
    const { writer: first, account, record } = archive('purge');
    take(first, account, 'chat', [record('c2', `${marker} ${marker}`, 2)], { receivedAt: 3000 });
    // What is read once is remembered: damage shows to who opens the archive anew.
    first.close();
    const writer = openTestWriter(first.folder);
    const { rid } = findConversation(writer.db, 'c1');
    const last = writer.db.prepare<[number], number>('SELECT block FROM version WHERE rid = ? AND number = 2').pluck();
    // What is shown of c1 is unreadable, so its index row cannot be made anew.
    writer.db.prepare('UPDATE block SET z = zeroblob(20) WHERE id = ?').run(last.get(rid));
    expect(settle(writer).purged).toBe(1);
    expect(contents(writer, 'c1')).toEqual([1, 2]);
    expect(contents(writer, 'c2')).toEqual([2, 3]);
    expect(list(writer).map(({ id, state }) => [id, state])).toEqual([['chat:12345678:c1', 'due']]);
  });
});
