/** As `chooseLanguage` has set it before this module was loaded; tests without a page read English. */
const pageLanguage = typeof document === 'undefined' ? 'en' : document.documentElement.lang;

/** The language the page's words are written in. The pseudo-locale's are English underneath. */
export const textLanguage = pageLanguage === 'de' ? 'de' : 'en';

/**
 * Numbers and dates follow the user's own variety of the page's language (en-US, en-GB, de-AT, …). A German month name
 * in an English sentence would help nobody, so that other languages fall back to British English, which writes 14 Mar 2026.
 */
export const formatLocale =
  navigator.languages.find((tag) => tag.split('-')[0] === textLanguage && tag.includes('-')) ??
  (textLanguage === 'de' ? 'de-DE' : 'en-GB');

/** For the parts that turn round with the direction of writing. */
export const layoutLocale = pageLanguage === 'ar-XB' ? 'ar' : formatLocale;

const plain = new Intl.NumberFormat(formatLocale);

export function formatNumber(value: number): string {
  return plain.format(value);
}
