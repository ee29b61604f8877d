import type { NearNode, TermNode } from './query-tree.ts';

/** The tokens of one message, and where each stands. */
export interface TokenIndex {
  tokens: readonly string[];
  places: ReadonlyMap<string, readonly number[]>;
}

export function indexTokens(tokens: readonly string[]): TokenIndex {
  const places = new Map<string, number[]>();
  tokens.forEach((token, position) => {
    const known = places.get(token);
    if (known === undefined) places.set(token, [position]);
    else known.push(position);
  });
  return { tokens, places };
}

const none: readonly number[] = [];

/** Positions of the tokens at which a term begins, ascending. */
export function termStarts({ tokens, places }: TokenIndex, term: TermNode): readonly number[] {
  const [first = '', ...rest] = term.tokens;
  if (rest.length === 0) {
    if (!term.prefix) return places.get(first) ?? none;
    const starts: number[] = [];
    for (const [token, positions] of places) {
      if (token.startsWith(first)) for (const position of positions) starts.push(position);
    }
    return starts.sort((one, other) => one - other);
  }
  const last = rest.length - 1;
  return (places.get(first) ?? none).filter((start) =>
    rest.every((wanted, index) => {
      const token = tokens[start + 1 + index];
      return term.prefix && index === last ? token?.startsWith(wanted) === true : token === wanted;
    }),
  );
}

/** For each term of a NEAR, the positions at which it begins as part of a chain that holds; empty lists when none does. */
export function nearStarts(index: TokenIndex, { terms, distances }: NearNode): (readonly number[])[] {
  const starts = terms.map((term) => termStarts(index, term));
  const lengths = terms.map(({ tokens }) => tokens.length);
  // There and back again: what has a neighbour on one side only is no part of a chain.
  for (let step = 1; step < terms.length; step += 1) keepNear(starts, lengths, distances, step, step - 1);
  for (let step = terms.length - 2; step >= 0; step -= 1) keepNear(starts, lengths, distances, step, step + 1);
  return starts;
}

function keepNear(
  starts: (readonly number[])[],
  lengths: readonly number[],
  distances: readonly number[],
  at: number,
  neighbour: number,
): void {
  const distance = distances[Math.min(at, neighbour)] ?? 0;
  const [own = 0, others = 0] = [lengths[at], lengths[neighbour]];
  const near = starts[neighbour] ?? none;
  // Ascending starts on both sides: the window of neighbours in reach only moves forward.
  let from = 0;
  starts[at] = (starts[at] ?? none).filter((start) => {
    while (from < near.length && (near[from] ?? 0) + others + distance < start) from += 1;
    const candidate = near[from];
    return candidate !== undefined && candidate <= start + own + distance;
  });
}
