/**
 * Cuts JSON text without re-writing it: what the service keeps of a record keeps its exact spelling.
 * Only for well-formed objects, which all texts of the simulated account are.
 */

/** Index just after the JSON value that begins at `start`. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let position = start; position < text.length; position += 1) {
    const character = text[position];
    if (character === '"') {
      position = endOfString(text, position) - 1;
      if (depth === 0) return position + 1;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      if (depth === 0) return position;
      depth -= 1;
      if (depth === 0) return position + 1;
    } else if (depth === 0 && (character === ',' || character === '\n' || character === ' ')) return position;
  }
  return text.length;
}

/** Index just after the closing quote of the string whose opening quote is at `start`. */
function endOfString(text: string, start: number): number {
  for (let position = start + 1; position < text.length; position += 1) {
    if (text[position] === '\\') position += 1;
    else if (text[position] === '"') return position + 1;
  }
  return text.length;
}

function skipBlanks(text: string, start: number): number {
  let position = start;
  while (position < text.length && ' \t\r\n'.includes(text.charAt(position))) position += 1;
  return position;
}

/** Member name → exact text of its value, in the order of the text. */
export function membersOf(text: string): Map<string, string> {
  const members = new Map<string, string>();
  let position = skipBlanks(text, text.indexOf('{') + 1);
  while (text[position] === '"') {
    const nameEnd = endOfString(text, position);
    const name = JSON.parse(text.slice(position, nameEnd)) as string;
    const valueStart = skipBlanks(text, text.indexOf(':', nameEnd) + 1);
    const valueEnd = endOfValue(text, valueStart);
    members.set(name, text.slice(valueStart, valueEnd));
    position = skipBlanks(text, valueEnd);
    if (text[position] === ',') position = skipBlanks(text, position + 1);
  }
  return members;
}

/** Joins member texts into one object text. */
export function joinMembers(members: ReadonlyMap<string, string>): string {
  return `{${[...members].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
}

/** The object with only the members that `keep` allows; the very same text when that is all of them. */
export function keepMembers(text: string, keep: (name: string) => boolean): string {
  const members = membersOf(text);
  const kept = new Map([...members].filter(([name]) => keep(name)));
  return kept.size === members.size ? text : joinMembers(kept);
}
