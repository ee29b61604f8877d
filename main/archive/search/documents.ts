import { Rows, type Doclist } from './doclist.ts';

/** A list of one segment with the rows that were deleted from it or replaced since. */
export interface LiveList {
  list: Doclist;
  deleted: ReadonlySet<number>;
}

/** Row ids of all conversations that the lists hold, ascending. */
export function rowIdsOf(lists: readonly LiveList[]): Float64Array {
  let runs: Float64Array[] = lists.map(({ list, deleted }) => {
    const rids: number[] = [];
    for (const rows = new Rows(list); rows.next();) if (!deleted.has(rows.rid)) rids.push(rows.rid);
    return Float64Array.from(rids);
  });
  // The shortest first: segments of a few new conversations stand beside one of a million.
  while (runs.length > 1) {
    runs.sort((one, other) => one.length - other.length);
    const [first = new Float64Array(), second = new Float64Array(), ...others] = runs;
    runs = [merged(first, second), ...others];
  }
  return runs[0] ?? new Float64Array();
}

function merged(one: Float64Array, other: Float64Array): Float64Array {
  const result = new Float64Array(one.length + other.length);
  let [left, right] = [0, 0];
  for (let position = 0; position < result.length; position += 1) {
    const fromLeft = right >= other.length || (left < one.length && (one[left] ?? 0) < (other[right] ?? 0));
    result[position] = (fromLeft ? one[left++] : other[right++]) ?? 0;
  }
  return result;
}

/** Finds the places of row ids among all, where each is not before the last. */
export class PlaceFinder {
  private readonly rids: Float64Array;
  private at = 0;

  constructor(rids: Float64Array) {
    this.rids = rids;
  }

  /** -1 when there is no such row id. */
  find(rid: number): number {
    const { rids } = this;
    let at = this.at;
    for (let step = 0; step < 16 && (rids[at] ?? Infinity) < rid; step += 1) at += 1;
    if ((rids[at] ?? Infinity) < rid) at = firstAtLeast(rids, rid, at);
    this.at = at;
    return rids[at] === rid ? at : -1;
  }
}

/** The place of the first number that is not below `wanted`, looked for from `from` on. */
export function firstAtLeast(sorted: Float64Array, wanted: number, from: number): number {
  let low = from;
  let high = sorted.length;
  // What is looked for is mostly near: grow the step before halving the rest.
  for (let step = 8; low + step < high; step *= 4) {
    if ((sorted[low + step] ?? 0) >= wanted) {
      high = low + step;
      break;
    }
    low += step;
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
