/** What a start asks for: options of the command line, or a deep link that the system hands over. */
export interface Launch {
  archive?: string;
  demo: boolean;
  allowUnprotectedSecrets: boolean;
  /** Place in the page, e.g. `/search?q=refund`; empty: where the user was. */
  hash: string;
}

export const deepLinkScheme = 'transcript-archive';
const longestHash = 4096;

/**
 * Reads a command line. Chromium's own switches stand between ours, and a second instance's argv is reordered, so
 * unknown words are passed over and each option is one word.
 */
export function readLaunch(argv: readonly string[]): Launch {
  const launch: Launch = { demo: false, allowUnprotectedSecrets: false, hash: '' };
  for (const word of argv.slice(1)) {
    if (word === '--demo') launch.demo = true;
    else if (word === '--allow-unprotected-secrets') launch.allowUnprotectedSecrets = true;
    else if (word.startsWith('--archive=')) launch.archive = word.slice('--archive='.length);
    else if (word.startsWith(`${deepLinkScheme}:`)) launch.hash = readDeepLink(word) ?? launch.hash;
  }
  return launch;
}

/**
 * `transcript-archive://open/search?q=refund` → `/search?q=refund`. Anyone can make a user follow such a link, so it
 * can only choose what is shown, and anything unusual is refused.
 * @returns null when it is not one of ours
 */
export function readDeepLink(text: string): string | null {
  const url = text.length > longestHash ? null : URL.parse(text);
  if (url === null || url.protocol !== `${deepLinkScheme}:` || url.host !== 'open') return null;
  if (!/^\/(?:search|coverage|settings)$/u.test(url.pathname)) return null;
  return `${url.pathname}${url.search}`;
}
