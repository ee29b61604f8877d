import axios from 'axios';
import { gunzipSync } from 'node:zlib';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createFaults } from '../../../main/archive/demo/faults.ts';
import type { FaultKind, FaultOptions } from '../../../main/archive/demo/faults.ts';
import { createInProcessAdapter } from '../../../main/archive/demo/in-process.ts';
import { createDemoService, startDemoService } from '../../../main/archive/demo/service.ts';
import type { RunningDemo } from '../../../main/archive/demo/service.ts';
import { bearer, chatPath, day, messagingPath, pageOf, post } from './ask.ts';
import { chat, conversationText, worldOf } from './small-world.ts';

const now = Date.UTC(2026, 5, 20, 12);
const start = now - day;
const body = { start: { from: start, to: now } };
const path = `${chatPath}?limit=10&sort=start:asc,engagementId:asc`;

function service(options: FaultOptions = {}) {
  const records = Array.from({ length: 40 }, (_, index) =>
    chat(`1000000000000000${String(10 + index)}`, start + Math.floor(index / 8)),
  );
  return createDemoService({ now: () => now, faults: createFaults(options), world: worldOf(...records) });
}
const idsOf = (response: Parameters<typeof pageOf>[0]) => pageOf(response).rows.map((row) => row.info['engagementId']);

describe('faults of single requests', () => {
  const strike = (kind: FaultKind, switches: FaultOptions['switches'] = {}) => {
    const one = service({ switches });
    one.faults.once(kind);
    return [post(one, path, body), post(one, path, body)] as const;
  };

  it.each([
    ['rate-limited', 429],
    ['server-error', 500],
    ['unavailable', 503],
    ['unauthorised', 401],
    ['forbidden', 403],
    ['no-content', 204],
  ] as const)('%s answers %i once and is over', (kind, status) => {
    expect(strike(kind).map((response) => response.status)).toEqual([status, 200]);
  });

  it('a 429 has Retry-After only when told to, and a 500 has code 0007', () => {
    expect(strike('rate-limited')[0].headers).not.toHaveProperty('retry-after');
    expect(strike('rate-limited', { retryAfterS: 7 })[0].headers).toHaveProperty('retry-after', '7');
    expect(JSON.parse(strike('server-error')[0].body)).toMatchObject({ internalCode: '0007' });
  });

  it('a partial result lacks records and says so, a lying count does not say so', () => {
    const [partial] = strike('partial-result');
    expect(pageOf(partial)._metadata.shardsStatusResult.partialResult).toBe(true);
    expect(pageOf(partial).rows.length).toBeLessThan(10);
    const [lie] = strike('count-lie');
    expect(pageOf(lie)._metadata.count).not.toBe(40);
    expect(pageOf(lie)._metadata.shardsStatusResult.partialResult).toBe(false);
  });

  it('a record inserted before the offset is missed by one pass and seen by the next', () => {
    const one = service();
    one.faults.once('insert');
    const pass = () => [0, 10, 20, 30].flatMap((offset) => idsOf(post(one, `${path}&offset=${String(offset)}`, body)));
    expect(new Set(pass()).size).toBe(39);
    expect(new Set(pass()).size).toBe(40);
  });

  it('a record that vanishes while paging makes the pass skip another one', () => {
    const one = service();
    const first = idsOf(post(one, path, body));
    one.faults.once('vanish');
    const rest = [10, 20, 30].flatMap((offset) => idsOf(post(one, `${path}&offset=${String(offset)}`, body)));
    expect(new Set([...first, ...rest]).size).toBe(39);
    expect(pageOf(post(one, path, body))._metadata.count).toBe(39);
    expect(idsOf(post(one, chatPath, { engagementId: first[0] }))).toEqual([]);
  });

  it('strike the same requests again with the same seed, and others with another', () => {
    const run = (seed: string) => {
      const one = service({
        seed,
        chances: { 'server-error': 0.3, 'rate-limited': 0.2, 'partial-result': 0.2 },
        switches: { burstLength: 2 },
      });
      return Array.from({ length: 60 }, () => String(post(one, path, body).status)).join(' ');
    };
    expect(run('x')).toBe(run('x'));
    expect(run('x')).not.toBe(run('y'));
  });
});

describe('lasting conditions', () => {
  it('ties come in another order each time when told to', () => {
    const one = service({ switches: { reorderTies: true } });
    const orders = Array.from({ length: 5 }, () =>
      idsOf(post(one, chatPath + '?limit=8&sort=start:asc', body)).join(' '),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  it('permissions, deep offsets, clamped limits, moves and a skewed clock', () => {
    const one = service({
      switches: { revokedPermission: ['messaging'], deepestOffset: 30, clampLimit: true, clockSkewMs: 2 * day },
    });
    expect(post(one, `${messagingPath}/search?source=T`, body).status).toBe(403);
    expect(post(one, `${path}&offset=21`, body).status).toBe(500);
    expect(post(one, `${chatPath}?limit=500`, body).status).toBe(500);
    const response = post(one, path, body);
    expect(Date.parse(response.headers['date'] ?? '')).toBe(now + 2 * day);
    one.faults.set({ moved: true });
    expect(post(one, path, body).status).toBe(404);
    one.faults.heal();
    expect(post(one, path, body).status).toBe(200);
  });

  it('records in odd forms keep what they are: ids as numbers, nulls, unknown types, long values', () => {
    const all = { idsAsNumbers: 1, nulls: 1, unknownTypes: 1, longAttribute: 1, notEnriched: 1, lateSurvey: 1 };
    const response = post(service({ switches: { records: all } }), path, body);
    expect(response.body).toContain('"engagementId":100000000000000010,');
    expect(response.body).toMatch(/\\ud800 surrogate, NUL \\u0000/u);
    const row = pageOf(response).rows[0];
    expect(row).toMatchObject({ info: { chatDataEnriched: false }, surveys: { postChat: [{ value: 'late answer' }] } });
    expect(JSON.stringify(row).length).toBeGreaterThan(50_000);
  });

  it('half of a record in search and the whole by id, and only the whole counts as final', () => {
    const lines = Array.from({ length: 10 }, (_, index) => ({ text: `line ${String(index)}` }));
    const text = JSON.stringify({ info: { engagementId: '1', startTimeL: start }, transcript: { lines } });
    const one = createDemoService({
      now: () => now,
      faults: createFaults({ switches: { records: { partial: 1 } } }),
      world: worldOf(chat('1', start, { steps: [{ at: start, text }] })),
    });
    expect(pageOf(post(one, path, body)).rows[0]).toMatchObject({ info: { isPartial: true } });
    expect([...one.everShownAsFinal()]).toEqual([]);
    expect(post(one, path, { engagementId: '1' }).body).toContain(text);
    expect([...one.everShownAsFinal()]).toEqual(['chat:1']);
  });

  it('late records appear later with their old start', () => {
    const one = service({ switches: { records: { late: 1, lateByMs: 2 * day } } });
    expect(pageOf(post(one, path, body))._metadata.count).toBe(0);
  });
});

describe('what was shown as final', () => {
  it('is closed, whole and arrived complete', () => {
    const open = conversationText('open', start, 'OPEN');
    const closed = conversationText('closed', start, 'CLOSE');
    const world = worldOf(
      { source: 'messaging', remoteId: 'open', startedAt: start, steps: [{ at: start, text: open }] },
      { source: 'messaging', remoteId: 'closed', startedAt: start, steps: [{ at: start, text: closed }] },
    );
    const one = createDemoService({ now: () => now, world });
    one.faults.once('cut-off');
    expect(post(one, `${messagingPath}/search?source=T`, body).delivery).toBe('cut-off');
    expect(one.everShownAsFinal().size).toBe(0);
    post(one, `${messagingPath}/search?source=T`, body);
    expect([...one.everShownAsFinal()]).toEqual(['messaging:closed']);
  });
});

describe('over real connections', () => {
  let running: RunningDemo | undefined;
  afterEach(async () => running?.close());
  const run = async () => {
    running = await startDemoService({ port: 0, world: service().world, now: () => now });
    return running;
  };
  const ask = async (demo: RunningDemo, proxy: false = false) =>
    axios.post<Record<string, unknown>>(`${demo.address.origin}${path}`, body, {
      proxy,
      headers: { authorization: bearer(demo) },
    });

  it('answers like the in-process adapter, and compresses when asked', async () => {
    const demo = await run();
    const direct = (await ask(demo)).data;
    const client = axios.create({ adapter: createInProcessAdapter(demo), baseURL: demo.address.origin });
    const inside = await client.post<Record<string, unknown>>(path, body, { headers: { authorization: bearer(demo) } });
    expect(inside.data).toEqual(direct);
    const zipped = await rawAnswer(demo);
    expect(zipped.encoding).toBe('gzip');
    expect(JSON.parse(gunzipSync(zipped.bytes).toString())).toEqual(direct);
  });

  it('resets, cuts off, slows down, and shows a captive portal', async () => {
    const demo = await run();
    const token = bearer(demo);
    const post = () =>
      axios.post<unknown>(`${demo.address.origin}${path}`, body, { proxy: false, headers: { authorization: token } });
    demo.faults.once('reset');
    await expect(post()).rejects.toMatchObject({ code: 'ECONNRESET' });
    demo.faults.once('cut-off');
    const cut = await post();
    expect(() => JSON.parse(String(cut.data)) as unknown).toThrow(SyntaxError);
    demo.faults.once('slow');
    expect((await post()).status).toBe(200);
    demo.faults.set({ captivePortal: true });
    expect((await post()).headers['content-type']).toContain('text/html');
    demo.faults.set({ outage: true });
    await expect(post()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

function rawAnswer(demo: RunningDemo): Promise<{ encoding: string | undefined; bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: bearer(demo), 'content-type': 'application/json', 'accept-encoding': 'gzip' };
    const outgoing = httpRequest(`${demo.address.origin}${path}`, { method: 'POST', headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({ encoding: incoming.headers['content-encoding'], bytes: Buffer.concat(chunks) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(JSON.stringify(body));
  });
}
