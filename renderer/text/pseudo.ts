import { en } from './en.ts';
import type { Catalogue } from './text.ts';

const accented: Readonly<Record<string, string>> = { a: 'á', e: 'ë', i: 'ï', o: 'ô', u: 'û', n: 'ñ', s: 'š', c: 'ç' };

/** A third longer, with accents, between brackets: what was not taken from the catalogue shows at once. */
function pseudo(sentence: string): string {
  const longer = sentence.replaceAll(/\{\w+\}|[a-z]/gu, (part) => accented[part] ?? part);
  return `⟦${longer}${' ~'.repeat(Math.ceil(sentence.length / 6))}⟧`;
}

/** English made long and strange, for looking at layouts in a language that nobody has translated yet. */
export function pseudoCatalogue(): Catalogue {
  const entries = Object.entries(en).map(([key, entry]) => [
    key,
    typeof entry === 'string' ? pseudo(entry) : { one: pseudo(entry.one), other: pseudo(entry.other) },
  ]);
  return Object.fromEntries(entries) as Catalogue;
}
