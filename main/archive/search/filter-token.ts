import { foldText } from './fold.ts';

/**
 * Filters are tokens of the index like words, so that a filter costs as little as a word. They start with a
 * private-use character that folded text never holds, hence no word can be taken for a filter.
 */
const filterStart = '\uE000';
/** Stands for one character that the tokenizer would split at; keeps prefixes of values prefixes of tokens. */
const escapeBase = 0xe100;
/** FTS5 stores tokens whole: a hostile value must not make one of a megabyte. */
const longestValue = 200;

/** Where `customer:` looks: what visitor, email and phone have is not put into the index as customer once more. */
export function fieldsToAsk(field: string): readonly string[] {
  return field === 'customer' ? customerFields : [field];
}

const customerFields = ['customer', 'visitor', 'email', 'phone'];

/** Every conversation has this token: what "everything but …" starts from. */
export const everyConversation = `${filterStart}all`;

const separators = /[\0-/:-@[-`{-\x7f]/gu;

/** Values compare like words do: ignoring case, accents, and how many blanks stand where. */
export function normaliseFilterValue(value: string): string {
  const folded = foldText(value);
  return unevenBlanks.test(folded) ? folded.replace(/\s+/gu, ' ').trim() : folded;
}

const unevenBlanks = /^\s|\s$|\s\s|[^\S ]/u;

/** The first so many characters; most values are shorter anyway. */
function shortened(text: string): string {
  return text.length <= longestValue ? text : Array.from(text).slice(0, longestValue).join('');
}

const separator = /[\0-/:-@[-`{-\x7f]/u;

function encode(text: string): string {
  if (!separator.test(text)) return text;
  return text.replace(separators, (character) => String.fromCharCode(escapeBase + character.charCodeAt(0)));
}

/** Most values come again with every other conversation; those that do not make room for them again. */
const remembered = new Map<string, string>();
const mostRemembered = 20_000;

/**
 * The index token of one filter value, e.g. `agent` + `Tomas Brandt`.
 * @param field a name of letters and dots, e.g. `agent`, `has`, `csat`.
 */
export function filterToken(field: string, value: string): string {
  const key = `${field}\0${value}`;
  let token = remembered.get(key);
  if (token !== undefined) return token;
  const normal = shortened(normaliseFilterValue(value));
  token = `${filterStart}${encode(field)}${String.fromCharCode(escapeBase)}${encode(normal)}`;
  if (remembered.size >= mostRemembered) remembered.clear();
  if (value.length <= longestValue) remembered.set(key, token);
  return token;
}
