/**
 * JSON with numbers that keep their spelling. LivePerson ids may have 19 digits, which no JavaScript number
 * holds; the simulated account must send them, and tests compare what arrived byte for byte.
 */
export interface RawNumber {
  readonly rawJSON: string;
}

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | RawNumber
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };
export type JsonObject = Record<string, JsonValue | undefined>;

/** `JSON.rawJSON` of the engine; the type library of ES2024 does not know it yet. */
const engine = JSON as unknown as { rawJSON(text: string): RawNumber };

/** A number written exactly as `digits`, e.g. `9007199254740993001` or `4.50`. */
export function rawNumber(digits: string): RawNumber {
  return engine.rawJSON(digits);
}

/** JSON text without blanks; members that are undefined are left out. */
export function writeJson(value: JsonValue): string {
  return JSON.stringify(value);
}

/** Parses and turns every number and boolean into a string with the same spelling (`v=1` of Messaging Interactions). */
export function scalarsToStrings(text: string): string {
  type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;
  const reviver: Reviver = (_key, value, context) =>
    typeof value === 'number' || typeof value === 'boolean' ? (context.source ?? String(value)) : value;
  return JSON.stringify(JSON.parse(text, reviver as (key: string, value: unknown) => unknown));
}
