import { ArchiveError } from '../../../preload/errors.ts';
import { normaliseFilterValue } from '../search/filter-token.ts';

/**
 * The form in which two names are the same: the one that the index compares, so that no two tags or cases of other
 * names find each other's conversations.
 * @throws ArchiveError invalid-input for a name of which nothing is left, such as a lone accent
 */
export function foldedName(name: string): string {
  const folded = normaliseFilterValue(name);
  if (folded !== '') return folded;
  throw new ArchiveError('invalid-input', 'The name has no character that can be searched for.', {
    hint: 'Use letters or digits.',
  });
}

const mostNearest = 3;

/** Says that a name is unknown, with the names that come nearest to it. */
export function unknownName(what: string, name: string, known: readonly string[]): ArchiveError {
  const nearest = nearestNames(name, known);
  return new ArchiveError('not-found', `There is no ${what} “${name.slice(0, 100)}”.`, {
    hint:
      nearest.length === 0
        ? `Look at the list of ${what}s.`
        : `Did you mean ${nearest.map((each) => `“${each}”`).join(' or ')}?`,
  });
}

/** Names that hold the one given, or differ from it in few letters; the nearest first. */
export function nearestNames(name: string, known: readonly string[]): string[] {
  const wanted = normaliseFilterValue(name);
  return known
    .map((each) => ({ each, distance: distanceOf(wanted, normaliseFilterValue(each)) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wanted.length / 3)))
    .sort((one, other) => one.distance - other.distance || (one.each < other.each ? -1 : 1))
    .slice(0, mostNearest)
    .map(({ each }) => each);
}

function distanceOf(wanted: string, name: string): number {
  if (wanted.length >= 2 && (name.includes(wanted) || wanted.includes(name))) return 1;
  return letterDistance(wanted, name);
}

/** How many letters have to be put in, taken out or exchanged (Levenshtein). */
function letterDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let position = 1; position <= other.length; position += 1) {
      const exchanged = (row[position - 1] ?? 0) + (one[at - 1] === other[position - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[position] ?? 0) + 1, (next[position - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
