import { describe, expect, it } from 'vitest';
import { createDomains } from '../../../main/archive/liveperson/domain.ts';
import { discoveryOrigin, serviceOrigin } from '../../../main/archive/liveperson/hosts.ts';
import { Transient } from '../../../main/archive/liveperson/retry.ts';
import type { Answer } from '../../../main/archive/liveperson/transport.ts';
import { testClock } from './loopback.ts';

const { signal } = new AbortController();

function domainsAnswering(body: unknown, status = 200, domainApi: string | null = null) {
  const clock = testClock();
  const urls: string[] = [];
  const answer: Answer = {
    status,
    headers: {},
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  };
  const send = ({ url }: { url: string }) => {
    urls.push(url);
    return Promise.resolve(answer);
  };
  return { clock, urls, answer, domains: createDomains({ accountId: 'qa12', domainApi, clock, send, maxBytes: 1000 }) };
}

describe('service discovery', () => {
  it('reads the answer that is one service', async () => {
    const { domains, urls } = domainsAnswering({
      service: 'msgHist',
      account: 'qa12',
      baseURI: 'lo.msghist.liveperson.net',
    });
    expect(await domains.resolve('msgHist', signal)).toBe('https://lo.msghist.liveperson.net');
    expect(urls).toEqual(['https://api.liveperson.net/api/account/qa12/service/msgHist/baseURI.json?version=1.0']);
  });

  it('picks its service out of a list by the exact name', async () => {
    const { domains } = domainsAnswering({
      baseURIs: [
        { service: 'msghist', baseURI: 'wrong.liveperson.net' },
        { service: 'msgHist', baseURI: 'va.msghist.liveperson.net' },
      ],
    });
    expect(await domains.resolve('msgHist', signal)).toBe('https://va.msghist.liveperson.net');
    await expect(domains.resolve('sentinel', signal)).rejects.toMatchObject({ code: 'source-forbidden' });
  });

  it.each([401, 400, 404])('takes status %i for an unknown account', async (status) => {
    const { domains } = domainsAnswering({}, status);
    await expect(domains.resolve('msgHist', signal)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes an answer that is not JSON for an unknown account, but a web page for a foreign network', async () => {
    await expect(domainsAnswering('nothing').domains.resolve('msgHist', signal)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(domainsAnswering('<!doctype html>').domains.resolve('msgHist', signal)).rejects.toMatchObject({
      error: { code: 'network-offline' },
    });
    await expect(domainsAnswering('', 503).domains.resolve('msgHist', signal)).rejects.toBeInstanceOf(Transient);
  });

  it('remembers a host for a day', async () => {
    const { domains, urls, clock } = domainsAnswering({ service: 'msgHist', baseURI: 'va.liveperson.net' });
    await domains.resolve('msgHist', signal);
    clock.time += 86_399_999;
    await domains.resolve('msgHist', signal);
    expect(urls).toHaveLength(1);
    clock.time += 1;
    await domains.resolve('msgHist', signal);
    expect(urls).toHaveLength(2);
  });

  it('asks again about a host under suspicion, at most once in five minutes', async () => {
    const { domains, urls, clock } = domainsAnswering({ service: 'msgHist', baseURI: 'va.liveperson.net' });
    await domains.resolve('msgHist', signal);
    expect(domains.suspect('msgHist')).toBe(false);
    await domains.resolve('msgHist', signal);
    expect(urls).toHaveLength(1);
    clock.time += 300_000;
    expect(domains.suspect('msgHist')).toBe(true);
    await domains.resolve('msgHist', signal);
    expect(urls).toHaveLength(2);
  });
});

describe('hosts', () => {
  it.each([
    'evil.example',
    'liveperson.net.evil.example',
    'evilliveperson.net',
    'va.liveperson.net/path',
    'va.liveperson.net?x=1',
    'user@va.liveperson.net',
    'va.liveperson.net:99999',
    'http://va.liveperson.net',
    '-va.liveperson.net',
    '127.0.0.1:8080',
    '[fe80::1].liveperson.net',
    '',
  ])('sends no token to %s', (host) => {
    expect(() => serviceOrigin(host, null)).toThrow(/not LivePerson/u);
  });

  it('accepts LivePerson’s own hosts, with a port too', () => {
    expect(serviceOrigin('VA-a.enghist.liveperson.net', null)).toBe('https://va-a.enghist.liveperson.net');
    expect(serviceOrigin('va.liveperson.net:443', null)).toBe('https://va.liveperson.net');
    expect(serviceOrigin('va.liveperson.net:8443', null)).toBe('https://va.liveperson.net:8443');
  });

  it('accepts other hosts of a gateway the user named, in plain http on this computer only', () => {
    expect(serviceOrigin('history.gateway.example', 'https://gateway.example')).toBe('https://history.gateway.example');
    expect(serviceOrigin('127.0.0.1:81', 'http://127.0.0.1:80')).toBe('http://127.0.0.1:81');
    expect(serviceOrigin('[::1]:81', 'http://localhost:80')).toBe('http://[::1]:81');
    expect(serviceOrigin('history.example', 'http://127.0.0.1:80')).toBe('https://history.example');
    expect(serviceOrigin('127.0.0.1:81', 'https://127.0.0.1:80')).toBe('https://127.0.0.1:81');
  });

  it('refuses plain http to other computers', () => {
    expect(() => discoveryOrigin('http://gateway.example')).toThrow(/https/u);
    expect(() => discoveryOrigin('ftp://127.0.0.1')).toThrow(/https/u);
    expect(() => discoveryOrigin('http://127.0.0.1.evil.example')).toThrow(/https/u);
    expect(() => discoveryOrigin('nonsense')).toThrow(/not an address/u);
    expect(discoveryOrigin('https://gateway.example/liveperson/')).toBe('https://gateway.example/liveperson');
    expect(discoveryOrigin(null)).toBe('https://api.liveperson.net');
  });
});
