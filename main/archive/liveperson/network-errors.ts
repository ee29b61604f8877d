/** Failures below HTTP: what happened on the way, in words. */
import { ArchiveError } from '../../../preload/errors.ts';
import { Transient } from './retry.ts';

export function cancelled(signal: AbortSignal): ArchiveError {
  return new ArchiveError('cancelled', 'The work was cancelled.', { retryable: true, cause: signal.reason });
}

const offlineCodes: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ENODATA',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
]);
const certificateCodes = /^(?:CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|HOSTNAME_MISMATCH)/u;
const tlsCodes = /^(?:ERR_SSL_|EPROTO)/u;

interface NetworkError {
  code: string;
  message: string;
  address: string | null;
  port: number | null;
}

function describe(error: unknown): NetworkError {
  let code = '';
  let message = '';
  let address: string | null = null;
  let port: number | null = null;
  // Axios wraps the socket's error, and connecting to several addresses wraps each failure once more.
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const fields = at as Error & { code?: unknown; address?: unknown; port?: unknown; errors?: unknown };
    if (typeof fields.code === 'string') code = fields.code;
    message ||= fields.message;
    if (typeof fields.address === 'string') address = fields.address;
    if (typeof fields.port === 'number') port = fields.port;
    at = fields.cause ?? (Array.isArray(fields.errors) ? (fields.errors as unknown[])[0] : undefined);
  }
  return { code, message, address, port };
}

/** The failing port is that of a proxy this process was told to use. */
function isProxy({ port }: NetworkError): boolean {
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].some((name) => {
    try {
      const url = new URL(process.env[name] ?? '');
      const proxyPort = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
      return port === proxyPort;
    } catch {
      return false;
    }
  });
}

/**
 * What to throw for a request that got no whole answer: mostly a Transient. Certificates and oversized answers do
 * not get better by asking again.
 */
export function networkFailure(error: unknown, request: { maxBytes: number; timedOut: boolean }): Error {
  const failure = describe(error);
  const { code, message } = failure;
  const details = { network: code === '' ? 'unknown' : code };
  if (/maxContentLength/u.test(message)) {
    const megabytes = Math.max(1, Math.round(request.maxBytes / 1024 / 1024));
    return new ArchiveError('source-changed', `The answer is larger than the limit of ${String(megabytes)} MB.`, {
      hint: 'It was not taken in. If it happens again, look for an update of the app.',
      details: { ...details, tooLarge: true },
    });
  }
  if (certificateCodes.test(code)) {
    return new ArchiveError('network-tls', 'The service’s certificate cannot be trusted.', {
      hint: 'A proxy that inspects traffic needs its certificate installed on this computer; check the clock, too.',
      details,
    });
  }
  if (tlsCodes.test(code)) {
    return Transient.of('network-tls', 'No secure connection could be made.', 'Check proxy and firewall.', details);
  }
  if (['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ERR_PROXY_TUNNEL'].includes(code) && isProxy(failure)) {
    return Transient.of('network-proxy', 'The proxy cannot be reached.', 'Check the proxy settings.', details);
  }
  if (offlineCodes.has(code)) {
    return Transient.of(
      'network-offline',
      'LivePerson cannot be found from here.',
      'Check the internet connection; the next sync goes on from here.',
      details,
    );
  }
  const timedOut = request.timedOut || code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ERR_CANCELED';
  return Transient.of(
    'source-unavailable',
    timedOut ? 'LivePerson did not answer in time.' : 'The connection to LivePerson broke off.',
    'The next sync goes on from here.',
    details,
  );
}
