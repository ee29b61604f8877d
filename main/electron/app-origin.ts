/**
 * The page's own scheme and host. `new URL('app://archive/x').origin` is the text "null" in Node, so scheme and host
 * are compared; only Electron's WebFrameMain.origin gives `app://archive`.
 */
export const appScheme = 'app';
export const appOrigin = 'app://archive';
export const appPage = `${appOrigin}/`;

/** Whether an address is the app's own page or one of its files. */
export function isAppUrl(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && url.protocol === `${appScheme}:` && url.host === 'archive' && url.username === '' && url.port === ''
  );
}

/** The one kind of address that may be opened in the user's browser. */
export function isExternalLink(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
}
