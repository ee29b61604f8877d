import { isoTime } from '../../preload/public-json.ts';

const timeKeys: ReadonlySet<string> = new Set(['at', 'createdAt', 'addedAt', 'seenAt']);

/** The same with its times as ISO 8601 UTC, for JSON output. Lists and objects inside are treated alike. */
export function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoTimes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'number' && timeKeys.has(key) ? isoTime(inner) : withIsoTimes(inner),
    ]),
  );
}
