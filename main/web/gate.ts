import type { IncomingHttpHeaders } from 'node:http';

/** Why a request was turned away, in words for whoever reads the answer; undefined lets it in. */
export type Refusal = string | undefined;

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Other users' programs and any web page can reach a loopback port. This keeps out pages: those of another origin,
 * and those whose host name was made to resolve to this machine (DNS rebinding). Programs are kept out by the bearer.
 */
export function refuseForeign(headers: IncomingHttpHeaders, port: number): Refusal {
  const { host, origin } = headers;
  const hosts = loopbackNames.map((name) => `${name}:${port}`);
  // Browsers leave out the port that the scheme implies.
  if (port === 80) hosts.push(...loopbackNames);
  if (host === undefined || !hosts.includes(host.toLowerCase())) {
    return 'This server answers only to the address that it printed.';
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return 'This server answers only to its own page.';
  }
  const site = headers['sec-fetch-site'];
  // `same-site` is foreign: to a browser all ports of localhost are one site.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return 'This server answers only to its own page. Copy the link into the address bar instead of following it.';
  }
  return undefined;
}
