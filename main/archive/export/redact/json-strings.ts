/** One string, number or member name of a JSON text. */
export interface JsonLeaf {
  /** JSON pointer (RFC 6901) of the value; for a member name, of the object that has it. */
  pointer: string;
  /** The nearest member name above. */
  key: string;
  value: string;
  kind: 'string' | 'number' | 'name';
}

const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[[\]{},:]|true|false|null|\s+/gsuy;

interface Level {
  kind: '[' | '{';
  index: number;
  name: string;
  expectsName: boolean;
}

/**
 * Replaces strings, numbers and member names of a JSON text and leaves every other byte as it is, so that numbers
 * of any length and the order of members survive. `visit` gives the new text, or null to keep the old one.
 * @throws SyntaxError when the text is no JSON
 */
export function rewriteJson(json: string, visit: (leaf: JsonLeaf) => string | null, above = ''): string {
  const levels: Level[] = [];
  let written = '';
  token.lastIndex = 0;
  for (let at = 0; at < json.length;) {
    token.lastIndex = at;
    const found = token.exec(json)?.[0];
    if (found === undefined) throw new SyntaxError(`No JSON at ${at}`);
    at += found.length;
    written += rewriteToken(found, levels, visit, above);
  }
  if (levels.length > 0) throw new SyntaxError('JSON that ends too early');
  return written;
}

function rewriteToken(found: string, levels: Level[], visit: (leaf: JsonLeaf) => string | null, above: string): string {
  const level = levels.at(-1);
  switch (found.charAt(0)) {
    case '{':
    case '[':
      levels.push({ kind: found as '{' | '[', index: 0, name: '', expectsName: found === '{' });
      return found;
    case '}':
    case ']':
      if (levels.pop()?.kind !== (found === '}' ? '{' : '[')) throw new SyntaxError('JSON that does not nest');
      return found;
    case ',':
      if (level !== undefined) {
        level.index += 1;
        level.expectsName = level.kind === '{';
      }
      return found;
    case ':':
      if (level !== undefined) level.expectsName = false;
      return found;
    case '"': {
      const value = JSON.parse(found) as string;
      if (level?.expectsName === true) {
        const name = visit({ pointer: pointerOf(levels.slice(0, -1), above), key: value, value, kind: 'name' });
        level.name = name ?? value;
        return name === null ? found : JSON.stringify(name);
      }
      const replaced = visit({ pointer: pointerOf(levels, above), key: keyOf(levels), value, kind: 'string' });
      return replaced === null ? found : JSON.stringify(replaced);
    }
    default: {
      if (!/^[-\d]/u.test(found)) return found;
      const leaf = { pointer: pointerOf(levels, above), key: keyOf(levels), value: found, kind: 'number' } as const;
      const replaced = visit(leaf);
      return replaced === null ? found : JSON.stringify(replaced);
    }
  }
}

function pointerOf(levels: readonly Level[], above: string): string {
  const steps = levels.map(({ kind, index, name }) =>
    kind === '[' ? String(index) : name.replaceAll('~', '~0').replaceAll('/', '~1'),
  );
  return above + steps.map((step) => `/${step}`).join('');
}

const keyOf = (levels: readonly Level[]) => levels.findLast(({ kind }) => kind === '{')?.name ?? '';
