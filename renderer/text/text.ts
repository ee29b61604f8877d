import { en } from './en.ts';
import { formatNumber, textLanguage } from './locale.ts';

/** A sentence, or one per plural form that the language tells apart (`other` is always there). */
export type Plural = { readonly one: string; readonly other: string };
export type TextKey = keyof typeof en;
/**
 * What a translation fills: every key of a part of the catalogue, and plural forms where English has them.
 */
export type Translation<Part> = {
  readonly [K in keyof Part]: Part[K] extends string ? string : Partial<Plural> & Pick<Plural, 'other'>;
};
export type Catalogue = Translation<typeof en>;

let catalogue: Catalogue = en;

/** Puts another language in the place of English, before the first word is asked for. */
export function setCatalogue(other: Catalogue): void {
  catalogue = other;
}

type NamesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type SentenceOf<K extends TextKey> = (typeof en)[K] extends string
  ? (typeof en)[K]
  : (typeof en)[K] extends Plural
    ? (typeof en)[K]['other']
    : never;
type NamesOf<K extends TextKey> = NamesIn<SentenceOf<K>> | ((typeof en)[K] extends string ? never : 'count');
type ValuesOf<K extends TextKey> = {
  readonly [Name in NamesOf<K>]: Name extends 'count' ? number : string | number;
};
type Arguments<K extends TextKey> = [NamesOf<K>] extends [never] ? [] : [values: ValuesOf<K>];

const pluralRules = new Intl.PluralRules(textLanguage);

/** The words for a key; numbers among the values are written in the user's locale, `count` picks the plural form. */
export function t<K extends TextKey>(key: K, ...[values]: Arguments<K>): string {
  const entry: string | (Partial<Plural> & Pick<Plural, 'other'>) = catalogue[key];
  const given: Readonly<Record<string, string | number>> = values ?? {};
  let sentence: string;
  if (typeof entry === 'string') sentence = entry;
  else sentence = (pluralRules.select(Number(given['count'])) === 'one' ? entry.one : undefined) ?? entry.other;
  return sentence.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = given[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? formatNumber(value) : value;
  });
}
