import { beforeEach, describe, expect, it } from 'vitest';
import { createDemoService } from '../../../main/archive/demo/service.ts';
import type { DemoService } from '../../../main/archive/demo/service.ts';
import { day, hour, messagingPath, pageOf, post } from './ask.ts';
import { conversationText, worldOf } from './small-world.ts';

const start = Date.UTC(2026, 5, 10);
let now = start + 2 * day;
let service: DemoService;
const whole = conversationText('two', start + hour, 'CLOSE', {
  sdes: { events: [{ customerInfo: { customerInfo: { socialId: 1 } } }, { lead: {} }] },
  consumerParticipants: [{ participantId: 'consumer-2' }],
});

beforeEach(() => {
  now = start + 2 * day;
  service = createDemoService({
    now: () => now,
    world: worldOf(
      {
        source: 'messaging',
        remoteId: 'one',
        startedAt: start,
        steps: [
          { at: start, text: conversationText('one', start, 'OPEN') },
          { at: start + 3 * day, text: conversationText('one', start, 'CLOSE') },
        ],
      },
      {
        source: 'messaging',
        remoteId: 'two',
        startedAt: start + hour,
        steps: [
          {
            at: start + 5 * hour,
            text: conversationText('two', start + hour, 'CLOSE', {
              consumerParticipants: [{ participantId: 'consumer-2' }],
            }),
            completeText: whole,
          },
        ],
      },
    ),
  });
});
const window = { from: start, to: start + day };
const search = (body: object, query = 'source=Test&v=2&sort=start:asc') =>
  post(service, `${messagingPath}/search?${query}`, body);
const ids = (body: object) => pageOf(search(body)).rows.map((row) => row.info['conversationId']);

describe('the messaging search', () => {
  it('finds open and closed conversations and tells them apart', () => {
    expect(ids({ start: window, status: ['OPEN', 'CLOSE'] })).toEqual(['one', 'two']);
    expect(ids({ start: window, status: ['OPEN'] })).toEqual(['one']);
    now = start + 3 * day;
    expect(ids({ start: window, status: ['OPEN'] })).toEqual([]);
  });

  it('compares the last update with a time rounded down to ten minutes', () => {
    const updatedAt = start + 5 * hour;
    expect(ids({ start: window, latestUpdateTime: { from: updatedAt + 599_999 } })).toEqual(['two']);
    expect(ids({ start: window, latestUpdateTime: { from: updatedAt + 600_000 } })).toEqual([]);
    now = start + 3 * day + 1;
    expect(ids({ start: window, latestUpdateTime: { from: updatedAt + 600_000 } })).toEqual(['one']);
  });

  it('returns exactly the content that was asked for, and info always', () => {
    const keys = (content?: string[]) =>
      Object.keys(
        pageOf(search({ start: window, status: ['CLOSE'], ...(content && { contentToRetrieve: content }) })).rows[0] ??
          {},
      );
    expect(keys([])).toEqual(['info']);
    expect(keys(['unAuthSdes', 'transfers'])).toEqual(['info', 'transfers', 'unAuthSdes']);
    expect(keys()).toEqual(['info', 'messageRecords', 'transfers', 'sdes', 'consumerParticipants']);
  });

  it('writes attributes as text in version 1 and leaves out unauthenticated ones', () => {
    const body = { start: window, status: ['OPEN'], contentToRetrieve: ['sdes', 'unAuthSdes'] };
    const [native] = pageOf(search(body)).rows;
    const [text] = pageOf(search(body, 'source=Test')).rows;
    expect(native).toMatchObject({ sdes: { events: [{ lead: { lead: { value: 12 } } }] }, unAuthSdes: {} });
    expect(text).toMatchObject({ sdes: { events: [{ lead: { lead: { value: '12' } } }] } });
    expect(text).not.toHaveProperty('unAuthSdes');
  });

  it('has complete attributes by id only, one id or up to a hundred', () => {
    const byId = (body: object) => post(service, `${messagingPath}/conversation/search?source=Test&v=2`, body);
    const events = (row: unknown) => (row as { sdes: { events: unknown[] } }).sdes.events.length;
    expect(events(pageOf(search({ start: window, status: ['CLOSE'] })).rows[0])).toBe(1);
    expect(events(pageOf(byId({ conversationId: 'two' })).rows[0])).toBe(2);
    expect(pageOf(byId({ conversationIds: ['two', 'nobody', 'one'] })).rows).toHaveLength(2);
    const many = Array.from({ length: 101 }, (_, index) => String(index));
    for (const body of [
      {},
      { conversationIds: many },
      { conversationIds: [] },
      { conversationId: 'one', conversationIds: ['two'] },
    ]) {
      expect(byId(body).status).toBe(400);
    }
  });

  it('finds the conversations of a consumer, and demands a status', () => {
    const path = `${messagingPath}/consumer/search?source=Test`;
    expect(pageOf(post(service, path, { consumer: 'consumer-2', status: ['OPEN', 'CLOSE'] })).rows).toHaveLength(1);
    expect(post(service, path, { consumer: 'consumer-2' }).status).toBe(400);
  });

  it.each([
    ['no source parameter', 'v=2', { start: window }],
    ['a long source parameter', `source=${'x'.repeat(21)}`, { start: window }],
    ['no start', 'source=Test', { status: ['OPEN'] }],
    ['more than three months', 'source=Test', { start: { from: start - 91 * day, to: start } }],
    ['two sort keys', 'source=Test&sort=start:asc,end:asc', { start: window }],
    ['a sort key of the other API', 'source=Test&sort=engagementId:asc', { start: window }],
    ['limit 101', 'source=Test&limit=101', { start: window }],
    ['version 3', 'source=Test&v=3', { start: window }],
    ['an unknown status', 'source=Test', { start: window, status: ['CLOSED'] }],
    ['unknown content', 'source=Test', { start: window, contentToRetrieve: ['everything'] }],
    ['an unsupported filter', 'source=Test', { start: window, sdeSearch: { lead: 'x' } }],
  ])('answers 400 to %s', (_what, query, body) => {
    expect(search(body, query).status).toBe(400);
  });

  it('sends the text of a record untouched when all of it was asked for', () => {
    const content = ['messageRecords', 'transfers', 'sdes', 'unAuthSdes', 'consumerParticipants'];
    const response = post(service, `${messagingPath}/conversation/search?source=Test&v=2`, {
      conversationId: 'two',
      contentToRetrieve: content,
    });
    expect(response.body).toContain(`[${whole}]`);
  });
});
