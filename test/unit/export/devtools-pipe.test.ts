import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DevToolsPipe } from '../../../main/archive/export/pdf/devtools-pipe.ts';

function connect() {
  const [to, from] = [new PassThrough(), new PassThrough()];
  return { to, from, pipe: new DevToolsPipe(to, from) };
}

const message = (value: object) => Buffer.from(`${JSON.stringify(value)}\0`);

test('answers reach whoever asked, in any order and however the bytes are cut', async () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(cuts, fc.string({ unit: 'grapheme' }), async (sizes, text) => {
      const { from, pipe } = connect();
      const asked = [pipe.send('One'), pipe.send('Two', { text }), pipe.next('Page.loadEventFired')];
      const bytes = Buffer.concat([
        message({ method: 'Page.other', params: {} }),
        message({ id: 2, result: { text } }),
        message({ method: 'Page.loadEventFired', params: {}, sessionId: 's' }),
        message({ id: 1, result: { first: true } }),
      ]);
      for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        from.write(bytes.subarray(at, at + size));
        at += size;
      }
      expect(await Promise.all(asked)).toEqual([{ first: true }, { text }, {}]);
    }),
    { numRuns: 50 },
  );
});

test('a command is one JSON text, ended by a NUL', async () => {
  const { to, pipe } = connect();
  pipe.send('Page.navigate', { url: 'file:///x' }, 'session').catch(() => undefined);
  await setImmediate();
  expect(String(to.read())).toBe(
    '{"id":1,"method":"Page.navigate","params":{"url":"file:///x"},"sessionId":"session"}\0',
  );
});

test('what Chromium refuses fails that command alone', async () => {
  const { from, pipe } = connect();
  const [refused, other] = [pipe.send('Bad'), pipe.send('Good')];
  from.write(message({ id: 1, error: { code: -32000, message: 'No such page' } }));
  from.write(message({ id: 2, result: {} }));
  await expect(refused).rejects.toThrow('No such page');
  expect(await other).toEqual({});
});

test.each<[string, (from: PassThrough) => void]>([
  ['the end of the connection', (from) => from.destroy()],
  ['an error of the pipe', (from) => from.destroy(new Error('broken'))],
  ['something that is no message', (from) => from.write('nonsense\0')],
])('%s fails everything that waits, and everything asked later', async (_name, strike) => {
  const { from, pipe } = connect();
  const waiting = [pipe.send('One'), pipe.next('Two')];
  strike(from);
  for (const each of waiting) await expect(each).rejects.toThrow(Error);
  await expect(pipe.send('Three')).rejects.toThrow(Error);
});
