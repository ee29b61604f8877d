import { AxiosError, AxiosHeaders } from 'axios';
import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { DemoRequest } from './exchange.ts';
import type { DemoService } from './service.ts';

/**
 * Lets an axios client talk to a service in its own process, without sockets: the same strict service, thousands of
 * requests a second, and time that tests turn by hand. A delay longer than the request's timeout is a timeout at once.
 */
export function createInProcessAdapter(service: DemoService): AxiosAdapter {
  return async (config) => {
    await Promise.resolve();
    if (config.signal?.aborted === true) throw new AxiosError('canceled', AxiosError.ERR_CANCELED, config);
    const response = service.handle(toRequest(config));
    if (response.delivery === 'reset') throw new AxiosError('socket hang up', 'ECONNRESET', config);
    if (config.timeout !== undefined && config.timeout > 0 && response.delayMs > config.timeout) {
      throw new AxiosError('timeout exceeded', AxiosError.ETIMEDOUT, config);
    }
    const bytes = Buffer.from(response.body);
    const body = response.delivery === 'cut-off' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
    const answer: AxiosResponse = {
      data: config.responseType === 'arraybuffer' ? body : body.toString('utf8'),
      status: response.status,
      statusText: '',
      headers: new AxiosHeaders(response.headers),
      config,
      request: null,
    };
    const accepted = config.validateStatus?.(response.status) ?? true;
    if (!accepted) {
      throw new AxiosError(
        `Request failed with status code ${String(response.status)}`,
        undefined,
        config,
        null,
        answer,
      );
    }
    return answer;
  };
}

function toRequest(config: InternalAxiosRequestConfig): DemoRequest {
  const url = new URL(config.url ?? '/', config.baseURL ?? 'https://demo-account.test');
  const query =
    typeof config.params === 'string'
      ? config.params
      : new URLSearchParams(config.params as Record<string, string>).toString();
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(config.headers.toJSON())) {
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  }
  return {
    method: (config.method ?? 'get').toUpperCase(),
    url,
    rawQuery: url.search.slice(1),
    headers,
    body: bodyText(config.data),
  };
}

function bodyText(data: unknown): string {
  if (data === undefined || data === null) return '';
  if (typeof data === 'string') return data;
  if (data instanceof Uint8Array) return Buffer.from(data).toString('utf8');
  if (data instanceof URLSearchParams) return data.toString();
  return JSON.stringify(data);
}
