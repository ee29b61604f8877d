import type { CustomScheme } from 'electron';
import type { StaticFiles } from '../host/static-files.ts';
import { appScheme, isAppUrl } from './app-origin.ts';

/** Registered once, before the app is ready. Without `supportFetchAPI`, the page could not fetch its own files. */
export const appSchemes: CustomScheme[] = [
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
];

/** Answers `app://archive/…` from the built page, with the same headers as the web host. */
export function createAppHandler(files: StaticFiles): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' || !isAppUrl(request.url)) return new Response(null, { status: 404 });
    const { status, headers, body } = await files.get(new URL(request.url).pathname);
    return new Response(new Uint8Array(body), { status, headers });
  };
}
