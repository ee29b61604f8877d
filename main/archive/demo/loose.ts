/** Reading parsed JSON of any shape without trusting it. */
export function inside(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}

export function listInside(value: unknown, ...path: readonly string[]): unknown[] {
  const found = inside(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Ids and other scalars as text; empty for everything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}

/** All text inside a value, for keyword search. */
function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* stringsIn(part);
}

/** A word or one quoted phrase, anywhere in the texts, ignoring case. */
export function keywordMatches(keyword: string, value: unknown): boolean {
  const wanted = keyword.replaceAll(/^"|"$/gu, '').toLocaleLowerCase('en');
  for (const text of stringsIn(value)) if (text.toLocaleLowerCase('en').includes(wanted)) return true;
  return false;
}

/** Both ends inclusive; a missing end is open. A value that is no number is outside. */
export function inRange(value: number, range: { from?: number | undefined; to?: number | undefined }): boolean {
  return value >= (range.from ?? -Infinity) && value <= (range.to ?? Infinity);
}
