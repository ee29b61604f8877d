import type { DemoRequest, DemoResponse } from '../../../main/archive/demo/exchange.ts';
import { demoCredentials } from '../../../main/archive/demo/service.ts';
import type { DemoService } from '../../../main/archive/demo/service.ts';

/** A bare HTTP client for tests of the service itself: nothing of the app's own client is involved. */
export const origin = 'https://demo-account.test';
export const chatPath = '/interaction_history/api/account/70000001/interactions/search';
export const messagingPath = '/messaging_history/api/account/70000001/conversations';
export const hour = 3_600_000;
export const day = 24 * hour;

export function request(method: string, target: string, more: Partial<DemoRequest> = {}): DemoRequest {
  const url = new URL(target, origin);
  const question = target.indexOf('?');
  return { method, url, rawQuery: question < 0 ? '' : target.slice(question + 1), headers: {}, body: '', ...more };
}

export function tokenForm(changes: Record<string, string> = {}): string {
  const { clientId, clientSecret } = demoCredentials.oauth2;
  return new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    grant_type: 'client_credentials',
    ...changes,
  }).toString();
}

export function askToken(service: DemoService, more: Partial<DemoRequest> = {}, query = ''): DemoResponse {
  return service.handle(
    request('POST', `/sentinel/api/v2/account/70000001/app/token${query}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: tokenForm(),
      ...more,
    }),
  );
}

export function bearer(service: DemoService): string {
  return `Bearer ${(JSON.parse(askToken(service).body) as { access_token: string }).access_token}`;
}

export function post(
  service: DemoService,
  target: string,
  body: unknown,
  more: Partial<DemoRequest> = {},
): DemoResponse {
  return service.handle(
    request('POST', target, {
      headers: { authorization: bearer(service), 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...more,
    }),
  );
}

interface Page {
  _metadata: {
    count: number;
    next?: { href: string };
    prev?: { href: string };
    last?: { href: string };
    shardsStatusResult: { partialResult: boolean };
  };
  interactionHistoryRecords?: Row[];
  conversationHistoryRecords?: Row[];
}
export interface Row {
  info: Record<string, unknown>;
  [section: string]: unknown;
}

export function pageOf(response: DemoResponse): Page & { rows: Row[] } {
  const page = JSON.parse(response.body) as Page;
  return { ...page, rows: page.interactionHistoryRecords ?? page.conversationHistoryRecords ?? [] };
}
