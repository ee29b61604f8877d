import { ArchiveError } from '../../../preload/errors.ts';

/** LivePerson's own service discovery. */
export const livePersonOrigin = 'https://api.liveperson.net';

/** This computer itself: 127.0.0.0/8, ::1, localhost. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/^\[|\]$/gu, '');
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(name);
}

/**
 * The origin to ask for services. Plain http would show the answers, and by them the token's way, to everyone on the
 * path: it is for this computer's own services only.
 */
export function discoveryOrigin(domainApi: string | null): string {
  if (domainApi === null) return livePersonOrigin;
  let url: URL;
  try {
    url = new URL(domainApi);
  } catch {
    throw new ArchiveError('invalid-input', 'The Domain API address of the account is not an address.', {
      hint: 'Write it like https://gateway.example.com, or leave it out.',
    });
  }
  const plain = url.protocol === 'http:' && isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !plain) {
    throw new ArchiveError('invalid-input', 'The Domain API must be reached by https.', {
      hint: 'Plain http is accepted for this computer’s own addresses only.',
    });
  }
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/u, '')}`;
}

const hostnamePattern =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/u;

function foreignHost(): ArchiveError {
  return new ArchiveError('source-changed', 'Service discovery named a host that is not LivePerson’s.', {
    hint: 'No credentials were sent there. Check the network, or set the Domain API address of the account.',
  });
}

/**
 * The origin of a service from the bare host that service discovery names. The token is going to be sent there, so
 * it must be LivePerson's own host unless the user named another discovery service.
 *
 * Throws ArchiveError `source-changed` for anything else.
 */
export function serviceOrigin(baseUri: string, domainApi: string | null): string {
  const host = baseUri.trim().toLowerCase();
  const match = /^(\[::1\]|[^:[\]/?#@\s]+)(?::(\d{1,5}))?$/u.exec(host);
  const name = match?.[1] ?? '';
  if (name !== '[::1]' && !hostnamePattern.test(name)) throw foreignHost();
  if (Number(match?.[2] ?? 443) > 65_535) throw foreignHost();
  if (domainApi === null && !name.endsWith('.liveperson.net')) throw foreignHost();
  const plain = domainApi !== null && discoveryOrigin(domainApi).startsWith('http:') && isLoopback(name);
  return new URL(`${plain ? 'http' : 'https'}://${host}`).origin;
}
