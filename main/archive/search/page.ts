import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import { answering } from './answer.ts';
import { pageKnownOn } from './as-known.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { loadHits } from './hits.ts';
import type { Plan } from './plan.ts';
import { incompleteIndex } from './index-state.ts';
import { bestRids, canRank } from './relevance.ts';
import { matchingPlaces, type Place } from './rids.ts';

type PageInput = ParsedInput<'search.page'>;

/**
 * One page of results, newest first, oldest first, or best first.
 * @throws ArchiveError invalid-input when the query does not parse
 */
export function searchPage(db: Database, input: PageInput, now: number): Output<'search.page'> {
  const began = performance.now();
  return answering(db, input.query, { now, timeZone: input.timeZone }, (plan) => {
    const { hits, nextCursor } =
      input.asKnownOn === undefined ? pageNow(db, plan, input) : pageKnownOn(db, plan, input, input.asKnownOn);
    const index = incompleteIndex(db);
    return {
      hits,
      nextCursor,
      elapsedMs: performance.now() - began,
      ...(index === undefined ? {} : { index }),
    };
  });
}

function pageNow(db: Database, plan: Plan, input: PageInput) {
  const { rids, nextCursor } = pageRids(db, plan, input);
  return { hits: loadHits(db, rids, plan.root), nextCursor };
}

interface RidPage {
  rids: number[];
  nextCursor: string | null;
}

/** The row ids of one page alone. */
function pageRids(db: Database, plan: Plan, input: PageInput): RidPage {
  if (input.sort === 'relevance' && canRank(plan)) return bestPage(db, plan, input);
  const sort = input.sort === 'oldest' ? 'oldest' : 'newest';
  const cursor = input.cursor === undefined ? null : readCursor(sort, input.cursor);
  const after = cursor !== null && 'place' in cursor ? cursor.place : null;
  const places: Place[] = [];
  let skipped = 0;
  for (const place of matchingPlaces(db, plan, sort, after)) {
    if (skipped < input.offset) {
      skipped += 1;
      continue;
    }
    places.push(place);
    if (places.length > input.limit) break;
  }
  const shown = places.slice(0, input.limit);
  const last = shown.at(-1);
  const more = places.length > shown.length && last !== undefined;
  return { rids: shown.map(({ rid }) => rid), nextCursor: more ? writeCursor(sort, { place: last }) : null };
}

function bestPage(db: Database, plan: Plan, { cursor, offset, limit }: PageInput): RidPage {
  const from = cursor === undefined ? null : readCursor('relevance', cursor);
  const start = offset + (from !== null && 'offset' in from ? from.offset : 0);
  const rids = bestRids(db, plan, start, limit + 1);
  const more = rids.length > limit;
  return {
    rids: rids.slice(0, limit),
    nextCursor: more ? writeCursor('relevance', { offset: start + limit }) : null,
  };
}
