import { describe, expect, it } from 'vitest';
import { chat, messaging, start } from './decoding.ts';

const lines = (...entries: object[]) => chat({}, { transcript: { lines: entries } }).messages;

describe('a chat', () => {
  it('is put into reading order by time, then lineSeq, then position', () => {
    const ordered = lines(
      { text: 'd', timeL: 20, lineSeq: '10' },
      { text: 'c', timeL: 20, lineSeq: '9' },
      { text: 'a', timeL: 5 },
      { text: 'b', timeL: 5, lineSeq: '1' },
      { text: 'b2' },
    );
    expect(ordered.map(({ text }) => text)).toEqual(['a', 'b', 'b2', 'c', 'd']);
    expect(ordered.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(ordered.map(({ id }) => id)).toEqual(['2', '1', '4', '9', '10']);
  });

  it('keeps speakers and kinds of text it does not know', () => {
    const [robot, odd] = lines(
      { text: 'beep', source: 'robot', by: 'R2', timeL: 1 },
      { text: '<x>', textType: 'markdown', source: 'visitor', json: { a: 'deep' }, timeL: 2 },
    );
    expect(robot).toMatchObject({ role: 'other', speaker: 'R2', text: 'beep', kind: 'text' });
    expect(odd).toMatchObject({ role: 'customer', speaker: 'Visitor', text: '<x>\ndeep', kind: 'unknown' });
  });

  it('names every agent who wrote in it, not only the last', () => {
    const agents = chat(
      {
        agentId: 1,
        agentFullname: 'Ann Lee',
        agentNickName: 'Ann',
        agentLoginName: 'ann@b',
        agentGroupId: -1,
        agentGroupName: 'NA',
      },
      {
        transcript: {
          lines: [
            { source: 'agent', agentId: 2, by: 'Bob' },
            { source: 'visitor', agentId: 0, by: 'V' },
          ],
        },
      },
    );
    expect(agents.agents).toEqual([
      { id: '1', name: 'Ann Lee', login: 'ann@b', group: null },
      { id: '2', name: 'Bob', login: null, group: null },
    ]);
    expect(agents.filters.agent[0]).toEqual({ value: 'Ann Lee', aliases: ['Ann', 'ann@b', '1'] });
  });

  it('tells what is missing: partial, not enriched, erased', () => {
    expect(chat({ isPartial: true, chatDataEnriched: false }).flags).toEqual(['partial', 'not-enriched']);
    expect(chat({ isPartial: 'true', chatDataEnriched: 'false' }).flags).toEqual(['partial', 'not-enriched']);
    expect(chat({ isPartial: null }).flags).toEqual([]);
    expect(chat({ visitorName: '** LP deleted data **' }).flags).toEqual(['erased']);
  });

  it.each([{ startReason: '1' }, { startReason: 6 }, { endReason: '101' }, { endReason: '106' }])(
    'was transferred when %j',
    (info) => {
      expect(chat(info).features).toEqual(['transfer']);
    },
  );

  it('without a skill, duration or names is read all the same', () => {
    const bare = chat({
      skillId: -1,
      skillName: 'Unassigned',
      duration: null,
      endTimeL: start + 5000,
      agentId: 'null',
    });
    expect(bare).toMatchObject({ skills: [], agents: [], durationMs: 5000, endedAt: start + 5000, status: 'closed' });
    expect(bare.filters.id).toEqual([{ value: '99501', aliases: ['501'] }]);
    expect(chat({ duration: 12 }).durationMs).toBe(12_000);
  });

  it('keeps facts that this version has never heard of', () => {
    const { details } = chat({ moodRing: 'blue', moodRingL: 7, startTime: 'x', empty: null, nested: { a: 1 } });
    expect(details).toEqual([
      { name: 'moodRing', value: 'blue' },
      { name: 'moodRingL', value: '7' },
    ]);
  });

  it('knows its customer from attributes and the pre-chat survey', () => {
    const known = chat(
      { visitorId: 'v', visitorName: 'You' },
      {
        sdes: {
          events: [
            {
              personalInfo: {
                personalInfo: {
                  name: 'Eva',
                  surname: 'Moss',
                  contacts: [{ personalContact: { email: 'Eva@M.test' } }],
                },
              },
            },
            { customerInfo: { customerInfo: { customerId: 4711, userName: 'eva77' } }, isAuthenticated: false },
          ],
        },
        surveys: {
          preChat: [
            { displayName: 'Phone', value: '+49 (0)421 123-45' },
            { displayName: 'Mail', values: ['second@m.test'] },
          ],
        },
      },
    );
    expect(known.customer).toEqual({ id: 'v', name: 'Eva Moss', email: 'Eva@M.test', phone: '+49 (0)421 123-45' });
    expect(known.filters.customer[0]?.aliases).toEqual(
      expect.arrayContaining(['You', 'v', '4711', 'eva77', 'eva@m.test']),
    );
    expect(known.filters.email.map(({ value }) => value)).toEqual(['eva@m.test', 'second@m.test']);
    expect(known.filters.phone).toEqual([{ value: '49042112345', aliases: ['+49 (0)421 123-45'] }]);
  });

  it('has a satisfaction score where a survey says so', () => {
    const surveys = {
      postChat: [
        { displayName: 'How satisfied are you?', value: '4' },
        { displayName: 'NPS', value: '10' },
      ],
    };
    expect(chat({}, { surveys })).toMatchObject({ csat: 4, nps: 10, features: ['survey'] });
    expect(chat({}, { surveys: { postChat: [{ displayName: 'Satisfied with 1-10?', value: '9' }] } }).csat).toBeNull();
  });

  it('may have co-browse sessions and surveys of a kind nobody has seen', () => {
    const odd = chat(
      {},
      {
        coBrowseSessions: {
          coBrowseSessionsList: [{ sessionId: 's', duration: 61_000, interactive: true, endReason: 'UNKOWN' }],
        },
        surveys: { offline: [{ displayName: 'Q', value: 'A' }] },
      },
    );
    expect(odd.features).toEqual(['survey', 'cobrowse']);
    expect(odd.details).toContainEqual({ name: 'Co-browse session', value: '61 s, interactive, UNKOWN' });
    expect(odd.surveys).toEqual([{ survey: 'offline', question: 'Q', answer: 'A', time: null }]);
  });
});

const attributes = (...events: object[]) =>
  chat({}, { sdes: { events } }).attributes.map(({ type, name, value }) => `${type} ${name}=${value}`);

describe('attributes', () => {
  it('are unwrapped and flattened, unknown ones too', () => {
    expect(
      attributes(
        {
          purchase: {
            total: 11.7,
            orderId: 'X',
            cart: { products: [{ product: { name: 'Nuts' }, quantity: 2 }], serverTimeStamp: '1' },
          },
        },
        { formFillingError: { visitorError: { message: { string: 'bad' }, code: null } } },
        { brandNewKind: { a: { b: [true, 'x'] } }, sdeType: 'BRAND_NEW' },
        { searchContent: { keywords: ['k1', 'k2'] } },
        { loneScalar: 'value', sdeType: 'ODD' },
      ),
    ).toEqual([
      'purchase total=11.7',
      'purchase orderId=X',
      'purchase cart.products.0.product.name=Nuts',
      'purchase cart.products.0.quantity=2',
      'formFillingError visitorError.message=bad',
      'brandNewKind a.b.0=true',
      'brandNewKind a.b.1=x',
      'searchContent keywords.0=k1',
      'searchContent keywords.1=k2',
      'ODD loneScalar=value',
    ]);
  });

  it('tell their time and whether they are authenticated', () => {
    const both = messaging(
      {},
      {
        sdes: {
          events: [
            { lead: { lead: { topic: 'T' }, serverTimeStamp: '5', originalTimeStamp: '4' }, isAuthenticated: true },
          ],
        },
        unAuthSdes: { events: [{ lead: { lead: { topic: 'U' }, originalTimeStamp: 3 } }] },
      },
    );
    expect(both.attributes).toEqual([
      { type: 'lead', name: 'topic', value: 'T', authenticated: true, time: 5 },
      { type: 'lead', name: 'topic', value: 'U', authenticated: false, time: 3 },
    ]);
  });
});
