/** A conversation and its bm25 rank: the lower, the better. */
export interface Ranked {
  rid: number;
  rank: number;
}

function isBetter(one: Ranked, other: Ranked): boolean {
  return one.rank < other.rank || (one.rank === other.rank && one.rid > other.rid);
}

/** Keeps the best of many: a heap with the worst of the best on top. */
export class TopRanked {
  private readonly size: number;
  private readonly heap: Ranked[] = [];

  constructor(size: number) {
    this.size = size;
  }

  /** The rank that one must not be above to be among the best. */
  get worst(): number {
    return this.heap.length < this.size ? Infinity : (this.heap[0]?.rank ?? -Infinity);
  }

  offer(rid: number, rank: number): void {
    const { heap } = this;
    const worst = heap[0];
    if (worst !== undefined && heap.length >= this.size) {
      // Most are refused here, without making an object of them.
      if (rank > worst.rank || (rank === worst.rank && rid < worst.rid)) return;
      heap[0] = { rid, rank };
      this.sink();
    } else if (this.size > 0) {
      heap.push({ rid, rank });
      this.rise();
    }
  }

  /** Best first; newest first among equals. */
  sorted(): Ranked[] {
    return this.heap.toSorted((one, other) => one.rank - other.rank || other.rid - one.rid);
  }

  private rise(): void {
    const { heap } = this;
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.swapIfBetter(parent, at)) return;
      at = parent;
    }
  }

  private sink(): void {
    const { heap } = this;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const worse = right < heap.length && isBetter(heap[left] as Ranked, heap[right] as Ranked) ? right : left;
      if (worse >= heap.length || !this.swapIfBetter(at, worse)) return;
      at = worse;
    }
  }

  /** Puts the worse of two above the better one; whether they changed places. */
  private swapIfBetter(above: number, below: number): boolean {
    const { heap } = this;
    const [upper, lower] = [heap[above] as Ranked, heap[below] as Ranked];
    if (!isBetter(upper, lower)) return false;
    heap[above] = lower;
    heap[below] = upper;
    return true;
  }
}
