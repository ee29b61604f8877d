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
  // Sorting by default compares UTF-16 code units, which is what the RFC asks for.
  const names = Object.keys(members).sort();
  let text = '{';
  for (const name of names) {
    const value = members[name];
    if (value === undefined) continue;
    if (text.length > 1) text += ',';
    text += memberName(name) + write(value, depth + 1);
  }
  return `${text}}`;
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
