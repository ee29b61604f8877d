import { hitEnd, hitStart } from '../../../preload/model.ts';
import type { TextRange } from './marks.ts';

/** UTF-16 units of text around the first hit of a message. */
const snippetLength = 180;
const before = 50;
const previewLength = 160;

/** Hits are marked with these two characters: a text that holds them must not fake a hit. */
const markCharacters = /[\uE000\uE001]/gu;

/** A piece of a message around its first hits, each hit between `hitStart` and `hitEnd`. */
export function snippet(text: string, marks: readonly TextRange[]): string {
  const first = marks[0]?.start ?? 0;
  const length = Math.max(snippetLength, (marks[0]?.end ?? 0) - first);
  const from =
    text.length <= length ? 0 : wordStart(text, Math.max(0, Math.min(first - before, text.length - length)), first);
  const to = wordEnd(text, Math.min(text.length, from + length));
  let result = from > 0 ? '…' : '';
  let position = from;
  for (const { start, end } of marks) {
    if (start >= to) break;
    if (start < position) continue;
    result += plain(text.slice(position, start)) + hitStart + plain(text.slice(start, Math.min(end, to))) + hitEnd;
    position = Math.min(end, to);
  }
  result += plain(text.slice(position, to));
  return to < text.length ? `${result}…` : result;
}

/** The start of a text, for rows that no word of the query matched. */
export function preview(text: string): string {
  const to = wordEnd(text, Math.min(text.length, previewLength));
  return plain(text.slice(0, to)) + (to < text.length ? '…' : '');
}

const uneven = /[\uE000\uE001]|\s\s|[^\S ]/u;

function plain(text: string): string {
  if (!uneven.test(text)) return text;
  return text.replace(markCharacters, ' ').replace(/\s+/gu, ' ');
}

/** Moves on to the start of a word, but not past `limit`; never into the middle of a character. */
function wordStart(text: string, from: number, limit: number): number {
  if (from === 0) return 0;
  const blank = text.slice(from, Math.min(limit, from + 20)).search(/\s/u);
  const start = blank < 0 ? from : from + blank + 1;
  return isLowSurrogate(text, start) ? start + 1 : start;
}

function wordEnd(text: string, to: number): number {
  if (to >= text.length) return text.length;
  const blank = text.slice(Math.max(0, to - 20), to).lastIndexOf(' ');
  const end = blank < 0 ? to : Math.max(0, to - 20) + blank;
  return isLowSurrogate(text, end) ? end - 1 : end;
}

function isLowSurrogate(text: string, position: number): boolean {
  const unit = text.charCodeAt(position);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
