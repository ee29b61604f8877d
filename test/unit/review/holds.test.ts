import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { createHold, holdMembers, listHolds, mayRemove, releaseHold } from '../../../main/archive/review/holds.ts';
import { indexDocumentOf } from '../../../main/archive/store/index-source.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { findConversation } from '../../../main/archive/store/transcripts.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';

const doing = { now: 5, actor: { user: 'ana', host: 'desk', app: 'test' } };
const noProgress = { signal: new AbortController().signal, onProgress: () => undefined };

function found(writer: ArchiveWriter, query: string): number[] {
  return [...matchingRids(writer.db, query, { sort: 'oldest', timeZone: 'UTC', now: march })];
}

function archive() {
  const writer = openTestWriter();
  const account = testAccount(writer);
  take(writer, account, 'chat', [
    chatText({ id: 'c1', texts: ['refund please'] }),
    chatText({ id: 'c2', texts: ['hello'], startedAt: march + minute }),
    chatText({ id: 'c3', texts: ['a refund'], startedAt: march + 2 * minute }),
  ]);
  const rid = (id: string) => findConversation(writer.db, id).rid;
  return { writer, account, rid };
}

const byQuery = (name: string, query = 'refund') => ({
  name,
  reason: 'Case 7',
  scope: { kind: 'query' as const, query, timeZone: 'UTC', standing: false },
});

describe('a legal hold', () => {
  it('by query covers what the query finds then, and not what comes later', () => {
    const { writer, account, rid } = archive();
    expect(createHold(writer, byQuery('Smith'), doing)).toEqual({
      name: 'Smith',
      reason: 'Case 7',
      scope: 'query',
      query: 'refund',
      case: null,
      standing: false,
      total: 2,
      createdAt: 5,
      createdBy: 'ana',
      released: null,
    });
    take(writer, account, 'chat', [chatText({ id: 'c4', texts: ['refund'], startedAt: march + 3 * minute })]);
    expect(found(writer, 'has:hold')).toEqual([rid('c1'), rid('c3')]);
    expect(holdMembers(writer.db, { name: 'Smith', limit: 10, offset: 1 })).toEqual({
      ids: ['chat:12345678:c3'],
      total: 2,
    });
    expect(mayRemove(writer.db, rid('c4'))).toEqual({ allowed: true, holds: [] });
  });

  it('stays on a conversation that changes and moves to another row', () => {
    const { writer, account, rid } = archive();
    const before = rid('c1');
    createHold(writer, { name: 'Smith', reason: 'x', scope: { kind: 'ids', ids: ['c1', 'c1'] } }, doing);
    take(writer, account, 'chat', [
      chatText({ id: 'c1', texts: ['refund', 'of course'], startedAt: march + 9 * minute }),
    ]);
    expect(rid('c1')).not.toBe(before);
    expect(mayRemove(writer.db, rid('c1'))).toEqual({ allowed: false, holds: ['Smith'] });
    expect(found(writer, 'has:hold course')).toEqual([rid('c1')]);
    expect(found(writer, '-has:hold')).toEqual([rid('c2'), rid('c3')]);
  });

  it('forbids removal until the last one of a conversation is released', () => {
    const { writer, rid } = archive();
    createHold(writer, byQuery('first'), doing);
    createHold(writer, byQuery('second', 'please'), doing);
    expect(mayRemove(writer.db, rid('c1')).holds).toEqual(['first', 'second']);
    const released = releaseHold(writer, { name: 'first', reason: 'settled' }, { ...doing, now: 9 });
    expect(released.released).toEqual({ at: 9, by: 'ana', reason: 'settled' });
    expect(mayRemove(writer.db, rid('c1'))).toEqual({ allowed: false, holds: ['second'] });
    expect(mayRemove(writer.db, rid('c3'))).toEqual({ allowed: true, holds: [] });
    expect(found(writer, 'has:hold')).toEqual([rid('c1')]);
    releaseHold(writer, { name: 'second', reason: 'settled' }, doing);
    expect(mayRemove(writer.db, rid('c1')).allowed).toBe(true);
    expect(found(writer, 'has:hold')).toEqual([]);
    expect(listHolds(writer.db).map((hold) => [hold.name, hold.released !== null])).toEqual([
      ['second', true],
      ['first', true],
    ]);
  });

  it('is sealed into the custody log with what it covers, and the archive verifies', async () => {
    const { writer } = archive();
    createHold(writer, byQuery('Smith'), doing);
    releaseHold(writer, { name: 'Smith', reason: 'settled' }, doing);
    const { entries } = custodyList(writer.db, { subject: 'hold:Smith', versions: false, limit: 10 });
    const membersSha256 = createHash('sha256').update('chat:12345678:c1\nchat:12345678:c3\n').digest('hex');
    expect(entries.map(({ kind, user, details }) => ({ kind, user, details }))).toEqual([
      { kind: 'hold-released', user: 'ana', details: { name: 'Smith', reason: 'settled', members: 2, membersSha256 } },
      {
        kind: 'hold-created',
        user: 'ana',
        details: {
          name: 'Smith',
          reason: 'Case 7',
          scope: 'query',
          query: 'refund',
          timeZone: 'UTC',
          members: 2,
          membersSha256,
        },
      },
    ]);
    const ofConversation = custodyList(writer.db, { subject: 'chat:12345678:c3', versions: false, limit: 10 });
    expect(ofConversation.entries.map(({ kind }) => kind)).toEqual(['hold-released', 'hold-created']);
    expect((await verifyArchive(writer.db, noProgress)).failures).toEqual([]);
  });

  it('is in the document that an index is built again from', () => {
    const { writer, rid } = archive();
    const before = indexDocumentOf(writer.db, rid('c1')).filter;
    createHold(writer, byQuery('Smith'), doing);
    expect(indexDocumentOf(writer.db, rid('c1')).filter).not.toBe(before);
    releaseHold(writer, { name: 'Smith', reason: 'settled' }, doing);
    expect(indexDocumentOf(writer.db, rid('c1')).filter).toBe(before);
  });
});

describe('a hold that cannot be', () => {
  const refused = (code: string) => expect.objectContaining({ code }) as Error;

  it('changes nothing: no members, no log entry', () => {
    const { writer } = archive();
    const byIds = { name: 'Smith', reason: 'x', scope: { kind: 'ids' as const, ids: ['c1', 'c9'] } };
    expect(() => createHold(writer, byIds, doing)).toThrow(refused('not-found'));
    expect(() => createHold(writer, byQuery('Smith', 'nobodysaidthis'), doing)).toThrow(refused('not-found'));
    expect(() => createHold(writer, byQuery('Smith', '(refund'), doing)).toThrow(refused('invalid-input'));
    expect(() => releaseHold(writer, { name: 'Smith', reason: 'x' }, doing)).toThrow(refused('not-found'));
    expect(listHolds(writer.db)).toEqual([]);
    expect(found(writer, 'has:hold')).toEqual([]);
    expect(custodyList(writer.db, { versions: false, limit: 10 }).entries).toEqual([]);
  });

  it('takes no name that was ever used, and is released once only', () => {
    const { writer } = archive();
    createHold(writer, byQuery('Smith'), doing);
    expect(() => createHold(writer, byQuery('Smith'), doing)).toThrow(refused('conflict'));
    releaseHold(writer, { name: 'Smith', reason: 'settled' }, doing);
    expect(() => createHold(writer, byQuery('Smith'), doing)).toThrow(refused('conflict'));
    expect(() => releaseHold(writer, { name: 'Smith', reason: 'again' }, doing)).toThrow(refused('conflict'));
  });
});
