/**
 * Lenient reading of scalars. Every scalar of both APIs may be null, missing, a number instead of a string or the
 * other way round, or a filler such as "undefined" and -1 (liveperson-api.md 3.6 and 4.5).
 */
export type JsonObject = Readonly<Record<string, unknown>>;

const fillers: ReadonlySet<string> = new Set(['', 'undefined', 'null', 'NaN']);
/** What JavaScript dates can hold; anything beyond is not a time. */
const latestTime = 8.64e15;

export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The objects of an array; a single object counts as an array of one. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  if (!Array.isArray(value)) return typeof value === 'object' && value !== null ? [value as JsonObject] : [];
  return value.filter((item): item is JsonObject => typeof item === 'object' && item !== null && !Array.isArray(item));
}

/** What somebody wrote, unchanged: even the word "undefined" is a message. */
export function writtenText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? String(value) : null;
}

/** A name or code: trimmed, without the fillers that stand for "no value". */
export function textOf(value: unknown): string | null {
  const text = writtenText(value)?.trim() ?? '';
  return fillers.has(text) ? null : text;
}

/** An id as text. -1 stands for "none" in numeric ids. */
export function idOf(value: unknown): string | null {
  const text = textOf(value);
  return text === '-1' ? null : text;
}

/** A name that may also be the placeholder of a -1 id. */
export function nameOf(value: unknown): string | null {
  const text = textOf(value);
  return text === 'NA' || text === '-1' ? null : text;
}

export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  const text = textOf(value);
  if (text === null || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text)) return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A score or a length of time: never negative, -1 stands for "none". */
export function scoreOf(value: unknown): number | null {
  const number = numberOf(value);
  return number === null || number < 0 ? null : number;
}

/** Null where the value says neither yes nor no. */
export function booleanOf(value: unknown): boolean | null {
  const text = textOf(value)?.toLowerCase();
  if (text === 'true') return true;
  return text === 'false' ? false : null;
}

export function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const text = textOf(value);
    if (text !== null) return text;
  }
  return null;
}

/** Epoch milliseconds; negative stands for "no value". */
export function epochOf(value: unknown): number | null {
  const number = numberOf(value);
  return number === null || number < 0 || number > latestTime ? null : Math.trunc(number);
}

const textTime =
  /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s*(?:Z|UTC|([+-])(\d{2}):?(\d{2}))?$/u;

/**
 * `2026-03-04 09:15:27.318+0000`. Read with a pattern of our own: what `new Date` makes of it depends on the
 * engine. Text without a zone is taken as UTC, as all samples are.
 */
export function parseTextTime(text: string): number | null {
  const match = textTime.exec(text.trim());
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = '0', sign, zoneHour = '0', zoneMinute = '0'] = match;
  const utc = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * 60_000 * (sign === '-' ? -1 : 1);
  const time = utc - offset;
  return Number.isFinite(time) && time >= 0 ? time : null;
}

/** The time called `name`: its `L` twin first, the text only where that is missing. */
export function timeOf(object: JsonObject, name: string): number | null {
  const epoch = epochOf(object[`${name}L`]);
  if (epoch !== null) return epoch;
  const value = object[name];
  if (typeof value === 'number') return epochOf(value);
  const text = textOf(value);
  return text === null ? null : (parseTextTime(text) ?? epochOf(text));
}
