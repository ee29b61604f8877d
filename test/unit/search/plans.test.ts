import { describe, expect, test } from 'vitest';
import { planQuery, type Plan } from '../../../main/archive/search/plan.ts';
import { parseQuery } from '../../../main/archive/search/query.ts';
import { firstRidOf } from '../../../main/archive/store/rid.ts';
import { now } from './ask.ts';
import { testArchive } from './support.ts';

const { db } = testArchive([{ id: 'a', lines: ['agent: refund'] }]);

function planOf(sql: string): string[] {
  const rows = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
  return rows.map(({ detail }) => detail);
}

function plan(query: string): Plan {
  return planQuery(parseQuery(query), { now, timeZone: 'UTC' }, 0);
}

describe('how SQLite runs the hot queries', () => {
  test('a page comes out of the index in its own order: nothing is sorted, no table is joined', () => {
    for (const order of ['', ' DESC']) {
      const sql = `SELECT rowid FROM ft WHERE ft MATCH 'refund' AND rowid BETWEEN 1 AND 2 ORDER BY rowid${order} LIMIT 64`;
      // FTS5's own words: a MATCH, limits on the row id on both sides, and 64 or 192: in this order already.
      const number = order === '' ? 64 : 192;
      expect(planOf(sql)).toEqual([`SCAN ft VIRTUAL TABLE INDEX ${number}:M7><`]);
    }
  });

  test('rows of a page, their start and their week of facets are looked up by row id', () => {
    expect(planOf('SELECT start_ms FROM conversation WHERE rid = 1')).toEqual([
      'SEARCH conversation USING INTEGER PRIMARY KEY (rowid=?)',
    ]);
    expect(planOf('SELECT rid, facets FROM conversation WHERE rid BETWEEN 1 AND 2 ORDER BY rid')).toEqual([
      'SEARCH conversation USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    ]);
  });
});

describe('how a query becomes ranges of row ids', () => {
  const march = [firstRidOf(Date.UTC(2026, 2, 1)), firstRidOf(Date.UTC(2026, 3, 1)) - 1];

  test('dates are ranges, wherever they stand', () => {
    const { segments } = plan('refund on:2026-03');
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({
      from: march[0],
      to: march[1],
      match: '"refund"',
      verify: false,
      certain: null,
    });
    const either = plan('refund OR on:2026-03').segments;
    expect(either.map(({ match }) => match)).toEqual(['"refund"', expect.stringContaining('all'), '"refund"']);
    expect(either.map(({ from }) => from)).toEqual([0, march[0], (march[1] ?? 0) + 1]);
  });

  test('a date that cannot be is no work at all', () => {
    expect(plan('from:2026-04 to:2026-03').segments).toEqual([]);
  });

  test('words are one MATCH that needs no second look', () => {
    const { segments } = plan('refund -"money back" agent:tom* csat:<=2 has:note said:agent(x OR y)');
    expect(segments).toHaveLength(1);
    expect(segments[0]).toMatchObject({ verify: false, from: 0 });
  });

  test('only distances and fractions of a unit need a second look, and only where it is open', () => {
    expect(plan('a NEAR/3 b').segments[0]).toMatchObject({ verify: true, certain: expect.stringContaining('NEAR') });
    expect(plan('csat:<=2.5').segments[0]).toMatchObject({ verify: true, certain: expect.any(String) });
    expect(plan('csat:<=2').segments[0]).toMatchObject({ verify: false });
  });
});
