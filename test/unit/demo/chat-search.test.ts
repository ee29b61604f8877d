import { describe, expect, it } from 'vitest';
import { createDemoService } from '../../../main/archive/demo/service.ts';
import { chatPath, day, hour, pageOf, post, request, bearer } from './ask.ts';
import { chat, worldOf } from './small-world.ts';

const now = Date.UTC(2026, 5, 20, 12);
const start = Date.UTC(2026, 5, 10);
/** Begins half a minute before a ten-minute mark: rounding takes in the nine and a half minutes before. */
const window = { from: start - 30_000, to: start + day };

/** Seven chats: starts tie, durations and skills differ, one is still running, one has expired. */
function service() {
  return createDemoService({
    now: () => now,
    world: worldOf(
      chat('a', start + 3 * hour, {
        info: { duration: 30, skillId: 4011, agentId: '900', visitorId: 'v1', interactive: true },
      }),
      chat('b', start + hour, {
        info: { duration: 90, skillId: '4012', agentId: '901', visitorId: 'v1', chatMCS: 20 },
      }),
      chat('c', start + hour, { info: { duration: 60, skillId: -1, agentId: '900', visitorId: 'v2', chatMCS: 80 } }),
      chat('d', start + 2 * hour, { info: { duration: 30, visitorId: 'v3' } }),
      chat('edge', start - 60_000),
      chat('running', start + hour, { steps: [{ at: now + hour, text: '{"info":{}}' }] }),
      chat('gone', start + hour, { vanishesAt: now }),
    ),
  });
}
const ids = (query: string, body: object) =>
  pageOf(post(service(), `${chatPath}?${query}`, body)).rows.map((row) => row.info['engagementId']);
const status = (query: string, body: unknown) => post(service(), `${chatPath}?${query}`, body).status;

describe('the chat search', () => {
  it('sorts by several keys and in both directions', () => {
    expect(ids('sort=start%3Aasc%2CengagementId%3Adesc', { start: window })).toEqual(['edge', 'c', 'b', 'd', 'a']);
    expect(ids('sort=duration:asc,start:des', { start: window })).toEqual(['a', 'd', 'c', 'edge', 'b']);
  });

  it('finds only chats that have ended and not expired, and rounds the window outwards to ten minutes', () => {
    expect(ids('sort=start:asc', { start: window })[0]).toBe('edge');
    const narrow = { from: start + hour + 1, to: start + hour + 2 };
    expect(ids('sort=engagementId:asc', { start: narrow })).toEqual(['b', 'c']);
  });

  it('pages with count, next, prev and last, and its links point to foreign hosts', () => {
    const page = (offset: number) =>
      pageOf(
        post(service(), `${chatPath}?offset=${String(offset)}&limit=2&sort=start:asc,engagementId:asc`, {
          start: window,
        }),
      );
    const [first, middle, last, beyond] = [page(0), page(2), page(4), page(6)];
    expect([first, middle, last, beyond].map((one) => one.rows.map((row) => row.info['engagementId']))).toEqual([
      ['edge', 'b'],
      ['c', 'd'],
      ['a'],
      [],
    ]);
    expect(first._metadata).toMatchObject({ count: 5, shardsStatusResult: { partialResult: false } });
    expect(first._metadata.next?.href).toContain('offset=2');
    expect(first._metadata.next?.href).not.toContain('demo-account.test');
    expect(first._metadata.prev).toBeUndefined();
    expect(last._metadata.next).toBeUndefined();
    expect(last._metadata.last?.href).toContain('offset=4');
    expect(beyond._metadata.count).toBe(5);
  });

  it('takes numbers and flags as text, as the real service does', () => {
    const body = { start: { from: String(window.from), to: String(window.to) }, interactive: 'true', ended: 'true' };
    expect(ids('limit=100', body)).toEqual(['a']);
  });

  it('filters by skill, agent, duration, score and visitor', () => {
    expect(ids('sort=engagementId:asc', { start: window, skillIds: [4011, 4012] })).toEqual(['a', 'b']);
    expect(ids('sort=engagementId:asc', { start: window, agentIds: ['900'] })).toEqual(['a', 'c']);
    expect(ids('sort=engagementId:asc', { start: window, duration: { from: 60, to: 90 } })).toEqual(['b', 'c', 'edge']);
    expect(ids('sort=engagementId:asc', { start: window, chatMCS: { from: 50 } })).toEqual(['c']);
    expect(ids('sort=engagementId:asc', { visitor: 'v1' })).toEqual(['a', 'b']);
  });

  it('finds one chat by id without a start, with one, and even outside of it', () => {
    expect(ids('', { engagementId: 'c' })).toEqual(['c']);
    expect(ids('', { engagementId: 'c', start: { from: 0, to: 1000 } })).toEqual(['c']);
    expect(ids('', { engagementId: 'running' })).toEqual([]);
  });

  it.each([
    ['limit=101', { start: window }],
    ['limit=0', { start: window }],
    ['offset=-1', { start: window }],
    ['sort=start', { start: window }],
    ['sort=nickname:asc', { start: window }],
    [`source=${'x'.repeat(21)}`, { start: window }],
    ['', {}],
    ['', { start: { from: window.from } }],
    ['', { start: { from: window.to, to: window.from } }],
    ['', { start: { from: start - 32 * day, to: start } }],
    ['', { engagementId: 'c', start: { from: start - 32 * day, to: start } }],
    ['', { start: window, contentToRetrieve: ['sdes'] }],
    ['', { start: window, duration: { from: 1 } }],
    ['', [1]],
  ])('answers 400 to ?%s with %j', (query, body) => {
    expect(status(query, body)).toBe(400);
  });

  it('answers 400 to a body that is no JSON and to another content type', () => {
    const one = service();
    const headers = { authorization: bearer(one), 'content-type': 'application/json' };
    expect(one.handle(request('POST', chatPath, { headers, body: '{' })).status).toBe(400);
    const text = { ...headers, 'content-type': 'text/plain' };
    expect(
      one.handle(request('POST', chatPath, { headers: text, body: JSON.stringify({ start: window }) })).status,
    ).toBe(400);
  });
});
