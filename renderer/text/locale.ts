/** The language the page's words are written in. German comes later; the catalogue's type is ready for it. */
export const textLanguage = 'en';

/**
 * Numbers and dates follow the user's own variety of the page's language (en-US, en-GB, …). A German month name in
 * an English sentence would help nobody, so other languages fall back to British English, which writes 14 Mar 2026.
 */
export const formatLocale =
  navigator.languages.find((tag) => tag.split('-')[0] === textLanguage && tag.includes('-')) ?? 'en-GB';

const plain = new Intl.NumberFormat(formatLocale);

export function formatNumber(value: number): string {
  return plain.format(value);
}
