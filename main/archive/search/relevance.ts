import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';
import { wantedTerms } from './marks.ts';
import { rowMatcher } from './row-matcher.ts';
import type { Plan } from './plan.ts';
import { rankByPostings } from './ranking.ts';
import type { Ranked } from './top-ranked.ts';

/**
 * Weights of the columns for bm25: a filter says nothing about how well a text fits, so that column counts for
 * nothing. Better matches have lower ranks.
 */
const rank = 'bm25(ft, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0)';
const rankedSql = `SELECT rowid AS rid, ${rank} AS rank FROM ft
  WHERE ft MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank, rowid DESC LIMIT ?`;

/** Whether a query has words to rank by. A query of filters alone has not: all its hits fit equally well. */
export function canRank({ root }: Plan): boolean {
  return wantedTerms(root).length > 0;
}

/** The best `limit` conversations after the best `offset`: FTS5's own bm25 over all that match, newest first among equals. */
export function bestRids(db: Database, plan: Plan, offset: number, limit: number): number[] {
  const wanted = offset + limit;
  const best = rankByPostings(db, plan, wanted) ?? rankBySql(db, plan, wanted);
  return best.slice(offset, wanted).map(({ rid }) => rid);
}

/** FTS5's own ranking: right for every query, and slow where words are common. */
export function rankBySql(db: Database, plan: Plan, wanted: number): Ranked[] {
  const verify = rowMatcher(db, plan);
  const best: Ranked[] = [];
  for (const { from, to, match, verify: mustVerify } of plan.segments) {
    const statement = prepared<[string, bigint, bigint, number], Ranked>(db, rankedSql);
    for (let asked = wanted; ; asked *= 4) {
      const found = statement.all(match, BigInt(from), BigInt(to), asked);
      const kept = mustVerify ? found.filter(({ rid }) => verify(rid)) : found;
      if (kept.length < wanted && found.length === asked) continue;
      for (const each of kept) best.push(each);
      break;
    }
  }
  return best.sort((one, other) => one.rank - other.rank || other.rid - one.rid).slice(0, wanted);
}
