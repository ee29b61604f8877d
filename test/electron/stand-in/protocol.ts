import type * as Electron from 'electron';
import { state } from './state.ts';

type Handler = (request: Request) => Response | Promise<Response>;
const handlers = new Map<string, Handler>();

/** Where the page of a custom scheme lives in the real Chromium: a secure origin that no request ever leaves. */
export const realOrigin = 'https://archive';
export const customOrigin = 'app://archive';

export function toCustom(url: string): string {
  return url.startsWith(`${realOrigin}/`) || url === realOrigin ? customOrigin + url.slice(realOrigin.length) : url;
}

export function toReal(url: string): string {
  return url.startsWith(customOrigin) ? realOrigin + url.slice(customOrigin.length) : url;
}

export async function answerCustom(url: string, method: string): Promise<Response> {
  const handler = handlers.get('app');
  if (handler === undefined) throw new Error('Nobody handles app://');
  return handler(new Request(toCustom(url), { method }));
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (state.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    state.schemes.push(...schemes.map((scheme) => scheme.scheme));
  },
  handle(scheme: string, handler: Handler): void {
    if (!state.ready) throw new Error('protocol.handle should be called after app is ready');
    if (!state.schemes.includes(scheme)) throw new Error(`${scheme} was not registered as privileged`);
    handlers.set(scheme, handler);
  },
} satisfies { registerSchemesAsPrivileged: typeof Electron.protocol.registerSchemesAsPrivileged; handle: unknown };
