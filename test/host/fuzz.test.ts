import fc from 'fast-check';
import { expect, test } from 'vitest';
import { callNames } from '../../preload/contract.ts';
import { errorCodes } from '../../preload/errors.ts';
import { startHost } from './support.ts';
import { raw, startWeb } from './support-web.ts';

/** Calls whose valid input is so small that chance would find it, and which then start something. */
const startsSomething = new Set(['demo.connect', 'sync.start', 'verify.start', 'archive.optimize']);
const quietNames = callNames.filter((name) => !startsSomething.has(name));

test('whatever is called with whatever, the answer is a reply with a known code and nothing is thrown', async () => {
  const { host } = await startHost();
  const name = fc.oneof(fc.constantFrom(...quietNames), fc.string(), fc.anything());
  const input = fc.oneof(fc.object(), fc.jsonValue(), fc.anything());
  await fc.assert(
    fc.asyncProperty(name, input, async (anyName, anyInput) => {
      const reply = await host.call(anyName, anyInput);
      if (!reply.ok) expect(errorCodes).toContain(reply.error.code);
      return !reply.ok || quietNames.includes(anyName as never);
    }),
    { numRuns: 500 },
  );
});

test('whatever bytes come over a connection, the server goes on serving', async () => {
  const { web, post } = await startWeb({ requestTimeoutMs: 300 });
  const start = fc.constantFrom('', 'GET / HTTP/1.1\r\n', `POST /api/call HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\n`);
  const end = fc.constantFrom('', '\r\n\r\n', '\0\0\r\n\r\n');
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 500 }), end, async (first, bytes, last) => {
      // The end of our side makes the server answer or close at once instead of waiting for more.
      await raw(web.port, Buffer.concat([Buffer.from(first), bytes, Buffer.from(last)]), { end: true });
    }),
    { numRuns: 200 },
  );
  const response = await post('/api/call', { name: 'jobs.list', input: {} });
  expect(await response.json()).toEqual({ ok: true, value: [] });
});
