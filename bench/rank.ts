import { planQuery } from '../main/archive/search/plan.ts';
import { parseQuery } from '../main/archive/search/query.ts';
import { rankByPostings } from '../main/archive/search/ranking.ts';
import { rankBySql } from '../main/archive/search/relevance.ts';
import { openReader } from '../main/archive/store/database.ts';
import { queries } from './queries.ts';

export interface RankFigures {
  name: string;
  /** `identical`, `different`, or `left to FTS5`. */
  top50: string;
  fts5Ms: number;
  /** The first time, with nothing remembered of the words. */
  firstMs: number;
  againMs: number;
}

/** The best fifty by our reading of the index's lists against FTS5's own ranking: the same? how much faster? */
export function measureRanking(folder: string): RankFigures[] {
  const { db } = openReader(folder);
  const moment = { now: Date.UTC(2026, 10, 1), timeZone: 'UTC' };
  const rids = (ranked: readonly { rid: number }[] | null) => JSON.stringify(ranked?.map(({ rid }) => rid));
  // Document lengths are read once for all queries; so are the checks against FTS5 that come first.
  for (let run = 0; run < 10; run += 1) rankByPostings(db, planQuery(parseQuery(`zz${run}`), moment, 0), 50);
  return queries.map(({ name, query }) => {
    const plan = planQuery(parseQuery(query), moment, 0);
    const [first, firstMs] = timed(() => rankByPostings(db, plan, 50));
    const [, againMs] = timed(() => rankByPostings(db, plan, 50));
    const [wanted, fts5Ms] = timed(() => rankBySql(db, plan, 50));
    const top50 = first === null ? 'left to FTS5' : rids(first) === rids(wanted) ? 'identical' : 'different';
    return { name, top50, fts5Ms, firstMs, againMs };
  });
}

function timed<T>(work: () => T): [T, number] {
  const began = performance.now();
  const result = work();
  return [result, Math.round((performance.now() - began) * 10) / 10];
}
