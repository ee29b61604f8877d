import type { ErrorValue } from './errors.ts';

/** How every answer crosses a process border: as a value, never as an exception. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: ErrorValue };

export function succeed<T>(value: T): Reply<T> {
  return { ok: true, value };
}

export function fail(error: ErrorValue): Reply<never> {
  return { ok: false, error };
}
