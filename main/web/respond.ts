import type { ServerResponse } from 'node:http';
import { fail } from '../../preload/envelope.ts';
import { ArchiveError, toErrorValue, type ErrorCode } from '../../preload/errors.ts';
import { securityHeaders } from '../host/csp.ts';

/** Headers of everything that is not a file: nothing of it may stay in a cache. */
export const apiHeaders: Readonly<Record<string, string>> = { ...securityHeaders, 'Cache-Control': 'no-store' };

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, {
    ...apiHeaders,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(body);
}

/** A refusal as a reply of the contract. The connection is closed: what is still coming on it is not wanted. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: ErrorCode,
  message: string,
  hint?: string,
): void {
  response.shouldKeepAlive = false;
  const error = new ArchiveError(code, message, { retryable: status === 503, ...(hint === undefined ? {} : { hint }) });
  sendJson(response, status, fail(toErrorValue(error)));
}
