/** Deeper JSON is refused: no record of either API comes near, and recursion must end before the stack does. */
export const deepestNesting = 500;

/** Thrown for values that nest deeper than `deepestNesting`. */
export class TooDeepError extends Error {
  override readonly name = 'TooDeepError';
}

/**
 * RFC 8785 canonical JSON (JCS): no blanks, members sorted by UTF-16 code units, numbers as ECMAScript writes them.
 *
 * Two places where the RFC says "fail" and an archive must not, because it has to seal whatever a source sends:
 * a lone surrogate is written as its escape (`\ud800`, as JSON.stringify does; no other text gives the same bytes),
 * and a number beyond a double's range, which JSON.parse reads as infinite, is written `null`. Nothing is lost by
 * it: the seal covers the hash of the record's exact bytes too.
 * @throws TooDeepError
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= deepestNesting) throw new TooDeepError(`JSON nests deeper than ${deepestNesting} levels`);
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value as Record<string, unknown>, depth);
    default:
      throw new TypeError(`${typeof value} has no JSON form`);
  }
}

function writeArray(items: readonly unknown[], depth: number): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    if (index > 0) text += ',';
    text += write(items[index], depth + 1);
  }
  return `${text}]`;
}

function writeObject(members: Record<string, unknown>, depth: number): string {
  const names = inOrder(Object.keys(members));
  let text = '{';
  for (const name of names) {
    const value = members[name];
    if (value === undefined) continue;
    if (text.length > 1) text += ',';
    text += memberName(name) + write(value, depth + 1);
  }
  return `${text}}`;
}

interface NameList {
  given: readonly string[];
  sorted: readonly string[];
}

/** Lists of names met before, by their number and first name: records repeat the same few dozen shapes. */
const nameLists = new Map<string, NameList[]>();
const mostLists = 500;
const mostVariants = 8;
let listsHeld = 0;

/** Member names in the order of the RFC: by UTF-16 code units, which is how JavaScript sorts by default. */
function inOrder(names: string[]): readonly string[] {
  const [first, second] = names;
  if (first === undefined || second === undefined) return names;
  if (names.length === 2) return first < second ? names : [second, first];
  const key = first + names.length;
  let variants = nameLists.get(key);
  for (const variant of variants ?? []) if (sameNames(variant.given, names)) return variant.sorted;
  const sorted = names.toSorted();
  if (listsHeld >= mostLists || (variants?.length ?? 0) >= mostVariants) return sorted;
  if (variants === undefined) {
    variants = [];
    nameLists.set(key, variants);
  }
  variants.push({ given: names, sorted });
  listsHeld += 1;
  return sorted;
}

/** Two lists of the same length. */
function sameNames(known: readonly string[], names: readonly string[]): boolean {
  for (let index = 0; index < names.length; index += 1) if (known[index] !== names[index]) return false;
  return true;
}

/** Printable ASCII without quote and backslash is its own JSON; asking first takes half the time of always escaping. */
const plain = /^[ !#-[\]-~]*$/u;

function quote(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Records repeat the same few dozen names; a hostile one must not fill the memory. */
const memberNames = new Map<string, string>();
const mostNames = 5000;

function memberName(name: string): string {
  let written = memberNames.get(name);
  if (written === undefined) {
    written = `${quote(name)}:`;
    if (memberNames.size < mostNames) memberNames.set(name, written);
  }
  return written;
}
