import { createHash } from 'node:crypto';

export interface Drawn<T> {
  item: T;
  key: string;
}

/**
 * Draws a sample at random, uniformly, and so that anybody can draw it again: those of all items whose SHA-256 of
 * `SEED:ID` comes first, in that order. A larger sample of the same seed begins with the smaller one.
 * @param id the public id of an item
 */
export function drawSample<T>(
  items: Iterable<T>,
  { seed, size, id }: { seed: string; size: number; id: (item: T) => string },
): Drawn<T>[] {
  const first = new FirstOf<T>(size);
  for (const item of items) {
    first.add({
      item,
      key: createHash('sha256')
        .update(`${seed}:${id(item)}`)
        .digest('hex'),
    });
  }
  return first.sorted();
}

/** Keeps the smallest keys of a long run, in memory for twice as many as are wanted. */
class FirstOf<T> {
  readonly #size: number;
  #kept: Drawn<T>[] = [];
  #limit = '';

  constructor(size: number) {
    this.#size = size;
  }

  add(drawn: Drawn<T>): void {
    if (this.#limit !== '' && drawn.key >= this.#limit) return;
    this.#kept.push(drawn);
    if (this.#kept.length >= Math.max(this.#size * 2, 1024)) this.#prune();
  }

  sorted(): Drawn<T>[] {
    this.#prune();
    return this.#kept;
  }

  #prune(): void {
    this.#kept.sort((one, other) => (one.key < other.key ? -1 : 1));
    if (this.#kept.length <= this.#size) return;
    this.#limit = this.#kept[this.#size]?.key ?? '';
    this.#kept.length = this.#size;
  }
}
