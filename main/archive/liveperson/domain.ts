import { ArchiveError } from '../../../preload/errors.ts';
import type { Clock } from '../clock.ts';
import { answerError, finalStatusError, isWebPage, webPageError } from './errors.ts';
import { discoveryOrigin, serviceOrigin } from './hosts.ts';
import { Transient } from './retry.ts';
import { throttledAnswer, unavailableAnswer } from './transient-answers.ts';
import type { Answer, Send } from './transport.ts';
import { asObject, objectsOf, textOf } from './values.ts';

/** Services that the archive asks for. The names are case-sensitive. */
export type ServiceName = 'engHistDomain' | 'msgHist' | 'sentinel';

const freshMs = 24 * 3_600_000;
const refreshMs = 5 * 60_000;

/** The hosts of one account's services, which differ by region and may change. */
export interface Domains {
  /** Origin of the service, e.g. `https://va.msghist.liveperson.net`. Throws ArchiveError or Transient. */
  resolve(service: ServiceName, signal: AbortSignal): Promise<string>;
  /**
   * The host failed or does not know us: forget it, unless it was looked up within five minutes.
   * True when the next `resolve` asks again.
   */
  suspect(service: ServiceName): boolean;
}

interface DomainOptions {
  accountId: string;
  domainApi: string | null;
  clock: Clock;
  send: Send;
  maxBytes: number;
}

const what = 'service discovery';

function notFound(accountId: string, answer: Answer): ArchiveError {
  const message = `LivePerson does not know the account ${accountId}.`;
  return answerError('not-found', message, answer, { what, secrets: [] }, 'Check the account number.');
}

/** Both forms in the wild: one service as the answer itself, or a list of services. */
export function readBaseUri(body: Uint8Array, service: ServiceName): string | null | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
  const answer = asObject(parsed);
  if (Array.isArray(answer['baseURIs'])) {
    const entry = objectsOf(answer['baseURIs']).find((candidate) => candidate['service'] === service);
    return textOf(entry?.['baseURI']);
  }
  const named = answer['service'];
  return named === undefined || named === service ? textOf(answer['baseURI']) : null;
}

/** Service discovery with a memory of a day. */
export function createDomains({ accountId, domainApi, clock, send, maxBytes }: DomainOptions): Domains {
  const known = new Map<ServiceName, { origin: string; at: number }>();

  async function lookUp(service: ServiceName, signal: AbortSignal): Promise<string> {
    const path = `/api/account/${encodeURIComponent(accountId)}/service/${service}/baseURI.json?version=1.0`;
    const url = `${discoveryOrigin(domainApi)}${path}`;
    const answer = await send({ method: 'GET', url, headers: { Accept: 'application/json' }, maxBytes, signal });
    const { status } = answer;
    if (status === 429) throw throttledAnswer(answer, what, 1, clock.now());
    if (status >= 500 || status === 408) throw unavailableAnswer(answer, { what, secrets: [] });
    if (status === 407 || (status >= 300 && status < 400)) throw finalStatusError(answer, { what, secrets: [] });
    if (status !== 200) throw notFound(accountId, answer);
    if (isWebPage(answer)) throw new Transient(webPageError(answer, 'the list of services'));
    const baseUri = readBaseUri(answer.body, service);
    if (baseUri === undefined) throw notFound(accountId, answer);
    if (baseUri === null) {
      throw new ArchiveError('source-forbidden', `The account ${accountId} has no service called ${service}.`, {
        hint: 'Check the account number, and that the account has this LivePerson product.',
        details: { service },
      });
    }
    return serviceOrigin(baseUri, domainApi);
  }

  return {
    async resolve(service, signal) {
      const entry = known.get(service);
      const age = entry === undefined ? Number.POSITIVE_INFINITY : clock.now() - entry.at;
      if (entry !== undefined && age >= 0 && age < freshMs) return entry.origin;
      const origin = await lookUp(service, signal);
      known.set(service, { origin, at: clock.now() });
      return origin;
    },
    suspect(service) {
      const entry = known.get(service);
      if (entry === undefined) return true;
      const age = clock.now() - entry.at;
      if (age >= 0 && age < refreshMs) return false;
      known.delete(service);
      return true;
    },
  };
}
