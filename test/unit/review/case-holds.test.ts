import { describe, expect, it } from 'vitest';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { createCase } from '../../../main/archive/review/cases.ts';
import { createHold, listHolds, mayRemove, releaseHold } from '../../../main/archive/review/holds.ts';
import { extendStandingHolds } from '../../../main/archive/review/standing-holds.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { chatText, march, minute, take } from '../store/support.ts';
import { ana, apply, archive, ben, found, input, refused, ridOf, undo } from './support.ts';

const noProgress = { signal: new AbortController().signal, onProgress: () => undefined };

async function failures(writer: ArchiveWriter) {
  return (await verifyArchive(writer.db, noProgress)).failures;
}

function withCase() {
  const made = archive();
  createCase(made.db, input('cases.create', { name: 'Smith' }), ana);
  apply(made.writer, { kind: 'case-add', case: 'Smith', reason: '' }, ['c1']);
  const hold = { name: 'Smith hold', reason: 'order', scope: { kind: 'case', case: 'smith' } } as const;
  createHold(made.writer, input('holds.create', hold), ana);
  return made;
}

describe('a hold by case', () => {
  it('holds what is in the case, what is added to it, and keeps what is taken out of it', async () => {
    const { writer, db } = withCase();
    expect(listHolds(db)).toMatchObject([{ scope: 'case', case: 'Smith', total: 1 }]);
    apply(writer, { kind: 'case-add', case: 'Smith', reason: '' }, ['c1', 'c2']);
    expect(found(writer, 'has:hold')).toEqual(['c1', 'c2']);
    expect(found(writer, 'hold:"smith hold" case:smith')).toEqual(['c1', 'c2']);
    apply(writer, { kind: 'case-remove', case: 'Smith', reason: '' }, ['c1', 'c2']);
    expect(mayRemove(db, ridOf(writer, 'c2'))).toEqual({ allowed: false, holds: ['Smith hold'] });
    expect(found(writer, 'has:hold -case:smith')).toEqual(['c1', 'c2']);
    expect(await failures(writer)).toEqual([]);
    releaseHold(writer, { name: 'Smith hold', reason: 'settled' }, ben);
    apply(writer, { kind: 'case-add', case: 'Smith', reason: '' }, ['c3']);
    expect(found(writer, 'has:hold')).toEqual([]);
  });

  it('gives back only what came by an action that is taken back, and says each step in the log', async () => {
    const { writer, db } = withCase();
    apply(writer, { kind: 'case-add', case: 'Smith', reason: '' }, { kind: 'query', query: '', timeZone: 'UTC' });
    expect(found(writer, 'has:hold')).toEqual(['c1', 'c2', 'c3']);
    undo(writer);
    expect(found(writer, 'has:hold')).toEqual(['c1']);
    apply(writer, { kind: 'case-add', case: 'Smith', reason: '' }, ['c3']);
    const { entries } = custodyList(db, { subject: 'hold:Smith hold', versions: false, limit: 10 });
    expect(entries.map(({ kind, details }) => [kind, details['part'], details['members']])).toEqual([
      ['hold-extended', 2, 1],
      ['hold-reduced', 1, 0],
      ['hold-extended', 1, 2],
      ['hold-created', undefined, 1],
    ]);
    expect(await failures(writer)).toEqual([]);
  });

  it('that was made after something was taken out of the case holds it once that is taken back', async () => {
    const { writer, db } = archive();
    createCase(db, input('cases.create', { name: 'Smith' }), ana);
    apply(writer, { kind: 'case-add', case: 'Smith', reason: '' }, ['c1', 'c2']);
    apply(writer, { kind: 'case-remove', case: 'Smith', reason: '' }, ['c1']);
    const hold = { name: 'h', reason: 'x', scope: { kind: 'case', case: 'Smith' } } as const;
    createHold(writer, input('holds.create', hold), ana);
    expect(found(writer, 'has:hold')).toEqual(['c2']);
    undo(writer);
    expect(found(writer, 'has:hold')).toEqual(['c1', 'c2']);
    expect(await failures(writer)).toEqual([]);
  });

  it('can be made before the case has anything in it', () => {
    const { writer, db } = archive();
    createCase(db, input('cases.create', { name: 'New' }), ana);
    const hold = { name: 'h', reason: 'x', scope: { kind: 'case', case: 'New' } } as const;
    expect(createHold(writer, input('holds.create', hold), ana).total).toBe(0);
    expect(() => createHold(writer, { ...hold, name: 'i', scope: { kind: 'case', case: 'Now' } }, ana)).toThrow(
      refused('not-found', 'Did you mean “New”?'),
    );
  });
});

describe('a standing hold', () => {
  it('takes in what comes in later, once, and keeps what does not match any more', async () => {
    const { writer, account, db } = archive();
    const scope = { kind: 'query', query: 'refund', standing: true } as const;
    createHold(writer, input('holds.create', { name: 'Refunds', reason: 'x', scope }), ana);
    take(writer, account, 'chat', [
      chatText({ id: 'c4', texts: ['a refund'], startedAt: march + 9 * minute }),
      chatText({ id: 'c5', texts: ['hello'], startedAt: march + 10 * minute }),
    ]);
    expect(extendStandingHolds(db, ben)).toBe(1);
    expect(extendStandingHolds(db, ben)).toBe(0);
    expect(found(writer, 'hold:refunds')).toEqual(['c1', 'c3', 'c4']);
    const [newest] = custodyList(db, { subject: 'hold:Refunds', versions: false, limit: 10 }).entries;
    expect(newest).toMatchObject({
      kind: 'hold-extended',
      user: 'ben',
      subjects: ['hold:Refunds', 'chat:12345678:c4'],
      details: { standing: true, part: 1, members: 1 },
    });
    releaseHold(writer, { name: 'Refunds', reason: 'x' }, ana);
    take(writer, account, 'chat', [chatText({ id: 'c6', texts: ['refund'], startedAt: march + 11 * minute })]);
    expect(extendStandingHolds(db, ben)).toBe(0);
    expect(await failures(writer)).toEqual([]);
  });
});

describe('verifying holds', () => {
  it.each([
    ['a member was taken off', 'DELETE FROM hold_member WHERE hold = 1 AND part = 1'],
    ['a member was put in', `INSERT INTO hold_member SELECT 1, rid, 0 FROM conversation WHERE remote_id = 'c3'`],
    ['it was released past the log', `UPDATE hold SET released_ms = 1, released_by = 'x', release_reason = 'x'`],
    ['its name was changed', `UPDATE hold SET name = 'Other'`],
  ])('finds that %s', async (_what, sql) => {
    const { writer, db } = withCase();
    apply(writer, { kind: 'case-add', case: 'Smith', reason: '' }, ['c2']);
    expect(await failures(writer)).toEqual([]);
    db.exec(sql);
    expect((await failures(writer)).map(({ subject }) => subject)).toContain('hold:Smith hold');
  });
});
