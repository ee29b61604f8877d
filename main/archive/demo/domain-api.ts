import { Refusal, decodeSegment, jsonResponse } from './exchange.ts';
import type { DemoRequest, DemoResponse } from './exchange.ts';

/** Services that the simulated account has. */
const demoServices = ['sentinel', 'engHistDomain', 'msgHist'] as const;

const singlePath = /^\/api\/account\/([^/]+)\/service\/([^/]+)\/baseURI\.json$/u;
const listPath = /^\/api\/account\/([^/]+)\/service\/baseURI(?:\.json)?$/u;

export function isDomainPath(path: string): boolean {
  return singlePath.test(path) || listPath.test(path);
}

/**
 * The Domain API (contract, section 1). `shape` decides which of the two forms seen in the wild answers a request
 * for one service; the request for all services is always answered by a list.
 */
export function answerDomain(
  request: DemoRequest,
  options: { accountId: string; host: string; shape: 'single' | 'list' },
): DemoResponse {
  const version = request.url.searchParams.get('version');
  if (version !== '1.0') throw new Refusal(400, 'The query parameter version must be 1.0.');
  const single = singlePath.exec(request.url.pathname);
  const list = listPath.exec(request.url.pathname);
  const accountId = decodeSegment(single?.[1] ?? list?.[1] ?? '');
  if (accountId !== options.accountId) throw new Refusal(401, `There is no site ${accountId.slice(0, 64)}.`);
  const entry = (service: string) => ({ service, account: accountId, baseURI: options.host });
  if (single === null) return jsonResponse(200, JSON.stringify({ baseURIs: demoServices.map(entry) }));
  const service = single[2] ?? '';
  // Service names are case-sensitive.
  if (!(demoServices as readonly string[]).includes(service)) {
    throw new Refusal(400, `The site has no service ${service.slice(0, 64)}.`);
  }
  const body = options.shape === 'single' ? entry(service) : { baseURIs: [entry(service)] };
  return jsonResponse(200, JSON.stringify(body));
}
