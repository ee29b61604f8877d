import type { NumberRange } from './query-tree.ts';
import { filterToken } from './filter-token.ts';

/**
 * Numbers as index tokens, so that `csat:<=2` or `duration:10m..1h` costs a few words and not a scan.
 *
 * A value is turned into a whole number, written with base-32 digits, and indexed by each of its beginnings:
 * 1200 = `159` gives `3:1`, `3:15` and `3:159` (3 digits), and `3:`. A range is then a handful of such beginnings.
 * Values between two whole units are told from whole ones by a half step, so that comparisons with whole units,
 * which is what people ask, are exact. Others are settled on the stored value (see `exact`).
 */
const base = 32;
const mostDigits = 10;

/** Fields that count milliseconds, and are asked for in seconds. */
function isTime(field: string): boolean {
  return field === 'duration' || field === 'waiting';
}

/** How a field's values become whole numbers: in units of so much, with or without half steps between. */
function stepsOf(field: string, value: number): number {
  const unit = isTime(field) ? 1000 : 1;
  const whole = Math.floor(value / unit);
  if (field === 'messages') return whole;
  return 2 * whole + (whole * unit === value ? 0 : 1);
}

/** Whether a bound of a query falls on a whole unit, where comparisons by steps are exact. */
function isWhole(field: string, bound: number): boolean {
  return Number.isInteger(isTime(field) ? bound / 1000 : bound);
}

const largest = base ** mostDigits - 1;
const token = (field: string, negative: boolean, length: number, digits: string) =>
  filterToken(field, `${negative ? 'm' : 'p'}${length.toString(base)}${digits}`);

/** The tokens of one value. */
export function numberTokens(field: string, value: number): string[] {
  const steps = clamp(stepsOf(field, value));
  const digits = Math.abs(steps).toString(base);
  const tokens: string[] = [];
  // With one digit, a range names each value: the token for "any of one digit" would only cost space.
  for (let length = digits.length === 1 ? 1 : 0; length <= digits.length; length += 1) {
    tokens.push(token(field, steps < 0, digits.length, digits.slice(0, length)));
  }
  return tokens;
}

function clamp(steps: number): number {
  return Math.max(-largest, Math.min(largest, steps));
}

export interface NumberTerms {
  /** A value has one of these exactly when it lies in the range (see `exact`). */
  tokens: string[];
  /** False when an end of the range lies between two whole units: then `mode` says on which side tokens err. */
  exact: boolean;
}

/**
 * The tokens that stand for a range.
 * @param mode `over`: all values of the range and perhaps some at its ends; `under`: none but values of the range.
 */
export function rangeTokens(field: string, range: NumberRange, mode: 'over' | 'under'): NumberTerms {
  const { low, high } = range;
  const exact =
    field === 'messages' || ((low === null || isWhole(field, low)) && (high === null || isWhole(field, high)));
  const from = low === null ? -largest : lowest(field, low, range.lowOpen, mode);
  const to = high === null ? largest : highest(field, high, range.highOpen, mode);
  const tokens: string[] = [];
  if (from < 0) cover(field, true, Math.max(1, -to), -from, tokens);
  if (to >= 0) cover(field, false, Math.max(0, from), to, tokens);
  return { tokens, exact };
}

function lowest(field: string, bound: number, open: boolean, mode: 'over' | 'under'): number {
  const steps = stepsOf(field, bound);
  if (isWhole(field, bound)) return clamp(open ? steps + 1 : steps);
  return clamp(mode === 'over' && field !== 'messages' ? steps : steps + 1);
}

function highest(field: string, bound: number, open: boolean, mode: 'over' | 'under'): number {
  const steps = stepsOf(field, bound);
  if (isWhole(field, bound)) return clamp(open ? steps - 1 : steps);
  return clamp(mode === 'over' || field === 'messages' ? steps : steps - 1);
}

/** Beginnings that together cover low … high, widest first where they fit. */
function cover(field: string, negative: boolean, low: number, high: number, into: string[]): void {
  for (let length = 1; length <= mostDigits; length += 1) {
    const first = length === 1 ? 0 : base ** (length - 1);
    const last = base ** length - 1;
    let from = Math.max(low, first);
    const to = Math.min(high, last);
    if (from > to) continue;
    if (from === first && to === last && length > 1) {
      into.push(token(field, negative, length, ''));
      continue;
    }
    while (from <= to) {
      let size = 1;
      let kept = length;
      while (kept > 1 && from % (size * base) === 0 && from + size * base - 1 <= to) {
        size *= base;
        kept -= 1;
      }
      into.push(token(field, negative, length, from.toString(base).slice(0, kept)));
      from += size;
    }
  }
}

/** Whether a value lies in a range, told from the value itself. */
export function inRange(value: number | null, range: NumberRange): boolean {
  if (value === null) return false;
  if (range.low !== null && (range.lowOpen ? value <= range.low : value < range.low)) return false;
  return range.high === null || (range.highOpen ? value < range.high : value <= range.high);
}
