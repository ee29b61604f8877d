import { describe, expect, test } from 'vitest';
import { DocumentSet } from '../../../main/archive/search/document-set.ts';
import { matchSet } from '../../../main/archive/search/match-set.ts';
import { matchingList } from '../../../main/archive/search/match-list.ts';
import { planQuery, type Plan } from '../../../main/archive/search/plan.ts';
import { readStructure } from '../../../main/archive/search/postings-format.ts';
import { parseQuery } from '../../../main/archive/search/query.ts';
import { segmentRids } from '../../../main/archive/search/segment-rids.ts';
import { now } from './ask.ts';
import { corpus } from './corpus.ts';
import { seededRandom } from './random.ts';
import { testArchive, type TestArchive } from './support.ts';

/** As long as the archive: two changes of the clock a year. */
const reach = { from: Date.UTC(2025, 6, 1), to: Date.UTC(2026, 11, 1) };

function plan(query: string): Plan {
  return planQuery(parseQuery(query), { now, timeZone: 'Europe/Berlin' }, 0, reach);
}

/** As FTS5 and the stored texts have it. */
function byFts5({ db }: TestArchive, query: string): number[] {
  const asked = plan(query);
  return asked.segments.flatMap((segment) => [...segmentRids(db, asked, segment)]);
}

function bySets({ db }: TestArchive, query: string): number[] | undefined {
  const found = matchSet(db, plan(query));
  return found === null ? undefined : [...found.set.select(found.view.rids)];
}

/** Several segments with rows that were deleted or replaced since. */
function livedInArchive(): TestArchive {
  const random = seededRandom(4);
  const archive = testArchive();
  const said = corpus(random, 500);
  for (let from = 0; from < said.length; from += 100) archive.add(said.slice(from, from + 100));
  for (const each of said)
    if (random.chance(0.3)) archive.add([{ ...each, lines: [...(each.lines ?? []), 'agent: the order again'] }]);
  return archive;
}

const queries = [
  '',
  'refund',
  'refund order',
  'refund OR "money back"',
  '-refund',
  '"to the"',
  '"the the"',
  '"the order again"',
  'money-ba*',
  're*',
  'said:agent("the order" OR refund)',
  'said:customer order -said:agent order',
  'refund NEAR/3 order',
  'order NEAR/0 the',
  'the NEAR/2 order NEAR/2 again',
  'said:agent(refund NEAR/6 the)',
  '-(refund NEAR/3 order)',
  '退款',
  '退',
  'csat:<=2 group:Cards',
  'agent:tom*',
  'duration:1m..20m',
  'from:2026-02 refund',
  'refund OR on:2026-02-03',
  'weekday:mon..wed hour:9..17',
  'csat:<=2.5',
  'nothingatall',
];

describe('matches told from the lists of the index', () => {
  const archive = livedInArchive();
  const tidy = livedInArchive();
  tidy.db.exec("INSERT INTO ft(ft) VALUES ('optimize')");

  test.each(queries)('are for “%s” what FTS5 and the texts say', (query) => {
    for (const each of [archive, tidy]) {
      const wanted = byFts5(each, query);
      expect(bySets(each, query)).toEqual(wanted);
      expect([...matchingList(each.db, plan(query))]).toEqual(wanted);
    }
  });

  test('are right at every step of a merge that is under way', () => {
    const random = seededRandom(6);
    const merging = testArchive();
    merging.db.exec("INSERT INTO ft(ft, rank) VALUES ('automerge', 0)");
    const said = corpus(random, 400);
    for (let from = 0; from < said.length; from += 40) merging.add(said.slice(from, from + 40));
    merging.add(said.slice(0, 30).map((each) => ({ ...each, lines: ['agent: the order again'] })));
    const merge = merging.db.prepare<[number]>("INSERT INTO ft(ft, rank) VALUES ('merge', ?)");
    let underWay = 0;
    for (let step = 0; step < 60; step += 1) {
      merge.run(step === 0 ? -1 : 1);
      if (readStructure(merging.db).segments.some(({ firstPage }) => firstPage > 1)) underWay += 1;
      for (const query of ['refund', 'zürich', '"to the"', 're*', 'order NEAR/3 the', 'agent:tom*'])
        expect(bySets(merging, query), `${query} at ${step}`).toEqual(byFts5(merging, query));
    }
    expect(underWay).toBeGreaterThan(3);
  });

  test('follow the archive', () => {
    const growing = testArchive([{ id: 'a', lines: ['agent: to the point'] }]);
    expect(bySets(growing, '"to the"')).toHaveLength(1);
    growing.add([{ id: 'b', lines: ['agent: go to the end', 'customer: to', 'customer: the'] }]);
    expect(bySets(growing, '"to the"')).toHaveLength(2);
    growing.add([{ id: 'a', lines: ['agent: to a point'] }]);
    expect(bySets(growing, '"to the"')).toEqual(byFts5(growing, '"to the"'));
  });

  test('are left to FTS5 when the index does not fit together', () => {
    const broken = testArchive(corpus(seededRandom(5), 50));
    broken.db.unsafeMode();
    broken.db.exec('UPDATE ft_data SET block = zeroblob(8) WHERE id = 1');
    expect(matchSet(broken.db, plan('refund'))).toBeNull();
    expect([...matchingList(broken.db, plan('refund'))]).toEqual(byFts5(broken, 'refund'));
  });
});

test('sets are sets, at every size and border', () => {
  const random = seededRandom(8);
  for (const size of [0, 1, 31, 32, 33, 64, 100, 1000]) {
    const values = Float64Array.from({ length: size }, (_, at) => at);
    const [one, other] = [new Set<number>(), new Set<number>()];
    const [first, second] = [new DocumentSet(size), new DocumentSet(size)];
    for (let at = 0; at < size; at += 1) {
      if (random.chance(0.4)) {
        one.add(at);
        first.add(at);
      }
      if (random.chance(0.4)) {
        other.add(at);
        second.add(at);
      }
    }
    const members = (set: DocumentSet) => {
      const selected = [...set.select(values)];
      expect(set.count()).toBe(selected.length);
      expect(selected.every((at) => set.has(at))).toBe(true);
      return selected;
    };
    const changed = (change: (set: DocumentSet) => void) => {
      const set = first.copy();
      change(set);
      return members(set);
    };
    const all = [...values];
    const start = random.below(size + 1);
    expect([...first.from(start, false)]).toEqual(all.filter((at) => one.has(at) && at >= start));
    expect([...first.from(start - 1, true)]).toEqual(all.filter((at) => one.has(at) && at < start).toReversed());
    expect(members(DocumentSet.all(size))).toEqual(all);
    expect(members(first.complement())).toEqual(all.filter((at) => !one.has(at)));
    expect(changed((set) => set.intersect(second))).toEqual(all.filter((at) => one.has(at) && other.has(at)));
    expect(changed((set) => set.unite(second))).toEqual(all.filter((at) => one.has(at) || other.has(at)));
    for (let round = 0; round < 20; round += 1) {
      const from = random.below(size + 1);
      const to = from + random.below(size - from + 1);
      expect(changed((set) => set.clip(from, to))).toEqual(all.filter((at) => one.has(at) && at >= from && at < to));
    }
  }
});
