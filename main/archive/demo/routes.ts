import { decodeSegment } from './exchange.ts';
import type { FaultPlace } from './faults.ts';

export type RouteName =
  | 'domain'
  | 'token'
  | 'key-set'
  | 'chat-search'
  | 'messaging-search'
  | 'messaging-by-conversation'
  | 'messaging-by-consumer';

export interface Route {
  name: RouteName;
  method: string;
  place: FaultPlace;
  accountId: string;
}

interface RouteRule {
  name: RouteName;
  method: string;
  place: FaultPlace;
  pattern: RegExp;
}

const messaging = '^/messaging_history/api/account/([^/]+)/conversations';

const rules: readonly RouteRule[] = [
  { name: 'token', method: 'POST', place: 'token', pattern: /^\/sentinel\/api\/v2\/account\/([^/]+)\/app\/token$/u },
  { name: 'key-set', method: 'GET', place: 'token', pattern: /^\/sentinel\/well-known\/jwks()$/u },
  {
    name: 'chat-search',
    method: 'POST',
    place: 'history',
    pattern: /^\/interaction_history\/api\/account\/([^/]+)\/interactions\/search$/u,
  },
  { name: 'messaging-search', method: 'POST', place: 'history', pattern: new RegExp(`${messaging}/search$`, 'u') },
  {
    name: 'messaging-by-conversation',
    method: 'POST',
    place: 'history',
    pattern: new RegExp(`${messaging}/conversation/search$`, 'u'),
  },
  {
    name: 'messaging-by-consumer',
    method: 'POST',
    place: 'history',
    pattern: new RegExp(`${messaging}/consumer/search$`, 'u'),
  },
];

/** Exact paths only: the real service does not guess either. */
export function matchRoute(path: string): Route | null {
  for (const { name, method, place, pattern } of rules) {
    const match = pattern.exec(path);
    if (match !== null) return { name, method, place, accountId: decodeSegment(match[1] ?? '') };
  }
  return null;
}
