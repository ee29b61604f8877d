import { ArchiveError } from '../../preload/errors.ts';

const dayMs = 86_400_000;

/**
 * Reads a date option: `2026-03-04`, `2026-03`, `2026`, `-30d`, or an ISO 8601 instant. UTC.
 * @param end true for `--until`: the last millisecond that the text names instead of the first.
 * @throws ArchiveError invalid-input
 */
export function readDate(option: string, text: string, now: number, end = false): number {
  const relative = /^-(\d{1,5})d$/u.exec(text);
  if (relative !== null) return now - Number(relative[1]) * dayMs;
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/u.exec(text);
  if (parts !== null) {
    const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)];
    const first = Date.UTC(year, month - 1, day);
    const real = new Date(first);
    if (real.getUTCMonth() === month - 1 && real.getUTCDate() === day) {
      return end ? endOf(parts, year, month, day) : first;
    }
  }
  const instant = /^\d{4}-\d{2}-\d{2}T/u.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw new ArchiveError('invalid-input', `${option} is not a date: ${text}`, {
    hint: 'Write 2026-03-04, 2026-03, -30d or an ISO 8601 time.',
  });
}

function endOf(parts: RegExpExecArray, year: number, month: number, day: number): number {
  if (parts[3] !== undefined) return Date.UTC(year, month - 1, day + 1) - 1;
  return (parts[2] === undefined ? Date.UTC(year + 1, 0, 1) : Date.UTC(year, month, 1)) - 1;
}

/** Reads `--as-known-on`: a date means its last millisecond, an instant itself. @throws ArchiveError invalid-input */
export function readAsKnownOn(text: string | undefined): { asKnownOn?: number } {
  return text === undefined ? {} : { asKnownOn: readDate('--as-known-on', text, Date.now(), true) };
}
