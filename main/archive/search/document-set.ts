/** Some of the indexed conversations, one bit for each in the order of their row ids (documents.ts). */
export class DocumentSet {
  /** Of how many. */
  readonly size: number;
  private readonly words: Uint32Array;

  constructor(size: number) {
    this.size = size;
    this.words = new Uint32Array((size + 31) >>> 5);
  }

  static all(size: number): DocumentSet {
    const set = new DocumentSet(size);
    set.words.fill(0xffffffff);
    set.clip(0, size);
    return set;
  }

  add(at: number): void {
    this.words[at >>> 5] = (this.words[at >>> 5] ?? 0) | (1 << (at & 31));
  }

  has(at: number): boolean {
    return ((this.words[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }

  copy(): DocumentSet {
    const set = new DocumentSet(this.size);
    set.words.set(this.words);
    return set;
  }

  /** Keeps those that are in the other set, too. */
  intersect({ words: others }: DocumentSet): void {
    const { words } = this;
    for (let index = 0; index < words.length; index += 1) words[index] = (words[index] ?? 0) & (others[index] ?? 0);
  }

  /** Adds those of the other set. */
  unite({ words: others }: DocumentSet): void {
    const { words } = this;
    for (let index = 0; index < words.length; index += 1) words[index] = (words[index] ?? 0) | (others[index] ?? 0);
  }

  /** All that are not in this set. */
  complement(): DocumentSet {
    const set = DocumentSet.all(this.size);
    for (let index = 0; index < set.words.length; index += 1)
      set.words[index] = (set.words[index] ?? 0) & ~(this.words[index] ?? 0);
    return set;
  }

  /** Keeps those from one place to before another. */
  clip(from: number, to: number): void {
    const { words } = this;
    const [first, last] = [from >>> 5, to >>> 5];
    words.fill(0, 0, first);
    if (first < words.length) words[first] = (words[first] ?? 0) & (0xffffffff << (from & 31));
    if (last >= words.length) return;
    words[last] = (words[last] ?? 0) & ~(0xffffffff << (to & 31));
    words.fill(0, last + 1);
  }

  count(): number {
    let total = 0;
    for (const word of this.words) {
      if (word !== 0) total += bitsOf(word);
    }
    return total;
  }

  /** Members from a place on, upwards or downwards. */
  *from(start: number, descending: boolean): Generator<number> {
    const step = descending ? -1 : 1;
    const end = descending ? -1 : this.size;
    for (let at = start; descending ? at > end : at < end; at += step) {
      if ((this.words[at >>> 5] ?? 0) === 0) at = descending ? at & ~31 : at | 31;
      else if (this.has(at)) yield at;
    }
  }

  /** The members' values in a list that has one for each conversation. */
  select(values: Float64Array): Float64Array {
    const selected = new Float64Array(this.count());
    const { words } = this;
    let position = 0;
    for (let index = 0; index < words.length; index += 1) {
      for (let word = words[index] ?? 0; word !== 0; word &= word - 1) {
        selected[position] = values[index * 32 + 31 - Math.clz32(word & -word)] ?? 0;
        position += 1;
      }
    }
    return selected;
  }
}

/** How many bits are set: pairs, then fours, then bytes are added up side by side. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
