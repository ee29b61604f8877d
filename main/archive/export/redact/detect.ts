import type { RedactionRule } from '../../../../preload/redaction-profiles.ts';
import { isCardNumber, isIban } from './check-digits.ts';
import { findNationalIds } from './national-ids.ts';

/** A stretch of a text to be hidden. `rule` found it; `reason` is what stands in its place. */
export interface Span {
  start: number;
  end: number;
  rule: string;
  reason: string;
}

/** What stands where something was hidden. */
export const marker = (reason: string) => `[REDACTED:${reason}]`;
const markers = /\[REDACTED:[^\]]*\]/gu;

/** Rules that need only the text. */
export type BuiltInRule = Exclude<RedactionRule, 'customer'>;

/** Every expression is bounded: no text, however hostile, makes it slow. */
const email = /[\p{L}\p{N}._%+'-]{1,64}(?:@|%40|&#64;|\\u0040)[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/giu;
const iban = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ \u00A0-]?[A-Z0-9]){11,30}(?![A-Za-z0-9])/giu;
const digitRun = /(?<![\p{L}\p{N}])[+(]?\d(?:[ \u00A0()./-]{0,3}\d){6,40}(?![\p{L}\p{N}])/gu;
const dateLike = /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?!\d)/u;
const addressLike = /^\d{1,3}(?:\.\d{1,3}){3}$/u;

/** What the built-in rules find in a text. */
export function findBuiltIn(text: string, rules: readonly BuiltInRule[]): Span[] {
  const spans: Span[] = [];
  const wanted = new Set(rules);
  if (wanted.has('email')) {
    for (const match of text.matchAll(email)) spans.push(spanOf(match, 'email'));
  }
  if (wanted.has('iban')) {
    for (const match of text.matchAll(iban)) {
      const length = longestEnd(match[0], isIban);
      if (length > 0) spans.push({ start: match.index, end: match.index + length, rule: 'iban', reason: 'iban' });
    }
  }
  if (wanted.has('national')) {
    for (const { start, end } of findNationalIds(text)) {
      spans.push({ start, end, rule: 'national', reason: 'national-id' });
    }
  }
  if (wanted.has('card') || wanted.has('phone')) {
    for (const match of text.matchAll(digitRun)) {
      if (wanted.has('card')) spans.push(...cardsIn(match[0], match.index));
      if (wanted.has('phone')) spans.push(...phonesIn(match, spans));
    }
  }
  return spans;
}

/** What looks like a phone number, in the parts of a run of digits that are not known to be something else. */
function phonesIn(run: RegExpMatchArray, known: readonly Span[]): Span[] {
  const start = run.index ?? 0;
  const end = start + run[0].length;
  const inside = known
    .filter((span) => span.start < end && start < span.end)
    .sort((one, other) => one.start - other.start);
  const phones: Span[] = [];
  let from = start;
  for (const edge of [...inside, { start: end, end }]) {
    const part = run[0].slice(from - start, Math.max(from, edge.start) - start);
    const phone = /[+(]?\d.*\d/su.exec(part);
    if (phone !== null && isPhone(phone[0])) {
      const at = from + phone.index;
      phones.push({ start: at, end: at + phone[0].length, rule: 'phone', reason: 'phone' });
    }
    from = Math.max(from, edge.end);
  }
  return phones;
}

const spanOf = (match: RegExpMatchArray, rule: string): Span => ({
  start: match.index ?? 0,
  end: (match.index ?? 0) + match[0].length,
  rule,
  reason: rule,
});

/** The longest beginning, cut where a group of characters ends, that a check accepts; 0 when none does. */
function longestEnd(text: string, accepts: (compact: string) => boolean): number {
  for (let end = text.length; end >= 15; end -= 1) {
    if (/[A-Za-z0-9]$/u.test(text.slice(0, end)) && accepts(text.slice(0, end).replace(/[ \u00A0-]/gu, ''))) return end;
  }
  return 0;
}

/** Card numbers among digits with separators: runs of whole groups, so that a date behind the number hides nothing. */
function cardsIn(run: string, offset: number): Span[] {
  const groups = [...run.matchAll(/\d+/gu)].map((match) => ({ start: match.index, digits: match[0] }));
  const spans: Span[] = [];
  for (let first = 0; first < groups.length; first += 1) {
    let digits = '';
    for (let last = first; last < groups.length && digits.length < 19; last += 1) {
      const group = groups[last];
      digits += group?.digits ?? '';
      if (!isCardNumber(digits)) continue;
      const start = groups[first]?.start ?? 0;
      const end = (group?.start ?? 0) + (group?.digits.length ?? 0);
      spans.push({ start: offset + start, end: offset + end, rule: 'card', reason: 'card' });
      first = last;
      break;
    }
  }
  return spans;
}

function isPhone(run: string): boolean {
  const digits = run.replace(/\D/gu, '');
  if (digits.length < 7 || digits.length > 15 || dateLike.test(run) || addressLike.test(run)) return false;
  return /^[+(0]/u.test(run) || digits.length >= 9 || /^\d{3}[-. ]\d{4}$/u.test(run);
}

/** Spans of literal texts, as whole words, whatever their case. */
export function findLiterals(
  text: string,
  literals: readonly { pattern: RegExp; rule: string; reason: string }[],
): Span[] {
  return literals.flatMap(({ pattern, rule, reason }) =>
    [...text.matchAll(pattern)].map((match) => ({ ...spanOf(match, rule), reason })),
  );
}

/** An expression that finds a literal as a whole word; scripts without blanks have no words to be whole. */
export function literalPattern(literal: string): RegExp {
  const escaped = literal
    .trim()
    .replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')
    .replace(/\s+/gu, '\\s+');
  const spaceless = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}]/u.test(literal);
  return spaceless ? new RegExp(escaped, 'giu') : new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu');
}

/** A text with markers in the place of spans. What was hidden before stays as it is. */
export function replaceSpans(text: string, spans: readonly Span[]): { text: string; applied: Span[] } {
  const before = [...text.matchAll(markers)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const kept = spans
    .filter((span) => span.end > span.start && !before.some((old) => span.start < old.end && old.start < span.end))
    .sort((one, other) => one.start - other.start || other.end - one.end);
  let written = '';
  let at = 0;
  const applied: Span[] = [];
  for (const span of kept) {
    const last = applied.at(-1);
    if (last !== undefined && span.start < last.end) {
      // Two rules over the same place: one marker over both.
      last.end = Math.max(last.end, span.end);
      at = last.end;
      continue;
    }
    written += text.slice(at, span.start) + marker(span.reason);
    at = span.end;
    applied.push({ ...span });
  }
  return { text: written + text.slice(at), applied };
}
