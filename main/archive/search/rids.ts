import type { Database } from 'better-sqlite3';
import { firstRidOf, slotsPerMinute } from '../store/rid.ts';
import { preparedValue } from '../store/statements.ts';
import { firstAtLeast } from './documents.ts';
import type { Plan, Segment } from './plan.ts';
import { mostWordsForPage, segmentsWithWords } from './prefix-terms.ts';
import { setForPage } from './page-set.ts';
import { makeVerifier } from './verify.ts';

/** A conversation's place in the order of start times: by start, then by row id. */
export interface Place {
  start: number;
  rid: number;
}

const ascendingSql = 'SELECT rowid FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?';
const descendingSql = 'SELECT rowid FROM ft WHERE ft MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?';

const smallestChunk = 64;
const largestChunk = 16_384;

/**
 * Row ids that match, in their own order, read in growing chunks so that a page costs little and an export of
 * millions needs no memory. Row ids are bound as 64-bit integers: FTS5 ignores a range of floating-point numbers.
 */
function* matching(db: Database, plan: Plan, descending: boolean, start: number): Generator<number> {
  const statement = preparedValue<[string, bigint, bigint, number]>(db, descending ? descendingSql : ascendingSql);
  const found = setForPage(db, plan);
  if (found !== null) {
    const { set, view } = found;
    const behind = firstAtLeast(view.rids, descending ? start + 1 : start, 0);
    for (const at of set.from(descending ? behind - 1 : behind, descending)) yield view.rids[at] ?? 0;
    return;
  }
  const verify = makeVerifier(db, plan);
  const words = segmentsWithWords(db, plan, mostWordsForPage);
  const segments = descending ? words.toReversed() : words;
  let chunk = smallestChunk;
  for (const segment of segments) {
    let { from, to } = clip(segment, descending, start);
    while (from <= to) {
      const rids = statement.all(segment.match, BigInt(from), BigInt(to), chunk) as number[];
      for (const rid of rids) if (!segment.verify || verify(rid)) yield rid;
      const last = rids.at(-1);
      if (last === undefined || rids.length < chunk) break;
      if (descending) to = last - 1;
      else from = last + 1;
      chunk = Math.min(chunk * 2, largestChunk);
    }
  }
}

function clip({ from, to }: Segment, descending: boolean, start: number): { from: number; to: number } {
  return descending ? { from, to: Math.min(to, start) } : { from: Math.max(from, start), to };
}

/**
 * Places of all conversations that match, in exact order of their start. Row ids follow the minute of the start
 * only, so that those of one minute (and of the minutes it spilled into) are put in order before they go out.
 * @param after continue behind this place
 */
export function* matchingPlaces(
  db: Database,
  plan: Plan,
  sort: 'newest' | 'oldest',
  after: Place | null = null,
): Generator<Place> {
  const descending = sort === 'newest';
  const reach = (plan.spill + 1) * slotsPerMinute - 1;
  const compare = (one: Place, other: Place) =>
    (one.start - other.start || one.rid - other.rid) * (descending ? -1 : 1);
  const isDue = ({ start }: Place, seen: number) =>
    descending ? firstRidOf(start) > seen : firstRidOf(start) + reach < seen;
  const startRid = after === null ? null : firstRidOf(after.start);
  const begin = descending ? (startRid === null ? Number.MAX_SAFE_INTEGER : startRid + reach) : (startRid ?? 0);
  const startOf = preparedValue<[number]>(db, 'SELECT start_ms FROM conversation WHERE rid = ?');
  let held: Place[] = [];
  for (const rid of matching(db, plan, descending, begin)) {
    if (held.length > 0) {
      const due = held.filter((place) => isDue(place, rid));
      if (due.length > 0) {
        held = held.filter((place) => !isDue(place, rid));
        yield* due.sort(compare);
      }
    }
    // A row without a conversation belongs to one that is just being moved: the next search finds it.
    const start = startOf.get(rid) as number | undefined;
    if (start === undefined) continue;
    const place = { start, rid };
    if (after === null || compare(after, place) < 0) held.push(place);
  }
  yield* held.sort(compare);
}
