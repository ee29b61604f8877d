import { describe, expect, test } from 'vitest';
import { ArchiveError } from '../../../preload/errors.ts';
import { matchingRids } from '../../../main/archive/search/matching.ts';
import { count, found, now, page } from './ask.ts';
import { corpus } from './corpus.ts';
import { seededRandom } from './random.ts';
import { day, firstStart, messagingRecord, testArchive, type Said } from './support.ts';

/** Goes through all pages by their cursors. */
function allPages(
  archive: ReturnType<typeof testArchive>,
  query: string,
  sort: 'newest' | 'oldest' | 'relevance',
  limit: number,
): string[] {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const result = page(archive, { query, sort, limit, ...(cursor === null ? {} : { cursor }) });
    expect(result.hits.length).toBeLessThanOrEqual(limit);
    ids.push(...result.hits.map(({ id }) => id));
    cursor = result.nextCursor;
  } while (cursor !== null);
  return ids;
}

describe('order of results', () => {
  const minute = Math.floor(firstStart / 60_000) * 60_000;
  // More conversations in one minute than it has row ids for: some spill into the next, which has its own.
  const crowded: Said[] = Array.from({ length: 150 }, (_, index) => ({
    id: `s${index}`,
    start: minute + ((index * 7919) % 60_000),
    lines: ['customer: refund'],
  }));
  const later: Said[] = Array.from({ length: 20 }, (_, index) => ({
    id: `t${index}`,
    start: minute + 60_000 + index * 2500,
    lines: ['customer: refund'],
  }));
  const archive = testArchive([...crowded, ...later, { id: 'early', start: minute - 1, lines: ['agent: refund'] }]);
  const startOf = new Map(
    [...crowded, ...later, { id: 'early', start: minute - 1 }].map(({ id, start }) => [id, start ?? 0]),
  );
  const starts = (ids: readonly string[]) => ids.map((id) => startOf.get(id.split(':').at(-1) as string) ?? Number.NaN);

  test('oldest first is exact to the millisecond, even where a minute overflows', () => {
    const ids = found(archive, 'refund', { limit: 200 });
    expect(ids).toHaveLength(171);
    expect(starts(ids)).toEqual([...startOf.values()].sort((one, other) => one - other));
  });

  test('newest first is the same list backwards', () => {
    const newest = found(archive, 'refund', { limit: 200, sort: 'newest' });
    expect(newest.toReversed()).toEqual(found(archive, 'refund', { limit: 200 }));
  });

  test.each(['newest', 'oldest', 'relevance'] as const)(
    'pages of any size, %s first, make up the whole list once',
    (sort) => {
      const whole = allPages(archive, 'refund', sort, 200);
      expect(new Set(whole).size).toBe(171);
      for (const limit of [1, 7, 64, 170]) expect(allPages(archive, 'refund', sort, limit)).toEqual(whole);
    },
  );

  test('an offset skips exactly that many hits', () => {
    const whole = found(archive, 'refund', { limit: 200 });
    expect(found(archive, 'refund', { limit: 10, offset: 100 })).toEqual(whole.slice(100, 110));
    expect(found(archive, 'refund', { offset: 171 })).toEqual([]);
  });

  test('a date that falls into an overflowing minute parts its conversations by their true start', () => {
    const from = new Date(minute).toISOString().slice(0, 10);
    expect(count(archive, `from:${from}`).total + count(archive, `-from:${from}`).total).toBe(171);
    const hours = Math.round((now - minute - 60_000) / 3_600_000);
    expect(count(archive, `from:-${hours}h`).total).toBe(
      [...startOf.values()].filter((start) => start >= now - hours * 3_600_000).length,
    );
  });

  test('an export reads the same conversations in the same order', () => {
    const rids = [...matchingRids(archive.db, 'refund', { sort: 'newest', timeZone: 'UTC', now })];
    const idOf = archive.db.prepare<[number], string>('SELECT remote_id FROM conversation WHERE rid = ?').pluck();
    expect(rids.map((rid) => idOf.get(rid))).toEqual(found(archive, 'refund', { limit: 200, sort: 'newest' }));
  });
});

describe('relevance', () => {
  test('is the order of FTS5 itself: fitting conversations first', () => {
    const archive = testArchive([
      { id: 'weak', lines: [`customer: refund ${'word '.repeat(200)}`] },
      { id: 'strong', lines: ['customer: refund refund refund'] },
      { id: 'none', lines: ['customer: word'] },
    ]);
    expect(found(archive, 'refund', { sort: 'relevance' })).toEqual(['strong', 'weak']);
  });

  test('filters do not change how well a text fits, and filters alone give newest first', () => {
    const archive = testArchive(corpus(seededRandom(5), 120));
    const plain = found(archive, 'refund', { sort: 'relevance', limit: 200 });
    expect(found(archive, 'refund source:messaging account:12345678', { sort: 'relevance', limit: 200 })).toEqual(
      plain,
    );
    expect(found(archive, 'source:messaging', { sort: 'relevance', limit: 200 })).toEqual(
      found(archive, '', { sort: 'newest', limit: 200 }),
    );
  });
});

test('a customer is found by name, address, visitor id and phone number, also by their beginnings', () => {
  const archive = testArchive([
    { id: 'a', customer: { name: 'Clara Weiß', email: 'Clara@Mail.example', phone: '+49 30 1234567' }, lines: [] },
    { id: 'b', customer: { name: 'Carl', email: 'carl@mail.example' }, lines: [] },
  ]);
  for (const value of [
    '"clara weiss"',
    'clara@mail.example',
    '"+49 30 1234567"',
    '49301234567',
    'consumer-a',
    'clara*',
  ])
    expect(found(archive, `customer:${value}`), value).toEqual(['a']);
  expect(found(archive, 'customer:c*').toSorted()).toEqual(['a', 'b']);
  expect(found(archive, '-customer:clara*')).toEqual(['b']);
});

describe('hits', () => {
  const archive = testArchive([
    {
      id: 'h1',
      lines: [
        'customer: I want a refund for BENCH-100821',
        'note: refund is due, do not tell',
        `agent: ${'so '.repeat(80)}the refund comes ${'then '.repeat(80)}`,
        'customer: thanks',
      ],
      csat: 2,
      customer: { name: 'Clara' },
    },
  ]);

  test('a hit names the messages that matched, who said them, and whether the customer saw them', () => {
    const [hit] = page(archive, { query: 'refund' }).hits;
    expect(hit).toMatchObject({
      id: 'messaging:12345678:h1',
      csat: 2,
      messageCount: 4,
      customer: 'Clara',
      preview: 'I want a refund for BENCH-100821',
    });
    expect(hit?.matchedMessages.map(({ index, role, private: hidden }) => [index, role, hidden])).toEqual([
      [0, 'customer', false],
      [1, 'agent', true],
      [2, 'agent', false],
    ]);
  });

  test('a snippet shows the hit in the middle of a long message, marked', () => {
    const snippet = page(archive, { query: 'refund' }).hits[0]?.matchedMessages[2]?.snippet ?? '';
    expect(snippet).toMatch(/^…so .*the \uE000refund\uE001 comes then.*…$/u);
    expect(snippet.length).toBeLessThan(220);
  });

  test('only what the query says of a speaker is marked', () => {
    const [hit] = page(archive, { query: 'said:customer refund' }).hits;
    expect(hit?.matchedMessages.map(({ snippet }) => snippet)).toEqual([
      'I want a \uE000refund\uE001 for BENCH-100821',
    ]);
  });

  test('a text cannot fake a mark', () => {
    const faked = testArchive([{ id: 'f', lines: ['customer: a \uE000fake\uE001 refund'] }]);
    expect(page(faked, { query: 'refund' }).hits[0]?.matchedMessages[0]?.snippet).toBe('a fake \uE000refund\uE001');
  });

  test('a query of filters alone shows how the conversation began', () => {
    expect(page(archive, { query: 'csat:2' }).hits[0]).toMatchObject({
      matchedMessages: [],
      preview: 'I want a refund for BENCH-100821',
    });
  });
});

describe('speakers and messages', () => {
  const archive = testArchive([
    { id: 'one', lines: ['agent: refund is possible', 'agent: guarantee'] },
    { id: 'two', lines: ['customer: refund and guarantee', 'agent: no'] },
    { id: 'three', lines: ['agent: refund or guarantee'] },
  ]);

  test.each([
    ['refund guarantee', ['one', 'three', 'two']],
    ['said:agent(refund guarantee)', ['one', 'three']],
    ['said:agent refund guarantee', ['one', 'three']],
    ['said:customer(refund guarantee)', ['two']],
    ['refund NEAR/5 guarantee', ['three', 'two']],
    ['said:agent(refund NEAR/5 guarantee)', ['three']],
    ['"possible guarantee"', []],
    ['said:agent(refund -possible)', ['three']],
    ['-said:agent refund', ['two']],
    ['refund NEAR/1 possible', ['one']],
    ['refund NEAR/0 possible', []],
    ['guarantee NEAR/1 refund', ['three', 'two']],
    ['refund NEAR/2 guarantee NEAR/9 refund', ['three', 'two']],
    ['-(refund NEAR/5 guarantee)', ['one']],
  ])('%s', (query, ids) => {
    expect(found(archive, query).toSorted()).toEqual(ids);
    expect(count(archive, query).total).toBe(ids.length);
  });
});

describe('filters', () => {
  const archive = testArchive([
    {
      id: 'a',
      agent: { id: '1', name: 'Tomas Brandt', login: 'tomas@brand.example', group: 'Cards' },
      skill: { id: 7, name: 'Sales (EU)' },
      csat: 2,
      durationMs: 90_500,
      lines: ['note: x'],
      customer: { email: 'Clara@Mail.example', phone: '+49 30 1234-567' },
    },
    {
      id: 'b',
      start: firstStart + day,
      agent: { id: '2', name: 'José Núñez' },
      csat: 4,
      open: true,
      lines: ['bot: hi', 'customer: x'],
      order: 'PO-77',
    },
  ]);

  test.each([
    ['agent:"tomas brandt"', ['a']],
    ['agent:tomas', []],
    ['agent:tom*', ['a']],
    ['agent:1,2', ['a', 'b']],
    ['agent:"jose nunez"', ['b']],
    ['agent:tomas@brand.example', ['a']],
    ['skill:"sales (eu)"', ['a']],
    ['skill:7', ['a']],
    ['group:cards', ['a']],
    ['email:clara@mail.example', ['a']],
    ['phone:+49301234567', ['a']],
    ['phone:"+49 30 1234-567"', ['a']],
    ['phone:4930*', ['a']],
    ['id:messaging:12345678:b', ['b']],
    ['id:chat:12345678:b', []],
    ['id:b', ['b']],
    ['account:12345678 source:messaging', ['a', 'b']],
    ['csat:<=2', ['a']],
    ['csat:3..5,1', ['b']],
    ['csat:*', ['a', 'b']],
    ['duration:<=90s', []],
    ['duration:>90s', ['a', 'b']],
    ['duration:90.5s', ['a']],
    ['messages:1', ['a']],
    ['has:note', ['a']],
    ['is:open', ['b']],
    ['is:bot', ['b']],
    ['is:closed', ['a']],
    ['on:2026-01-15', ['a']],
    ['from:2026-01-16', ['b']],
    ['to:2026-01-15 OR is:open', ['a', 'b']],
    ['-on:2026-01-15', ['b']],
    ['on:2026-01', ['a', 'b']],
    ['PO-77', ['b']],
    ['tag:urgent', []],
    ['has:hold', []],
    ['-tag:urgent', ['a', 'b']],
  ])('%s', (query, ids) => {
    expect(found(archive, query)).toEqual(ids);
    expect(count(archive, query).total).toBe(ids.length);
  });
});

test('attributes, survey answers, place and page are found by their words, but nobody said them', () => {
  const archive = testArchive([{ id: 'a', lines: ['agent: x'], survey: 'Never again', order: 'PO-4711-X' }]);
  const record = messagingRecord({ id: 'b', start: firstStart + day, lines: ['agent: x'] });
  const monitoring = {
    city: 'Nürnberg',
    ipAddress: '192.0.2.17',
    conversationStartPage: 'https://shop.example/returns?step=2',
  };
  archive.addRecords('messaging', [{ ...record, monitoring }]);
  const queries = ['PO-4711-X', '4711', '12.5', '"never again"', 'nurnberg', '192.0.2.17', 'shop.example/returns'];
  expect(queries.map((query) => found(archive, query))).toEqual([['a'], ['a'], ['a'], ['a'], ['b'], ['b'], ['b']]);
  expect(found(archive, 'said:agent 4711')).toEqual([]);
});

test('texts of an older version are found, but do not count as messages', () => {
  const archive = testArchive([{ id: 'a', lines: ['customer: refund now', 'agent: no guarantee', 'agent: sorry'] }]);
  archive.add([{ id: 'a', lines: ['customer: refund now'] }]);
  expect(found(archive, 'guarantee')).toEqual(['a']);
  expect(found(archive, 'no NEAR/3 guarantee')).toEqual(['a']);
  expect(found(archive, 'messages:1')).toEqual(['a']);
  expect(found(archive, 'messages:3')).toEqual([]);
});

describe('refusals', () => {
  const archive = testArchive([{ id: 'a', lines: ['agent: x'] }]);

  test.each([
    'nonsense',
    Buffer.from('["oldest",1,2]').toString('base64url'),
    Buffer.from('["newest","x"]').toString('base64url'),
  ])('a cursor that is none of this search is refused: %s', (cursor) => {
    expect(() => page(archive, { query: 'x', sort: 'newest', cursor })).toThrow(ArchiveError);
  });

  test('an unknown time zone is refused where a date needs it', () => {
    expect(() => page(archive, { query: 'on:2026-01-15', timeZone: 'Mars/Olympus' })).toThrow('time zone');
  });
});
