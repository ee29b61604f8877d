import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { custodyList } from '../../../main/archive/evidence/custody-list.ts';
import {
  createQueue,
  listQueues,
  moveInQueue,
  queuePage,
  removeQueue,
  showQueue,
} from '../../../main/archive/review/queues.ts';
import { reportFile } from '../../../main/archive/review/report-file.ts';
import { reviewReport } from '../../../main/archive/review/report.ts';
import {
  listSavedSearches,
  removeSavedSearch,
  savedSearchNews,
  saveSearch,
  seeSavedSearch,
} from '../../../main/archive/review/saved-searches.ts';
import { drawSample } from '../../../main/archive/review/sample.ts';
import { chatText, march, minute, take } from '../store/support.ts';
import { ana, apply, archive, ben, input, refused } from './support.ts';

const everything = { kind: 'query' as const, query: '', timeZone: 'UTC' };

function queue(writer: ReturnType<typeof archive>['writer'], name: string, scope: object, order = 'oldest') {
  return createQueue(writer, input('queues.create', { name, scope, order } as never), ana);
}

const idsOf = (page: ReturnType<typeof queuePage>) => page.map(({ id }) => id.split(':')[2]);

describe('a review queue', () => {
  it('keeps its list and its place, and tells how far the review has come', () => {
    const { writer, account, db } = archive();
    expect(queue(writer, 'Refunds', { kind: 'query', query: 'refund' }, 'newest').progress.total).toBe(2);
    take(writer, account, 'chat', [chatText({ id: 'c4', texts: ['refund'], startedAt: march + 9 * minute })]);
    const page = (more: object) => idsOf(queuePage(db, input('queues.page', { name: 'refunds', ...more })));
    expect(page({})).toEqual(['c3', 'c1']);
    apply(writer, { kind: 'mark', outcome: 'relevant' }, ['c3']);
    expect(page({ open: true })).toEqual(['c1']);
    expect(page({ from: 1 })).toEqual(['c1']);
    moveInQueue(db, { name: 'Refunds', position: 1 });
    expect(showQueue(db, 'Refunds')).toMatchObject({
      position: 1,
      progress: { total: 2, reviewed: 1, outcomes: { relevant: 1, 'not-relevant': 0, 'second-look': 0 } },
    });
    expect(apply(writer, { kind: 'mark', outcome: 'second-look' }, { kind: 'queue', queue: 'Refunds' }).changed).toBe(
      2,
    );
    removeQueue(db, 'Refunds', ana);
    expect(listQueues(db)).toEqual([]);
  });

  it('is refused when it would be empty, has a name in use, or an order that it cannot have', () => {
    const { writer } = archive();
    expect(() => queue(writer, 'x', { kind: 'query', query: 'nothinglikeit' })).toThrow(refused('not-found'));
    expect(() => queue(writer, 'x', everything, 'drawn')).toThrow(refused('invalid-input'));
    queue(writer, 'x', everything);
    expect(() => queue(writer, 'X', everything)).toThrow(refused('conflict'));
  });
});

describe('a random sample', () => {
  const ids = Array.from({ length: 400 }, (_, index) => `chat:1:c${index}`);
  const draw = (seed: string, size: number, from: readonly string[] = ids) =>
    drawSample(from, { seed, size, id: (id) => id }).map(({ item }) => item);

  it('is the same for the same seed, whatever the order of the hits, and begins with the smaller ones', () => {
    const drawn = draw('seed', 50);
    expect(drawn).toHaveLength(50);
    expect(draw('seed', 50, ids.toReversed())).toEqual(drawn);
    expect(draw('seed', 20)).toEqual(drawn.slice(0, 20));
    expect(draw('seed', 1000).toSorted()).toEqual(ids.toSorted());
    expect(draw('other', 50)).not.toEqual(drawn);
  });

  it('is what sha256 and sort give', () => {
    const key = (id: string) => createHash('sha256').update(`seed:${id}`).digest('hex');
    expect(draw('seed', 30)).toEqual(ids.toSorted((one, other) => (key(one) < key(other) ? -1 : 1)).slice(0, 30));
  });

  it('takes each hit as often as every other over many seeds', () => {
    const few = ids.slice(0, 20);
    const times = new Map(few.map((id) => [id, 0]));
    const draws = 4000;
    for (let seed = 0; seed < draws; seed += 1) {
      for (const id of draw(String(seed), 5, few)) times.set(id, (times.get(id) ?? 0) + 1);
    }
    // Chi-square with 19 degrees of freedom: beyond 43.8 once in a thousand. The seeds are fixed: no chance is left.
    const expected = (draws * 5) / few.length;
    const deviation = [...times.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0);
    expect(deviation).toBeLessThan(43.8);
  });

  it('is sealed with its seed, what it was drawn from and its members', () => {
    const { writer, db } = archive();
    const made = queue(writer, 'spot check', { kind: 'sample', query: 'refund', size: 1, seed: 's1' }, 'drawn');
    const from = ['chat:12345678:c1', 'chat:12345678:c3'];
    const hitsSha256 = createHash('sha256')
      .update(from.map((id) => `${id}\n`).join(''))
      .digest('hex');
    expect(made.sample).toMatchObject({ seed: 's1', size: 1, of: 2, hitsSha256 });
    const [entry] = custodyList(db, { subject: 'queue:spot check', versions: false, limit: 10 }).entries;
    const [member] = queuePage(db, input('queues.page', { name: 'spot check' }));
    const membersSha256 = createHash('sha256').update(`${member?.id}\n`).digest('hex');
    expect(entry).toMatchObject({ kind: 'queue-created', details: { sample: made.sample, members: 1, membersSha256 } });
    expect(draw('s1', 1, from)).toEqual([member?.id]);
  });
});

describe('a review report', () => {
  it('counts by outcome, reviewer and day, and lists every conversation', () => {
    const { writer, db } = archive();
    const late = { ...ben, now: Date.UTC(2026, 2, 4, 23, 30) };
    apply(writer, { kind: 'mark', outcome: 'relevant' }, ['c1', 'c2'], { ...ana, now: late.now - 7_200_000 });
    apply(writer, { kind: 'mark', outcome: 'not-relevant' }, ['c3'], late);
    apply(writer, { kind: 'tag', tag: '=cmd' }, ['c3']);
    const about = { scope: everything, timeZone: 'Europe/Berlin' };
    const none = { relevant: 0, 'not-relevant': 0, 'second-look': 0 };
    expect(reviewReport(db, about, 9)).toMatchObject({
      scope: 'All conversations',
      progress: { total: 3, reviewed: 3, outcomes: { ...none, relevant: 2, 'not-relevant': 1 } },
      reviewers: [
        { name: 'ana', outcomes: { ...none, relevant: 2 } },
        { name: 'ben', outcomes: { ...none, 'not-relevant': 1 } },
      ],
      days: [
        { day: '2026-03-04', outcomes: { ...none, relevant: 2 } },
        { day: '2026-03-05', outcomes: { ...none, 'not-relevant': 1 } },
      ],
    });
    const csv = reportFile(db, { ...about, format: 'csv' }, 9).text;
    const lines = csv.split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[3]).toContain('"chat:12345678:c3"');
    expect(lines[3]).toContain(`"not-relevant","ben","2026-03-04T23:30:00.000Z","'=cmd"`);
    const json = JSON.parse(reportFile(db, { ...about, format: 'json' }, 9).text) as { conversations: unknown[] };
    expect(json.conversations).toHaveLength(3);
    apply(writer, { kind: 'tag', tag: '<script>' }, ['c1']);
    const html = reportFile(db, { ...about, format: 'html' }, 9).text;
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script');
  });

  it('of a queue is about its members only', () => {
    const { writer, db } = archive();
    queue(writer, 'q', { kind: 'ids', ids: ['c1', 'c2'] });
    apply(writer, { kind: 'mark', outcome: 'relevant' }, ['c1', 'c3']);
    const report = reviewReport(db, { scope: { kind: 'queue', queue: 'q' }, timeZone: 'UTC' }, 9);
    expect(report.progress).toMatchObject({ total: 2, reviewed: 1 });
    expect(() => reviewReport(db, { scope: { kind: 'queue', queue: 'q' }, timeZone: 'Mars' }, 9)).toThrow(
      refused('invalid-input'),
    );
  });
});

describe('saved searches', () => {
  it('tell how many hits came in or changed since they were last seen', () => {
    const { writer, account, db } = archive();
    saveSearch(db, input('savedSearches.save', { name: 'Refunds', query: 'refund' }), ana);
    const news = () => savedSearchNews(db, march).map(({ newHits }) => newHits);
    expect(news()).toEqual([0]);
    take(writer, account, 'chat', [
      chatText({ id: 'c1', texts: ['refund please', 'now'] }),
      chatText({ id: 'c4', texts: ['refund'], startedAt: march + 9 * minute }),
      chatText({ id: 'c5', texts: ['hello'], startedAt: march + 10 * minute }),
    ]);
    expect(news()).toEqual([2]);
    apply(writer, { kind: 'tag', tag: 'x' }, ['c3']);
    expect(news()).toEqual([2]);
    seeSavedSearch(db, 'refunds', ben);
    expect(news()).toEqual([0]);
    expect(() => saveSearch(db, input('savedSearches.save', { name: 'REFUNDS', query: 'x' }), ana)).toThrow(
      refused('conflict'),
    );
    expect(() => saveSearch(db, input('savedSearches.save', { name: 'bad', query: '(x' }), ana)).toThrow(
      refused('invalid-input'),
    );
    saveSearch(db, input('savedSearches.save', { name: 'Refunds', query: 'hello', replace: true }), ana);
    expect(listSavedSearches(db)).toMatchObject([{ name: 'Refunds', query: 'hello', createdBy: 'ana' }]);
    expect(() => removeSavedSearch(db, 'refund', ana)).toThrow(refused('not-found', 'Did you mean “Refunds”?'));
    removeSavedSearch(db, 'Refunds', ana);
    expect(listSavedSearches(db)).toEqual([]);
  });
});
