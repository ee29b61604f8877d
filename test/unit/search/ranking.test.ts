import { describe, expect, test } from 'vitest';
import { planQuery, type Plan } from '../../../main/archive/search/plan.ts';
import { parseQuery } from '../../../main/archive/search/query.ts';
import { rankByPostings } from '../../../main/archive/search/ranking.ts';
import { bestRids, rankBySql } from '../../../main/archive/search/relevance.ts';
import { TopRanked } from '../../../main/archive/search/top-ranked.ts';
import { now } from './ask.ts';
import { corpus } from './corpus.ts';
import { seededRandom } from './random.ts';
import { testArchive } from './support.ts';

function plan(query: string): Plan {
  return planQuery(parseQuery(query), { now, timeZone: 'UTC' }, 0);
}

/** Several segments, deleted rows in each: conversations came in batches and half of them changed later. */
function livedInArchive() {
  const random = seededRandom(77);
  const archive = testArchive();
  const said = corpus(random, 600);
  for (let from = 0; from < said.length; from += 100) archive.add(said.slice(from, from + 100));
  for (const each of said)
    if (random.chance(0.5)) archive.add([{ ...each, lines: [...(each.lines ?? []), 'agent: refund again'] }]);
  return archive;
}

const archive = livedInArchive();

describe('ranking from the index lists', () => {
  test.each([
    'refund',
    'order',
    'again',
    'refund order',
    'refund OR guarantee',
    '(refund OR money) order',
    'refund -guarantee',
    'refund -(guarantee OR order)',
    'said:agent refund',
    'said:agent(refund OR order) said:customer order',
    'ref*',
    're* OR gua*',
    'refund group:Cards csat:<=3',
    'refund from:2026-02 to:2026-03',
    '退',
    '退 OR 款 OR refund',
    'nothingatall',
    'refund OR nothingatall',
    '"money back"',
    '("money back" OR refund) -"to the"',
    'said:agent("the order")',
    '退款',
  ])('gives for “%s” the very order and ranks of FTS5', (query) => {
    const ranked = rankByPostings(archive.db, plan(query), 200);
    const wanted = rankBySql(archive.db, plan(query), 200);
    expect(ranked?.map(({ rid }) => rid)).toEqual(wanted.map(({ rid }) => rid));
    ranked?.forEach(({ rank }, index) => expect(rank).toBeCloseTo(wanted[index]?.rank ?? Number.NaN, 10));
  });

  test.each([
    'refund NEAR/3 order',
    'money-ba*',
    'refund OR (order guarantee)',
    'refund -(order guarantee)',
    'refund OR on:2026-02-01',
  ])('leaves “%s” to FTS5, whose answer is then given', (query) => {
    expect(rankByPostings(archive.db, plan(query), 20)).toBeNull();
    expect(bestRids(archive.db, plan(query), 0, 20)).toEqual(
      rankBySql(archive.db, plan(query), 20).map(({ rid }) => rid),
    );
  });

  test('a list that runs over many pages of the index is read to its end, and counted only where it matters', () => {
    const large = testArchive();
    const lines = [`customer: ${'refund order '.repeat(1500)}`, `agent: ${'order refund guarantee '.repeat(1500)}`];
    const said = Array.from({ length: 300 }, (_, index) => ({
      id: `l${index}`,
      start: Date.UTC(2026, 0, 1) + index * 60_000,
      lines: lines.slice(index % 2).map((line) => line.slice(0, line.length - 23 * (index % 7))),
    }));
    large.add(said);
    large.db.exec("INSERT INTO ft(ft) VALUES ('optimize')");
    const check = () => {
      for (const query of ['refund', 'order guarantee', 'said:customer refund OR guarantee', 'refund -guarantee']) {
        for (const wanted of [20, 300])
          expect(rankByPostings(large.db, plan(query), wanted)).toEqual(rankBySql(large.db, plan(query), wanted));
      }
    };
    check();
    large.add(
      said.slice(0, 40).map((each) => ({ ...each, lines: ['agent: refund refund', ...each.lines.slice(0, 1)] })),
    );
    check();
  });

  test('an index that does not fit together is left to FTS5', () => {
    const broken = testArchive(corpus(seededRandom(5), 50));
    broken.db.unsafeMode();
    broken.db.exec('DELETE FROM ft_docsize WHERE id = (SELECT min(id) FROM ft_docsize)');
    expect(rankByPostings(broken.db, plan('refund OR order OR money OR the'), 50)).toBeNull();
  });

  test('what changes in the archive changes the ranks at once', () => {
    const growing = testArchive([{ id: 'a', lines: ['agent: refund'] }]);
    expect(rankByPostings(growing.db, plan('refund'), 5)).toHaveLength(1);
    growing.add([{ id: 'b', lines: ['agent: refund refund'] }]);
    expect(rankByPostings(growing.db, plan('refund'), 5)).toEqual(rankBySql(growing.db, plan('refund'), 5));
  });
});

test('the best of many are kept, whatever order they come in', () => {
  const random = seededRandom(9);
  const all = Array.from({ length: 2000 }, (_, rid) => ({ rid, rank: -random.below(50) }));
  const top = new TopRanked(37);
  for (const { rid, rank } of all) top.offer(rid, rank);
  expect(top.sorted()).toEqual(all.toSorted((one, other) => one.rank - other.rank || other.rid - one.rid).slice(0, 37));
});
