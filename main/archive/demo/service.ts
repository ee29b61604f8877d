import type { DemoAddress } from '../../../preload/engine-protocol.ts';
import type { Source } from '../../../preload/model.ts';
import { createDemoWorld } from './demo-world.ts';
import { answerDomain, isDomainPath } from './domain-api.ts';
import { Refusal, jsonResponse } from './exchange.ts';
import type { DemoRequest, DemoResponse } from './exchange.ts';
import { createFaults } from './faults.ts';
import type { FaultPlace, Faults } from './faults.ts';
import { createHistoryApi } from './history-api.ts';
import { startServer } from './http-server.ts';
import type { TlsOptions } from './http-server.ts';
import { createOAuth1Verifier } from './oauth1-verify.ts';
import { matchRoute } from './routes.ts';
import type { Route, RouteName } from './routes.ts';
import { createTokenService } from './token-service.ts';
import type { World } from './world.ts';

/** Public on purpose: they open nothing but invented data on this machine. */
export const demoCredentials: Pick<DemoAddress, 'accountId' | 'oauth2' | 'oauth1'> = {
  accountId: '70000001',
  oauth2: {
    type: 'oauth2',
    clientId: '5f0c1d2e-demo-4acc-8e55-70000001app1',
    clientSecret: 'demo secret/with+signs=&so it must be encoded',
  },
  oauth1: {
    type: 'oauth1',
    consumerKey: 'demo0app0key0of070000001',
    consumerSecret: 'demo0app0secret',
    token: 'demo0access0token',
    tokenSecret: 'demo0token&secret=1',
  },
};

export interface ServiceOptions {
  now?: () => number;
  world?: World;
  faults?: Faults;
}

/** Requests answered so far. */
interface ServiceStats {
  total: number;
  byRoute: Partial<Record<RouteName, number>>;
  byStatus: Record<number, number>;
  reset(): void;
}

/** The simulated LivePerson of one account, without any transport. */
export interface DemoService {
  readonly world: World;
  readonly faults: Faults;
  readonly stats: ServiceStats;
  /** `host:port` that the Domain API names; set by whoever carries the requests. */
  host: string;
  now(): number;
  handle(request: DemoRequest): DemoResponse;
  everShownAsFinal(): ReadonlySet<string>;
  /** Tokens issued so far are refused from now on. */
  revokeTokens(): void;
}

/** Builds the service. The world is the demo company's unless another is given. */
export function createDemoService(options: ServiceOptions = {}): DemoService {
  const clock = options.now ?? Date.now;
  const faults = options.faults ?? createFaults();
  const world = options.world ?? createDemoWorld({ now: clock() });
  const tokens = createTokenService(world.accountId, demoCredentials.oauth2);
  const oauth1 = createOAuth1Verifier(demoCredentials.oauth1);
  const history = createHistoryApi(world, faults);
  const stats = createStats();
  const serviceNow = () => clock() + faults.switches.clockSkewMs;

  const authorize = (request: DemoRequest) => {
    const header = request.headers['authorization'] ?? '';
    const bearer = /^Bearer ([^\s]+)$/u.exec(header)?.[1];
    if (bearer !== undefined) tokens.verify(bearer, serviceNow());
    else if (/^OAuth\s/iu.test(header)) oauth1.verify(request, header, serviceNow());
    else throw new Refusal(401, 'Authorization is required.', { headers: { 'www-authenticate': 'Bearer, OAuth' } });
  };
  const authorizeHistory = (request: DemoRequest, route: Route, source: Source) => {
    if (faults.switches.moved) throw new Refusal(404, 'Nothing is here any more.');
    authorize(request);
    if (route.accountId !== world.accountId) throw new Refusal(401, 'These credentials are for another site.');
    if (faults.strikes('unauthorised', 'history')) throw new Refusal(401, 'Not authorised.');
    if (faults.switches.revokedPermission.includes(source) || faults.strikes('forbidden', 'history')) {
      throw new Refusal(403, 'The application may not use this API.');
    }
  };
  const answers: Record<RouteName, (request: DemoRequest, route: Route) => DemoResponse> = {
    domain(request) {
      faults.set({ moved: false });
      return answerDomain(request, {
        accountId: world.accountId,
        host: service.host,
        shape: faults.switches.domainShape,
      });
    },
    token(request, route) {
      if (route.accountId !== world.accountId)
        throw new Refusal(401, 'Unknown site.', { body: { error: 'invalid_client' } });
      const { expiredSecret, tokenWithExpiresIn } = faults.switches;
      return tokens.issue(request, { now: serviceNow(), expiredSecret, withExpiresIn: tokenWithExpiresIn });
    },
    'key-set': () => tokens.keySet(),
    'chat-search'(request, route) {
      authorizeHistory(request, route, 'chat');
      return history.chatSearch(request, clock());
    },
    'messaging-search'(request, route) {
      authorizeHistory(request, route, 'messaging');
      return history.messagingSearch(request, clock());
    },
    'messaging-by-conversation'(request, route) {
      authorizeHistory(request, route, 'messaging');
      return history.byConversation(request, clock());
    },
    'messaging-by-consumer'(request, route) {
      authorizeHistory(request, route, 'messaging');
      return history.byConsumer(request, clock());
    },
  };
  const answer = (request: DemoRequest): DemoResponse => {
    const route = isDomainPath(request.url.pathname)
      ? { name: 'domain' as const, method: 'GET', place: 'domain' as const, accountId: '' }
      : matchRoute(request.url.pathname);
    if (route === null) throw new Refusal(404, 'There is no such path.');
    stats.byRoute[route.name] = (stats.byRoute[route.name] ?? 0) + 1;
    const failed = failingAnswer(faults, route.place);
    if (failed !== null) return failed;
    if (request.method !== route.method) {
      throw new Refusal(405, `Only ${route.method} is allowed here.`, { headers: { allow: route.method } });
    }
    return answers[route.name](request, route);
  };

  const service: DemoService = {
    world,
    faults,
    stats,
    host: 'demo-account.test',
    now: serviceNow,
    everShownAsFinal: () => history.everShownAsFinal,
    revokeTokens: () => tokens.revokeAll(),
    handle(request) {
      let response: DemoResponse;
      try {
        response = answer(request);
      } catch (thrown) {
        if (!(thrown instanceof Refusal)) throw thrown;
        response = jsonResponse(thrown.status, JSON.stringify(thrown.body), thrown.headers);
      }
      stats.total += 1;
      stats.byStatus[response.status] = (stats.byStatus[response.status] ?? 0) + 1;
      response.headers['date'] = new Date(serviceNow()).toUTCString();
      return response;
    },
  };
  return service;
}

/** Faults that need no look at the request; null when none strikes. */
function failingAnswer(faults: Faults, place: FaultPlace): DemoResponse | null {
  const { switches } = faults;
  if (switches.outage || faults.strikes('reset', place)) {
    return { ...jsonResponse(503, ''), delivery: 'reset' };
  }
  if (switches.captivePortal || faults.strikes('captive-portal', place)) {
    const page = '<!doctype html><html><title>Wi-Fi sign-in</title><body><form>Accept the terms</form></body></html>';
    return { ...jsonResponse(200, page), headers: { 'content-type': 'text/html; charset=utf-8' } };
  }
  if (faults.strikes('rate-limited', place)) {
    const wait: Record<string, string> =
      switches.retryAfterS === null ? {} : { 'retry-after': String(switches.retryAfterS) };
    return jsonResponse(429, JSON.stringify({ debugMessage: 'Too many requests' }), wait);
  }
  if (faults.strikes('server-error', place)) {
    return jsonResponse(500, JSON.stringify({ internalCode: '0007', debugMessage: 'Elastic search exception' }));
  }
  if (faults.strikes('unavailable', place)) return jsonResponse(503, JSON.stringify({ debugMessage: 'Unavailable' }));
  if (faults.strikes('no-content', place)) return { ...jsonResponse(204, ''), headers: {} };
  return null;
}

function createStats(): ServiceStats {
  return {
    total: 0,
    byRoute: {},
    byStatus: {},
    reset() {
      this.total = 0;
      this.byRoute = {};
      this.byStatus = {};
    },
  };
}

export interface RunningDemo extends DemoService {
  readonly address: DemoAddress;
  close(): Promise<void>;
}

/** Serves the simulated account on 127.0.0.1. Port 0 takes any free one. */
export async function startDemoService(
  options: ServiceOptions & { port: number; tls?: TlsOptions },
): Promise<RunningDemo> {
  const service = createDemoService(options);
  const server = await startServer(service, { port: options.port, ...(options.tls && { tls: options.tls }) });
  service.host = server.host;
  const scheme = options.tls === undefined ? 'http' : 'https';
  const address = { ...demoCredentials, accountId: service.world.accountId, origin: `${scheme}://${server.host}` };
  return Object.assign(service, { address, close: () => server.close() });
}
