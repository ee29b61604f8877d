/**
 * Where the user was, so that a reload or a step aside comes back to it. Losing it costs nothing: a storage that refuses
 * is no error.
 */
const name = (key: string) => `transcript-archive.${key}`;

/** For this window only. */
export function rememberHere(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(name(key), JSON.stringify(value));
  } catch {
    // Forgotten with the page.
  }
}

export function rememberedHere(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(name(key)) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

const lastSearch = name('last-search');

/** The search screen's address, for the next start too. */
export function rememberSearch(href: string): void {
  try {
    localStorage.setItem(lastSearch, href);
  } catch {
    // The next start begins with all conversations.
  }
}

export function rememberedSearch(): string {
  try {
    const href = localStorage.getItem(lastSearch) ?? '';
    return /^\/search(\?|$)/u.test(href) ? href : '/search';
  } catch {
    return '/search';
  }
}
