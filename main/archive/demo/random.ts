/** A source of chance that gives the same numbers for the same seed, on every machine and in every version. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** An integer, both ends inclusive. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** By weight: `[['a', 3], ['b', 1]]` gives `a` three times out of four. */
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  digits(length: number): string;
  hex(length: number): string;
}

/** FNV-1a over the text of the parts, finished so that near seeds give far numbers. */
export function hash(...parts: readonly (string | number)[]): number {
  let value = 0x811c9dc5;
  for (const character of parts.join('\u0001')) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b);
  return (value ^ (value >>> 16)) >>> 0;
}

/** Mulberry32 seeded by the hash of the parts. */
export function createRandom(...seed: readonly (string | number)[]): Random {
  let state = hash(...seed);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(next() * items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  };
  return {
    next,
    between,
    pick,
    chance: (probability) => next() < probability,
    weighted(items) {
      let rest = next() * items.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [item, weight] of items) {
        rest -= weight;
        if (rest < 0) return item;
      }
      return pick(items)[0];
    },
    digits(length) {
      let text = '';
      while (text.length < length) text += String(Math.floor(next() * 1e8)).padStart(8, '0');
      // An id does not begin with a nought.
      return `${String(1 + (Number(text[0]) % 9))}${text.slice(1, length)}`;
    },
    hex(length) {
      let text = '';
      while (text.length < length) {
        text += Math.floor(next() * 4_294_967_296)
          .toString(16)
          .padStart(8, '0');
      }
      return text.slice(0, length);
    },
  };
}
