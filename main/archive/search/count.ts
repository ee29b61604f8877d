import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import { preparedValue } from '../store/statements.ts';
import { answering } from './answer.ts';
import { matchesKnownOn } from './as-known.ts';
import { explainQuery } from './explain.ts';
import { incompleteIndex } from './index-state.ts';
import { knownTotal } from './match-list.ts';
import { knownMatchSet, matchSet } from './match-set.ts';
import type { Plan } from './plan.ts';
import { segmentsWithWords } from './prefix-terms.ts';
import { suggestWords } from './suggest.ts';
import { asksForPlaces } from './tellable.ts';
import { makeVerifier } from './verify.ts';

const countSql = 'SELECT count(*) FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ?';
const ridsSql = 'SELECT rowid FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ?';

/** The exact number of conversations that match. */
export function countMatching(db: Database, plan: Plan): number {
  // FTS5 counts words faster than their lists are read; phrases and distances take it twice as long and more.
  const places = plan.root !== null && asksForPlaces(plan.root);
  const found = places ? matchSet(db, plan) : knownMatchSet(db, plan);
  return found?.set.count() ?? knownTotal(db, plan) ?? countByFts5(db, plan);
}

function countByFts5(db: Database, plan: Plan): number {
  const count = preparedValue<[string, bigint, bigint]>(db, countSql);
  const rids = preparedValue<[string, bigint, bigint]>(db, ridsSql);
  const verify = makeVerifier(db, plan);
  let total = 0;
  for (const { match, from, to, verify: mustVerify, certain } of segmentsWithWords(db, plan)) {
    const range: [bigint, bigint] = [BigInt(from), BigInt(to)];
    if (!mustVerify) {
      total += count.get(match, ...range) as number;
      continue;
    }
    if (certain !== null) total += count.get(certain, ...range) as number;
    const doubtful = certain === null ? match : `(${match}) NOT (${certain})`;
    for (const rid of rids.all(doubtful, ...range) as number[]) if (verify(rid)) total += 1;
  }
  return total;
}

/**
 * The exact number of hits, with the query in words.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function searchCount(db: Database, input: ParsedInput<'search.count'>, now: number): Output<'search.count'> {
  const began = performance.now();
  return answering(db, input.query, { now, timeZone: input.timeZone }, (plan) => {
    const total =
      input.asKnownOn === undefined
        ? countMatching(db, plan)
        : matchesKnownOn(db, plan, 'oldest', input.asKnownOn).places.length;
    const query = { text: input.query, root: plan.root };
    const suggestions = suggestWords(db, query);
    const index = incompleteIndex(db);
    return {
      total,
      understoodAs: explainQuery(query),
      elapsedMs: performance.now() - began,
      ...(suggestions.length === 0 ? {} : { suggestions }),
      ...(index === undefined ? {} : { index }),
    };
  });
}
