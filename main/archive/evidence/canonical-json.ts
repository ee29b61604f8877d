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
  const names = Object.keys(members);
  const shape = shapeOf(names);
  if (shape === null) return writeMembers(members, names.toSorted(), depth);
  const { sorted, prefixes } = shape;
  let text = '';
  for (let index = 0; index < sorted.length; index += 1) {
    const value = members[sorted[index] ?? ''];
    if (value === undefined) return writeMembers(members, sorted, depth);
    text += (prefixes[index] ?? '') + write(value, depth + 1);
  }
  return `${text}}`;
}

/** Any object. Sorting by default compares UTF-16 code units, which is what the RFC asks for. */
function writeMembers(members: Record<string, unknown>, sorted: readonly string[], depth: number): string {
  let text = '{';
  for (const name of sorted) {
    const value = members[name];
    if (value === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${quote(name)}:${write(value, depth + 1)}`;
  }
  return `${text}}`;
}

/** The names of an object's members, and all that can be written before the values are known. */
interface Shape {
  given: readonly string[];
  sorted: readonly string[];
  /** `{"a":`, `,"b":` … */
  prefixes: readonly string[];
}

/** Shapes met before, by the number of members: records repeat the same few dozen. Hostile ones must not fill the memory. */
const shapes: Shape[][] = [];
const mostMembers = 64;
const mostShapes = 24;
const longestNames = 2000;

/** Null: not one of those that are remembered. */
function shapeOf(names: readonly string[]): Shape | null {
  const count = names.length;
  if (count === 0 || count > mostMembers) return null;
  const known = (shapes[count] ??= []);
  for (const shape of known) if (sameNames(shape.given, names)) return shape;
  if (known.length >= mostShapes || names.join('').length > longestNames) return null;
  const sorted = names.toSorted();
  const prefixes = sorted.map((name, index) => `${index === 0 ? '{' : ','}${quote(name)}:`);
  const shape = { given: names, sorted, prefixes };
  known.push(shape);
  return shape;
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
