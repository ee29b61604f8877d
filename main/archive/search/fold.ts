/**
 * How text becomes index tokens. One implementation serves ingest, queries and highlighting, so that what is
 * indexed, what is asked and what is marked can never disagree. FTS5's `ascii` tokenizer does the final split:
 * it takes every non-ASCII character as part of a word, so that only this file decides about Unicode
 * (docs/decisions/0008).
 */

/** Scripts written without spaces between words: each character becomes a token, any substring can be found. */
const unspacedScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
const wordCharacter = /[\p{L}\p{N}]/u;
const mark = /\p{M}/u;
const nonAscii = /[^\0-\x7f]/u;

/**
 * Marks that readers count as accents or optional vowel points: Latin, Greek, Cyrillic, Hebrew, Arabic. Marks of
 * other scripts (Devanagari vowels, Thai tones) carry meaning and stay.
 */
const accent =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f]/u;
const accents = new RegExp(accent.source, 'gu');

/** Private-use characters are the index's own vocabulary (filter tokens, separators): user text may not hold any. */
const privateUse = /\p{Co}/u;

/** Stands between two messages, so that no phrase runs from one into the next. */
export const messageSeparator = '\uE001';

function foldCharacters(text: string): string {
  return text.toLowerCase().normalize('NFKD').replace(accents, '').replaceAll('ς', 'σ').normalize('NFC');
}

const folded = new Map<string, string>();

/** One code point as it goes into the index: '' when it is dropped, with blanks where tokens must part. */
function foldCodePoint(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  let result = '';
  for (const part of foldCharacters(character)) {
    if (privateUse.test(part)) result += ' ';
    else if (unspacedScript.test(part) || emoji.test(part)) result += mark.test(part) ? part : ` ${part} `;
    else if (wordCharacter.test(part) || mark.test(part)) result += part;
    else if (part === '\u200d' || part === '\u200c' || part === '\u00ad') continue;
    else result += ' ';
  }
  if (folded.size < 70_000) folded.set(character, result);
  return result;
}

/**
 * The text as the index wants it: lower case, without accents, tokens parted by anything that is not a word
 * character. ASCII text is left to the tokenizer, which treats it the same way.
 */
export function foldText(text: string): string {
  if (!nonAscii.test(text)) return text.toLowerCase();
  let result = '';
  for (const character of text.normalize('NFC')) {
    result += character <= '\x7f' ? character.toLowerCase() : foldCodePoint(character);
  }
  return result;
}

const asciiToken = /[^\0-/:-@[-`{-\x7f]+/gu;

/** The tokens of a text, in order, as FTS5's `ascii` tokenizer would split the folded text. */
export function tokensOf(text: string): string[] {
  return foldText(text).match(asciiToken) ?? [];
}

/** One token and the half-open range of UTF-16 units of the text that it came from. */
export interface Token {
  text: string;
  start: number;
  end: number;
}

/** Like `tokensOf`, with the place of each token in the original text, for highlighting. */
export function locateTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let current: Token | null = null;
  let position = 0;
  for (const character of text) {
    const from = position;
    position += character.length;
    const piece = character <= '\x7f' ? character.toLowerCase() : foldCodePoint(character);
    for (const unit of piece) {
      if (unit <= '\x7f' && !/[a-z0-9]/u.test(unit)) {
        current = null;
        continue;
      }
      if (current === null) {
        current = { text: '', start: from, end: position };
        tokens.push(current);
      }
      current.text += unit;
      current.end = position;
    }
  }
  return tokens;
}
