import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSend, defaultLimits } from '../../../main/archive/liveperson/transport.ts';

/** Certificates are made on the spot: one in the repository would expire. */
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'archive-certificates-'));

interface Pair {
  key: string;
  cert: string;
}

function selfSigned(name: string, options: readonly string[]): Pair {
  const key = join(folder, `${name}.key`);
  const cert = join(folder, `${name}.pem`);
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
  execFileSync('openssl', [...request, '-out', cert, ...options], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

async function fetchWith(pair: Pair, hostname = '127.0.0.1'): Promise<unknown> {
  const server = createServer(pair, (_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://${hostname}:${(server.address() as AddressInfo).port}/`;
  try {
    const { signal } = new AbortController();
    return await createSend(defaultLimits)({ method: 'GET', url, headers: {}, maxBytes: 1000, signal });
  } catch (error) {
    return error;
  } finally {
    server.close();
  }
}

describe.skipIf(!hasOpenssl)('a service with a certificate that', () => {
  let own: Pair;
  let foreign: Pair;
  beforeAll(() => {
    own = selfSigned('own', ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']);
    foreign = selfSigned('foreign', ['-subj', '/CN=other.example', '-days', '2']);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('nobody vouches for is refused at once, and told as a certificate', async () => {
    expect(await fetchWith(own)).toMatchObject({
      code: 'network-tls',
      message: 'The service’s certificate cannot be trusted.',
      details: { network: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('is another’s is refused', async () => {
    expect(await fetchWith(foreign)).toMatchObject({ code: 'network-tls' });
  });
});
