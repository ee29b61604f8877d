import type { Bridge } from '../../preload/bridge.ts';

/** What the page's words are written in. `ar-XB` is the pseudo-locale for tests: long, and from right to left. */
type Language = 'en' | 'de' | 'ar-XB';

/**
 * Decides the language once, before any other module of the page is loaded: words and formats are fixed from then on,
 * and choosing another language loads the page again. Catalogues other than English are fetched only when wanted.
 */
export async function chooseLanguage(bridge: Bridge): Promise<void> {
  const reply = await bridge.call('settings.get', {}, crypto.randomUUID());
  const chosen = reply.ok ? reply.value.language : 'system';
  const language = chosen === 'system' ? systemLanguage(navigator.languages) : chosen;
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar-XB' ? 'rtl' : 'ltr';
  if (language === 'en') return;
  const [{ setCatalogue }, catalogue] = await Promise.all([import('./text.ts'), load(language)]);
  setCatalogue(catalogue);
}

async function load(language: Exclude<Language, 'en'>) {
  if (language === 'de') return (await import('./de.ts')).de;
  return (await import('./pseudo.ts')).pseudoCatalogue();
}

/** The first of the user's languages that the page speaks. */
function systemLanguage(wanted: readonly string[]): Language {
  if (wanted[0] === 'ar-XB') return 'ar-XB';
  for (const tag of wanted) {
    const language = tag.split('-')[0];
    if (language === 'en' || language === 'de') return language;
  }
  return 'en';
}
