import { describe, expect, it } from 'vitest';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { continueAction, startAction } from '../../../main/archive/review/actions.ts';
import { createCase, listCases, setCaseClosed, updateCase } from '../../../main/archive/review/cases.ts';
import { marksOf } from '../../../main/archive/review/marks-of.ts';
import { addNote, editNote, listNotes, removeNote } from '../../../main/archive/review/notes.ts';
import { createTag, listTags, removeTag, updateTag } from '../../../main/archive/review/tags.ts';
import { searchFacets } from '../../../main/archive/search/facets.ts';
import { contract } from '../../../preload/contract.ts';
import { chatText, march, minute, take } from '../store/support.ts';
import { ana, apply, archive, ben, found, input, refused, ridOf, undo } from './support.ts';

describe('a tag', () => {
  it('is found by search the moment it is put on, and no more once it is taken off', () => {
    const { writer, db } = archive();
    const action = apply(writer, { kind: 'tag', tag: 'Refund dispute', color: 'red' }, ['c1', 'c3', 'c1']);
    expect(action).toMatchObject({ kind: 'tag', name: 'Refund dispute', matched: 2, changed: 2, state: 'done' });
    expect(found(writer, 'tag:"refund  DISPUTE"')).toEqual(['c1', 'c3']);
    expect(found(writer, 'tag:ref* hello')).toEqual([]);
    expect(listTags(db)).toMatchObject([{ name: 'Refund dispute', color: 'red', total: 2, createdBy: 'ana' }]);
    apply(writer, { kind: 'untag', tag: 'refund dispute' }, ['c1']);
    expect(found(writer, 'tag:"refund dispute"')).toEqual(['c3']);
    expect(found(writer, '-tag:*')).toEqual(['c1', 'c2']);
  });

  it('put on again changes nothing and says nothing in the custody log', () => {
    const { writer, db } = archive();
    apply(writer, { kind: 'tag', tag: 'vip' }, ['c1']);
    const before = custodyList(db, { versions: false, limit: 10 }).entries.length;
    expect(apply(writer, { kind: 'tag', tag: 'VIP' }, ['c1'])).toMatchObject({ matched: 1, changed: 0, name: 'vip' });
    expect(custodyList(db, { versions: false, limit: 10 }).entries).toHaveLength(before);
    expect(listTags(db)).toHaveLength(1);
  });

  it('renamed is found by its new name only', () => {
    const { writer, db } = archive();
    apply(writer, { kind: 'tag', tag: 'vip' }, ['c2']);
    updateTag(db, input('tags.update', { name: 'vip', newName: 'Important', color: 'teal' }), ana);
    expect(found(writer, 'tag:important')).toEqual(['c2']);
    expect(found(writer, 'tag:vip')).toEqual([]);
    createTag(db, { name: 'other' }, ana);
    expect(() => updateTag(db, { name: 'other', newName: 'IMPORTANT' }, ana)).toThrow(refused('conflict'));
  });

  it('that conversations have is not removed, and an unknown one names those like it', () => {
    const { writer, db } = archive();
    apply(writer, { kind: 'tag', tag: 'complaint' }, ['c2']);
    expect(() => removeTag(db, 'complaint', ana)).toThrow(refused('conflict'));
    expect(() => apply(writer, { kind: 'untag', tag: 'complain' }, ['c2'])).toThrow(
      refused('not-found', 'Did you mean “complaint”?'),
    );
    apply(writer, { kind: 'untag', tag: 'complaint' }, ['c2']);
    removeTag(db, 'complaint', ana);
    expect(listTags(db)).toEqual([]);
  });

  it('stays on a conversation that changes and moves to another row, in index and facets', () => {
    const { writer, account, db } = archive();
    apply(writer, { kind: 'tag', tag: 'vip' }, ['c1']);
    const before = ridOf(writer, 'c1');
    take(writer, account, 'chat', [chatText({ id: 'c1', texts: ['refund', 'ok'], startedAt: march + 9 * minute })]);
    expect(ridOf(writer, 'c1')).not.toBe(before);
    expect(found(writer, 'tag:vip ok')).toEqual(['c1']);
    const { facets } = searchFacets(db, input('search.facets', { query: '' }), march);
    expect(facets.find(({ field }) => field === 'tag')?.values).toEqual([{ value: 'vip', label: 'vip', total: 1 }]);
  });
});

describe('a name that queries could not ask for', () => {
  it.each(['a "quoted" tag', '„Akte“', 'two\nlines', ' ', '\uE000x', 'x'.repeat(101)])('%j is refused', (tag) => {
    const scope = { kind: 'ids', ids: ['c1'] };
    const parsed = contract['review.apply'].input.safeParse({ change: { kind: 'tag', tag }, scope });
    expect(parsed.success).toBe(false);
  });
});

describe('stars and decisions', () => {
  it('are found by search, told apart by outcome and reviewer, and counted as facets', () => {
    const { writer, db } = archive();
    apply(writer, { kind: 'star' }, ['c1']);
    apply(writer, { kind: 'mark', outcome: 'relevant' }, ['c1', 'c2']);
    apply(writer, { kind: 'mark', outcome: 'not-relevant' }, ['c2'], ben);
    expect(found(writer, 'is:starred')).toEqual(['c1']);
    expect(found(writer, 'is:reviewed')).toEqual(['c1', 'c2']);
    expect(found(writer, 'reviewed:relevant')).toEqual(['c1']);
    expect(found(writer, 'reviewed:not-relevant,second-look reviewer:ben')).toEqual(['c2']);
    expect(marksOf(db, ridOf(writer, 'c2')).decision).toEqual({ outcome: 'not-relevant', at: 6, by: 'ben' });
    const { facets } = searchFacets(db, input('search.facets', { query: '' }), march);
    expect(facets.find(({ field }) => field === 'is')?.values.map(({ value, total }) => [value, total])).toEqual([
      ['reviewed', 2],
      ['starred', 1],
    ]);
    apply(writer, { kind: 'unmark' }, ['c1']);
    apply(writer, { kind: 'unstar' }, ['c1', 'c2']);
    expect(found(writer, 'is:reviewed,starred')).toEqual(['c2']);
  });
});

describe('a note', () => {
  it('is found by its words until it is removed, and its former texts stand in the log', () => {
    const { writer, db } = archive();
    const note = addNote(db, { id: 'c3', message: 0, text: 'Promised money back' }, ana);
    expect(note).toMatchObject({ id: 'chat:12345678:c3', message: { index: 0 }, author: 'ana', edited: null });
    expect(found(writer, 'note:"back money"')).toEqual(['c3']);
    expect(found(writer, 'has:annotation note:prom*')).toEqual(['c3']);
    expect(found(writer, 'has:note')).toEqual([]);
    expect(editNote(db, { note: note.note, text: 'No promise' }, ben).edited).toEqual({ at: 6, by: 'ben' });
    expect(found(writer, 'note:money')).toEqual([]);
    removeNote(db, note.note, ana);
    removeNote(db, note.note, ana);
    expect(listNotes(db, input('notes.list', { id: 'c3' }))).toEqual({ notes: [], total: 0 });
    expect(found(writer, 'has:annotation')).toEqual([]);
    const { entries } = custodyList(db, { subject: 'chat:12345678:c3', versions: false, limit: 10 });
    expect(entries.map(({ kind, details }) => [kind, details['before'] ?? details['text']])).toEqual([
      ['note-removed', 'No promise'],
      ['note-edited', 'Promised money back'],
      ['note-added', 'Promised money back'],
    ]);
  });

  it('needs a conversation and a message that are there', () => {
    const { db } = archive();
    expect(() => addNote(db, { id: 'c9', text: 'x' }, ana)).toThrow(refused('not-found'));
    expect(() => addNote(db, { id: 'c1', message: 7, text: 'x' }, ana)).toThrow(refused('not-found'));
    expect(() => editNote(db, { note: 7, text: 'x' }, ana)).toThrow(refused('not-found'));
  });
});

describe('a case', () => {
  const smith = input('cases.create', { name: 'Smith v. Acme', matter: '2026-117', custodian: 'Clara Day' });

  it('is found by its name and its matter number, also after it is renamed', () => {
    const { writer, db } = archive();
    createCase(db, smith, ana);
    apply(
      writer,
      { kind: 'case-add', case: 'smith v. acme', reason: 'complaint' },
      { kind: 'query', query: 'refund', timeZone: 'UTC' },
    );
    expect(found(writer, 'case:"Smith v. Acme"')).toEqual(['c1', 'c3']);
    expect(found(writer, 'case:2026-117 please')).toEqual(['c1']);
    updateCase(db, { name: smith.name, newName: 'Smith', matter: '118' }, ana);
    expect(found(writer, 'case:smith')).toEqual(['c1', 'c3']);
    expect(found(writer, 'case:2026-117')).toEqual([]);
    const { facets } = searchFacets(db, input('search.facets', { query: '' }), march);
    expect(facets.find(({ field }) => field === 'case')?.values).toEqual([
      { value: 'Smith', label: 'Smith', total: 2 },
    ]);
  });

  it('takes nothing while it is closed', () => {
    const { writer, db } = archive();
    createCase(db, smith, ana);
    setCaseClosed(db, { name: smith.name, reason: 'settled' }, true, ben);
    const add = { kind: 'case-add' as const, case: smith.name, reason: '' };
    expect(() => apply(writer, add, ['c1'])).toThrow(refused('conflict'));
    expect(listCases(db)[0]?.closed).toEqual({ at: 6, by: 'ben', reason: 'settled' });
    setCaseClosed(db, { name: smith.name, reason: 'appeal' }, false, ben);
    expect(apply(writer, add, ['c1']).changed).toBe(1);
    expect(() => createCase(db, smith, ana)).toThrow(refused('conflict'));
    expect(() => apply(writer, { ...add, case: 'smith' }, ['c1'])).toThrow(
      refused('not-found', 'Did you mean “Smith v. Acme”?'),
    );
  });
});

describe('taking back', () => {
  it('puts back exactly what an action changed, and leaves alone what was done since', () => {
    const { writer, db } = archive();
    apply(writer, { kind: 'mark', outcome: 'relevant' }, ['c1'], ben);
    const bulk = apply(writer, { kind: 'mark', outcome: 'second-look' }, ['c1', 'c2', 'c3']);
    apply(writer, { kind: 'mark', outcome: 'not-relevant' }, ['c3'], ben);
    expect(undo(writer)).toMatchObject({ action: bulk.action, state: 'undone' });
    expect(marksOf(db, ridOf(writer, 'c1')).decision).toEqual({ outcome: 'relevant', at: 6, by: 'ben' });
    expect(found(writer, 'is:reviewed')).toEqual(['c1', 'c3']);
    expect(() => undo(writer, bulk.action)).toThrow(refused('conflict'));
    expect(() => undo(writer)).toThrow(refused('not-found'));
  });

  it('is possible for the last hundred actions, and a long one that still goes on keeps its list', () => {
    const { writer, db } = archive();
    const change = { kind: 'tag', tag: 'slow' } as const;
    const slow = startAction(db, change, { kind: 'ids', ids: ['c1', 'c2'] }, ana);
    const first = apply(writer, { kind: 'mark', outcome: 'relevant' }, ['c3']);
    for (let nth = 0; nth < 51; nth += 1) {
      apply(writer, { kind: 'star' }, ['c3']);
      apply(writer, { kind: 'unstar' }, ['c3']);
    }
    expect(() => undo(writer, first.action)).toThrow(refused('conflict'));
    expect(() => undo(writer, slow.action)).toThrow(refused('conflict'));
    expect(continueAction(db, slow.action, ana)).toBe(0);
    expect(found(writer, 'tag:slow')).toEqual(['c1', 'c2']);
    expect(undo(writer)).toMatchObject({ kind: 'unstar' });
    expect(found(writer, 'is:starred')).toEqual(['c3']);
  });

  it('is sealed like what it takes back, and the archive verifies', async () => {
    const { writer, db } = archive();
    apply(writer, { kind: 'tag', tag: 'vip' }, { kind: 'query', query: 'refund', timeZone: 'UTC' });
    undo(writer);
    expect(found(writer, 'tag:vip')).toEqual([]);
    const { entries } = custodyList(db, { subject: 'tag:vip', versions: false, limit: 10 });
    expect(entries.map(({ kind, details }) => [kind, details['members'], details['query']])).toEqual([
      ['review-undone', 2, 'refund'],
      ['tagged', 2, 'refund'],
    ]);
    const noProgress = { signal: new AbortController().signal, onProgress: () => undefined };
    expect((await verifyArchive(db, noProgress)).failures).toEqual([]);
  });
});
