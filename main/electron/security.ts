import type { App, Session, WebContents } from 'electron';
import type { Log } from '../archive/log.ts';
import { appOrigin, isAppUrl } from './app-origin.ts';

/** All that a page may ask of the system; everything else is denied (Electron grants everything by default). */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

function isAppOrigin(origin: string): boolean {
  return origin === appOrigin || isAppUrl(origin);
}

/** Items 5 and 11 of Electron's security checklist: permissions and devices, asked for and checked. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(granted.has(permission) && isAppOrigin(details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => granted.has(permission) && isAppOrigin(origin));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  // Only what the page itself wrote, a report; Electron asks the user where to put it.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
}

/**
 * Items 11 to 14: no webviews, no navigation away, no new windows, for every page that this app will ever create.
 * @param openLink what to do with a link to the outside
 */
export function guardContents(app: App, openLink: (url: string) => void, log: Log): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents, openLink, log));
}

function guardPage(contents: WebContents, openLink: (url: string) => void, log: Log): void {
  const stayHere = (event: { url: string; preventDefault(): void }) => {
    if (isAppUrl(event.url)) return;
    log('warn', 'navigation-refused');
    event.preventDefault();
  };
  contents.on('will-navigate', stayHere);
  contents.on('will-frame-navigate', stayHere);
  contents.on('will-redirect', stayHere);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}
