/**
 * How text becomes index tokens. One implementation serves ingest, queries and highlighting, so that what is
 * indexed, what is asked and what is marked can never disagree. FTS5's `ascii` tokenizer does the final split:
 * it takes every non-ASCII character as part of a word, so that only this file decides about Unicode
 * (docs/decisions/0008).
 */

/** Scripts written without spaces between words: each character becomes a token, any substring can be found. */
const unspacedScript =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\p{scx=Yi}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}\p{scx=Javanese}\p{scx=Balinese}]/u;
const emoji = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
const wordCharacter = /[\p{L}\p{N}]/u;
const decimalDigit = /\p{Nd}/u;
const mark = /\p{M}/u;
const nonAscii = /[^\0-\x7f]/u;
const nonAsciiRuns = /[^\0-\x7f]+/gu;

/**
 * Marks that readers count as accents or optional vowel points: Latin, Greek, Cyrillic, Hebrew, Arabic. Marks of
 * other scripts (Devanagari vowels, Thai tones) carry meaning and stay.
 */
const accents =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f]/gu;

/** Joiners, soft hyphens, direction marks and the Arabic stretching stroke: written, but not part of any word. */
const invisible = /[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;

/** Private-use characters are the index's own vocabulary (filter tokens, separators): user text may not hold any. */
const privateUse = /\p{Co}/u;

/** Letters that Unicode does not take apart, but that people type without their stroke, dot or tie. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ħ: 'h',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
  ی: 'ي',
  ک: 'ك',
};

/** Stands between two messages, so that no phrase runs from one into the next. */
export const messageSeparator = '\uE001';

/** What composes with the character before it under NFC: marks, and the vowels and finals of Hangul. */
const composing = /[\p{M}\u1160-\u11ff]/u;

const folded = new Map<string, string>();
/** Enough for every script in daily use; a hostile text must not grow the table without end. */
const largestTable = 70_000;

/** One code point of NFC text as it goes into the index: '' when it is dropped, with blanks where tokens part. */
function foldCodePoint(character: string): string {
  const known = folded.get(character);
  if (known !== undefined) return known;
  const result = computeFold(character);
  if (folded.size < largestTable) folded.set(character, result);
  return result;
}

function computeFold(character: string): string {
  if (invisible.test(character)) return '';
  if (isEmoji(character)) return ` ${character} `;
  if (!wordCharacter.test(character) && !mark.test(character)) return ' ';
  const plain = character.toLowerCase().normalize('NFKD').replace(accents, '').normalize('NFC');
  let result = '';
  for (const part of plain) {
    const letter = plainLetters[part] ?? part;
    if (privateUse.test(letter)) result += ' ';
    else if (decimalDigit.test(letter)) result += digitValue(letter);
    else if (!wordCharacter.test(letter) && !mark.test(letter)) result += ' ';
    // Marks of these scripts, too: somebody may type a Thai word up to the vowel but not the tone.
    else result += unspacedScript.test(letter) ? ` ${letter} ` : letter;
  }
  return result;
}

/** Signs that Unicode counts among emoji, but that stand in running text: ©, ®, ™, ‼ part words and are no words. */
function isEmoji(character: string): boolean {
  return emoji.test(character) && (character.codePointAt(0) ?? 0) >= 0x2190;
}

/** The ASCII digit of any script's digit: each script has its ten in a row. */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && decimalDigit.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

function foldRun(run: string): string {
  let result = '';
  for (const character of run) result += foldCodePoint(character);
  return result;
}

/**
 * The text as the index wants it: lower case, without accents, tokens parted by anything that is not a word
 * character. ASCII punctuation is left to the tokenizer, which splits at it.
 */
export function foldText(text: string): string {
  if (!nonAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFC')
    .replace(nonAsciiRuns, foldRun)
    .replace(/[A-Z]+/gu, (letters) => letters.toLowerCase());
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

const asciiTokenWithPlace = /[a-z0-9]+/giu;

/** Like `tokensOf`, with the place of each token in the original text, for highlighting. */
export function locateTokens(text: string): Token[] {
  const tokens: Token[] = [];
  if (!nonAscii.test(text)) {
    for (const found of text.matchAll(asciiTokenWithPlace)) {
      tokens.push({ text: found[0].toLowerCase(), start: found.index, end: found.index + found[0].length });
    }
    return tokens;
  }
  let current: Token | null = null;
  for (const { cluster, start } of composing.test(text) ? clusters(text) : codePoints(text)) {
    const end = start + cluster.length;
    const piece = cluster.length > 2 ? foldText(cluster) : foldOne(cluster);
    for (let unit = 0; unit < piece.length; unit += 1) {
      if (!isTokenUnit(piece.charCodeAt(unit))) {
        current = null;
        continue;
      }
      if (current === null) {
        current = { text: '', start, end };
        tokens.push(current);
      }
      current.text += piece.charAt(unit);
      current.end = end;
    }
  }
  return tokens;
}

/** Folds one code point, or a character with one mark. */
function foldOne(cluster: string): string {
  const code = cluster.codePointAt(0) ?? 0;
  const length = code > 0xffff ? 2 : 1;
  if (cluster.length > length) return foldText(cluster);
  return code < 0x80 ? cluster.toLowerCase() : foldCodePoint(cluster);
}

/** What the `ascii` tokenizer takes as part of a token, in text that is lower case already. */
function isTokenUnit(code: number): boolean {
  return code > 0x7f || (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

interface Cluster {
  cluster: string;
  start: number;
}

function* codePoints(text: string): Generator<Cluster> {
  let start = 0;
  for (const cluster of text) {
    yield { cluster, start };
    start += cluster.length;
  }
}

/** Runs of characters that normalisation may join: folding them one by one gives what folding the whole gives. */
function* clusters(text: string): Generator<Cluster> {
  let cluster = '';
  let start = 0;
  let position = 0;
  for (const character of text) {
    if (cluster !== '' && !(character > '\x7f' && composing.test(character))) {
      yield { cluster, start };
      start = position;
      cluster = '';
    }
    cluster += character;
    position += character.length;
  }
  if (cluster !== '') yield { cluster, start };
}
