import { beforeAll, describe, expect, it } from 'vitest';
import { createDemoWorld, retentionStart } from '../../../main/archive/demo/demo-world.ts';
import { decodeRecord } from '../../../main/archive/liveperson/decode.ts';
import type { RemoteRecord, World } from '../../../main/archive/demo/world.ts';
import { day, hour } from './ask.ts';

const now = Date.UTC(2026, 10, 24, 9, 30);
let world: World;
let shown: RemoteRecord[];
let text: string;
beforeAll(() => {
  world = createDemoWorld({ now });
  shown = [...world.records('chat', now), ...world.records('messaging', now)].filter(
    (one) => one.versionAt(now) !== null,
  );
  text = shown.map((one) => one.completeText(now)).join('\n');
});

describe('the demo company', () => {
  it('has some two thousand conversations over thirteen months, a little more chat than messaging', () => {
    expect(shown.length).toBeGreaterThan(1800);
    expect(shown.length).toBeLessThan(2300);
    const chats = shown.filter((one) => one.source === 'chat').length / shown.length;
    expect(chats).toBeGreaterThan(0.5);
    expect(chats).toBeLessThan(0.62);
    expect(Math.min(...shown.map((one) => one.startedAt))).toBeLessThan(retentionStart(now) + 3 * day);
    expect(new Set(shown.map((one) => one.remoteId)).size).toBe(shown.length);
  });

  it('has conversations that are open now', () => {
    expect(shown.filter((one) => one.versionAt(now)?.status === 'open').length).toBeGreaterThan(0);
  });

  it('holds the same conversations, byte for byte, when made on a later day', () => {
    const later = createDemoWorld({ now: now + 20 * day });
    const earlier = createDemoWorld({ now: now - 9 * day });
    const sample = shown.filter((one, index) => index % 40 === 0 && one.startedAt > retentionStart(now + 20 * day));
    expect(sample.length).toBeGreaterThan(30);
    for (const one of sample) {
      expect(later.find(one.source, one.remoteId, now + 20 * day)?.completeText(now)).toBe(one.completeText(now));
      expect(earlier.find(one.source, one.remoteId, now)?.searchText(now)).toBe(one.searchText(now));
    }
    expect(createDemoWorld({ now, seed: 'another' }).find('chat', shown[0]?.remoteId ?? '', now)).toBeUndefined();
  });

  it.each([
    ['a private chat line', '"ONLY_TO_REP"'],
    ['a private note', '"AGENTS_AND_MANAGERS"'],
    ['a file', '"HOSTED_FILE"'],
    ['a secure form', '"SECURE_FORM_SUBMIT"'],
    ['a link', '"type":"LINK"'],
    ['rich content in chat', '"rich-content"'],
    ['quick replies', '"quickReplies"'],
    ['an HTML line', '"textType":"html"'],
    ['a bot', '"userTypeName":"Bot"'],
    ['co-browsing', '"coBrowseSessionsList"'],
    ['a chat split by a transfer', '"endReason":"106"'],
    ['a messaging transfer', '"sourceSkillId":-1'],
    ['a pre-chat survey', '"preChat"'],
    ['an exit survey', '"postChat"'],
    ['an adviser’s survey', '"operator"'],
    ['a recommendation score', '"questionType":"nps"'],
    ['an erased record', '** LP deleted data **'],
    ['a filler', '"endTime":"undefined","endTimeL":-1'],
    ['an unknown attribute', '"loyaltyLevel"'],
    ['an unknown message type', '"STICKER"'],
    ['an order number', 'BENCH-10'],
    ['a card number', '4111 1111 1111 1111'],
    ['an unassigned skill', '"skillId":-1'],
    ['Japanese', '注文番号'],
    ['Chinese', '订单'],
    ['Korean', '배송'],
    ['Thai', 'คำสั่งซื้อ'],
    ['Arabic', 'طلبي'],
    ['Hebrew', 'ההזמנה'],
    ['Hindi', 'ऑर्डर'],
    ['Russian', 'заказ'],
    ['Greek', 'παραγγελία'],
    ['Turkish', 'sipariş'],
    ['German', 'Bestellung'],
    ['emoji', '😊'],
  ])('shows %s', (_what, wanted) => {
    expect(text).toContain(wanted);
  });

  it('is read by the app’s own decoder without anything left that it cannot name', () => {
    const decoded = shown.map((one) => decodeRecord(one.source, Buffer.from(one.completeText(now) ?? '')));
    expect(decoded.map((one) => one.remoteId)).toEqual(shown.map((one) => one.remoteId));
    expect(decoded.map((one) => one.startedAt)).toEqual(shown.map((one) => one.startedAt));
    const features = new Set(decoded.flatMap((one) => one.features));
    expect([...features].sort()).toEqual(['cobrowse', 'file', 'form', 'link', 'note', 'rich', 'survey', 'transfer']);
    expect(new Set(decoded.map((one) => one.csat))).toEqual(new Set([null, 1, 2, 3, 4, 5]));
  });

  it('has numbers of 19 digits that no JavaScript number holds', () => {
    expect(text).toMatch(/"socialId":\d{19},/u);
  });

  it('has a conversation of more than 400 messages that search shows in part and the request by id whole', () => {
    const longest = shown.filter((one) => one.searchText(now)?.includes('"isPartial":true'));
    expect(longest.length).toBeGreaterThan(0);
    for (const one of longest) {
      expect(one.completeText(now)?.length).toBeGreaterThan(2 * (one.searchText(now)?.length ?? 0));
      expect(one.completeText(now)).toContain('"isPartial":false');
    }
    const messages = (one: RemoteRecord) => one.completeText(now)?.match(/"timeL":/gu)?.length ?? 0;
    expect(Math.max(...longest.map(messages))).toBeGreaterThan(400);
  });

  it('has returning customers and at least twelve advisers', () => {
    const visitors = [...text.matchAll(/"visitorId":"([^"]+)"/gu)].map((match) => match[1]);
    expect(new Set(visitors).size).toBeLessThan(visitors.length * 0.6);
    expect(
      new Set([...text.matchAll(/"agentLoginName":"([^"]+)"/gu)].map((match) => match[1])).size,
    ).toBeGreaterThanOrEqual(12);
  });
});

describe('the life of a record', () => {
  it('of a chat: unseen, then without attributes, then enriched within two hours, gone after thirteen months', () => {
    const one = shown.find((record) => record.source === 'chat' && record.searchText(now)?.includes('"sdes"'));
    if (one === undefined) throw new Error('There is no enriched chat.');
    expect(one.searchText(one.visibleAt - 1)).toBeNull();
    expect(one.searchText(one.visibleAt)).toContain('"chatDataEnriched":false');
    expect(one.searchText(one.visibleAt)).not.toContain('"sdes"');
    expect(one.searchText(one.visibleAt + 2 * hour)).toContain('"chatDataEnriched":true');
    expect(one.searchText(one.vanishesAt - 1)).not.toBeNull();
    expect(one.searchText(one.vanishesAt)).toBeNull();
  });

  it('of a messaging conversation: it grows, its update time follows, then it closes', () => {
    const one = shown.find((record) => record.versionAt(record.visibleAt)?.status === 'open');
    if (one === undefined) throw new Error('There is no messaging conversation.');
    let previous = 0;
    let length = 0;
    for (let time = one.visibleAt; one.versionAt(time)?.status === 'open'; time += 10 * 60_000) {
      const version = one.versionAt(time);
      expect(version?.updatedAt).toBeLessThanOrEqual(time);
      expect(version?.updatedAt).toBeGreaterThanOrEqual(previous);
      previous = version?.updatedAt ?? 0;
      length = Math.max(length, version?.searchText.length ?? 0);
    }
    expect(one.completeText(now)).toContain('"status":"CLOSE"');
    expect(one.completeText(now)?.length).toBeGreaterThan(length * 0.9);
  });
});
