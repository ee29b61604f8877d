import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { createCase, setCaseClosed } from '../../../main/archive/review/cases.ts';
import { createHold, releaseHold } from '../../../main/archive/review/holds.ts';
import { marksOf } from '../../../main/archive/review/marks-of.ts';
import { addNote, editNote, removeNote } from '../../../main/archive/review/notes.ts';
import { searchFacets } from '../../../main/archive/search/facets.ts';
import { searchPage } from '../../../main/archive/search/page.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { outcomes, type Outcome, type ReviewChange } from '../../../preload/model.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from '../store/support.ts';
import { addTo, Model, takeFrom } from './model.ts';
import { ana, apply, found, input, ridOf, undo } from './support.ts';

const ids = ['c1', 'c2', 'c3'];
const tags = ['vip', 'Ärger'];
const cases = ['Smith', 'Brandt'];
const words = ['promise', 'escalate'];

const queries = [
  'tag:vip',
  '-tag:ärger',
  'case:smith has:hold',
  'case:*',
  'reviewed:relevant OR is:starred',
  'reviewer:ana',
  'has:annotation',
  'note:promise',
  'hello -is:reviewed',
];

const some = fc.subarray(ids, { minLength: 1 });
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('tag', 'untag'), tag: fc.constantFrom(...tags), of: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('star', 'unstar', 'unmark'), of: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mark'), outcome: fc.constantFrom(...outcomes), of: some }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('case-add', 'case-remove'), case: fc.constantFrom(...cases), of: some }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('close', 'hold', 'release'), case: fc.constantFrom(...cases) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('note', 'edit', 'erase'),
      word: fc.constantFrom(...words),
      id: fc.constantFrom(...ids),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('move'), id: fc.constantFrom(...ids), by: fc.integer({ min: 0, max: 9 }) }),
  },
);
type Step = {
  do: string;
  of: string[];
  tag: string;
  case: string;
  outcome: Outcome;
  word: string;
  id: string;
  by: number;
};

test('whatever reviewers do and take back, a plain model says the same, search finds it, and the archive verifies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const writer = openTestWriter();
      const account = testAccount(writer);
      const bring = (id: string, at: number, receivedAt: number) => {
        const text = chatText({ id, texts: ['hello', String(at)], startedAt: march + at * minute });
        take(writer, account, 'chat', [text], { receivedAt });
      };
      ids.forEach((id, at) => bring(id, at, 1));
      for (const name of cases) createCase(writer.db, input('cases.create', { name }), ana);
      const model = new Model();
      for (const name of cases) model.labels.cases.set(name, new Set());
      const seen = steps.map((each, position) => {
        const one = each as Step;
        const now = 1000 * (position + 1);
        if (one.do === 'move') bring(one.id, 10 + one.by, now);
        else carryOut(writer, model, one, { ...ana, now });
        return queries.map((query) => answer(writer, query));
      });
      compare(writer, model);
      seen.forEach((then, position) => {
        const asKnownOn = 1000 * (position + 1) + 500;
        expect(queries.map((query) => answer(writer, query, asKnownOn))).toEqual(then);
      });
      const noProgress = { signal: new AbortController().signal, onProgress: () => undefined };
      expect((await verifyArchive(writer.db, noProgress)).failures).toEqual([]);
      writer.close();
    }),
    { numRuns: 40, interruptAfterTimeLimit: 25_000 },
  );
});

/** What a query finds now, or would have found at a moment in the past. */
function answer({ db }: ArchiveWriter, query: string, asKnownOn?: number): string[] {
  const known = asKnownOn === undefined ? {} : { asKnownOn };
  const { hits } = searchPage(db, input('search.page', { query, limit: 200, ...known }), march);
  return hits.map(({ id }) => id).sort((one, other) => (one < other ? -1 : 1));
}

function carryOut(writer: ArchiveWriter, model: Model, one: Step, doing: typeof ana): void {
  const { db } = writer;
  const both = (change: ReviewChange, made: Parameters<Model['change']>[0], addedTo: string | null = null) => {
    expect(apply(writer, change, one.of, doing).changed).toBe(model.change(made, addedTo));
  };
  switch (one.do) {
    case 'tag':
      return both({ kind: 'tag', tag: one.tag }, (labels) => {
        const of = labels.tags.get(one.tag) ?? new Set();
        labels.tags.set(one.tag, of);
        return addTo(of, one.of);
      });
    case 'untag': {
      if (!db.prepare('SELECT 1 FROM tag WHERE name = ?').get(one.tag)) return;
      return both({ kind: 'untag', tag: one.tag }, (labels) => takeFrom(labels.tags.get(one.tag) ?? new Set(), one.of));
    }
    case 'star':
      return both({ kind: 'star' }, ({ stars }) => addTo(stars, one.of));
    case 'unstar':
      return both({ kind: 'unstar' }, ({ stars }) => takeFrom(stars, one.of));
    case 'mark':
      return both({ kind: 'mark', outcome: one.outcome }, ({ decisions }) => {
        const changed = one.of.filter((id) => decisions.get(id) !== one.outcome);
        for (const id of changed) decisions.set(id, one.outcome);
        return changed;
      });
    case 'unmark':
      return both({ kind: 'unmark' }, ({ decisions }) => one.of.filter((id) => decisions.delete(id)));
    case 'case-add':
    case 'case-remove': {
      const change = { kind: one.do, case: one.case, reason: '' } as const;
      if (model.closed.has(one.case)) {
        expect(() => apply(writer, change, one.of, doing)).toThrow();
        return;
      }
      const make = one.do === 'case-add' ? addTo : takeFrom;
      const addedTo = one.do === 'case-add' ? one.case : null;
      return both(change, (labels) => make(labels.cases.get(one.case) ?? new Set(), one.of), addedTo);
    }
    case 'close': {
      const close = !model.closed.has(one.case);
      setCaseClosed(db, { name: one.case, reason: 'x' }, close, doing);
      if (close) model.closed.add(one.case);
      else model.closed.delete(one.case);
      return;
    }
    case 'hold': {
      const name = `hold ${doing.now}`;
      createHold(writer, { name, reason: 'x', scope: { kind: 'case', case: one.case } }, doing);
      model.hold(name, one.case);
      return;
    }
    case 'release': {
      const inForce = [...model.holds].find(([, { of, released }]) => of === one.case && !released);
      if (inForce === undefined) return;
      releaseHold(writer, { name: inForce[0], reason: 'x' }, doing);
      inForce[1].released = true;
      return;
    }
    case 'undo':
      if (model.undo()) undo(writer, undefined, doing);
      else expect(() => undo(writer, undefined, doing)).toThrow();
      return;
    default:
      return noteDown(writer, model, one, doing);
  }
}

function noteDown({ db }: ArchiveWriter, { notes }: Model, one: Step, doing: typeof ana): void {
  const [known] = notes.keys();
  if (one.do === 'note')
    notes.set(addNote(db, { id: one.id, text: one.word }, doing).note, { id: one.id, text: one.word });
  else if (known === undefined) return;
  else if (one.do === 'erase') {
    removeNote(db, known, doing);
    notes.delete(known);
  } else {
    editNote(db, { note: known, text: one.word }, doing);
    notes.set(known, { id: notes.get(known)?.id ?? '', text: one.word });
  }
}

function compare(writer: ArchiveWriter, model: Model): void {
  const { labels, notes, holds } = model;
  const same = (query: string, expected: Iterable<string>) => {
    expect([query, ...found(writer, query).toSorted()]).toEqual([query, ...new Set([...expected].toSorted())]);
  };
  for (const tag of tags) same(`tag:"${tag.toUpperCase()}"`, labels.tags.get(tag) ?? []);
  for (const name of cases) same(`case:${name}`, labels.cases.get(name) ?? []);
  for (const outcome of outcomes) {
    const of = [...labels.decisions].filter(([, decided]) => decided === outcome).map(([id]) => id);
    same(`reviewed:${outcome}`, of);
  }
  same('is:reviewed reviewer:ana', labels.decisions.keys());
  same('is:starred', labels.stars);
  const noted = [...notes.values()];
  same(
    'has:annotation',
    noted.map(({ id }) => id),
  );
  for (const word of words) {
    same(
      `note:${word}`,
      noted.filter(({ text }) => text === word).map(({ id }) => id),
    );
  }
  const inForce = model.held();
  same('has:hold', inForce);
  for (const [name, { members, released }] of holds) same(`hold:"${name}"`, released ? [] : members);
  for (const id of ids) {
    const marks = marksOf(writer.db, ridOf(writer, id));
    expect(marks.tags.map(({ name }) => name).toSorted()).toEqual(
      tags.filter((tag) => labels.tags.get(tag)?.has(id)).toSorted(),
    );
    expect(marks.notes).toBe(noted.filter((note) => note.id === id).length);
  }
  const { facets } = searchFacets(writer.db, input('search.facets', { query: '' }), march);
  const counted = (field: string) =>
    new Map(facets.find((facet) => facet.field === field)?.values.map(({ value, total }) => [value, total]));
  const sizes = (of: Map<string, Set<string>>) =>
    new Map([...of].map(([name, set]) => [name, set.size] as const).filter(([, size]) => size > 0));
  expect(counted('tag')).toEqual(sizes(labels.tags));
  expect(counted('case')).toEqual(sizes(labels.cases));
  expect(counted('has').get('hold') ?? 0).toBe(inForce.size);
}
