import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Activity, type NotedAction } from '../../../main/host/activity.ts';
import { isOneEdit } from '../../../main/host/search-watch.ts';

let kept: NotedAction[];
let activity: Activity;

function start(everySearch = false): void {
  kept = [];
  activity = new Activity({ everySearch, keep: (action) => kept.push(action) });
}

beforeEach(() => {
  vi.useFakeTimers();
  start();
});
afterEach(() => vi.useRealTimers());

function type(query: string, total?: number): void {
  const page = { query, timeZone: 'UTC', sort: 'newest', limit: 50, offset: 0 } as const;
  activity.answered('search.page', page, { hits: [], nextCursor: null, elapsedMs: 1 });
  if (total === undefined) return;
  activity.answered('search.count', { query, timeZone: 'UTC' }, { total, understoodAs: '', elapsedMs: 1 });
}

function read(id: string, input: { ahead?: boolean; version?: number } = {}): void {
  const transcript = { id } as never;
  activity.answered('conversations.get', { id, ...input }, { transcript, marks: [] });
}

const kinds = () => kept.map(({ kind, subjects, details }) => [kind, subjects[0] ?? details['query']]);

describe('a search is noted', () => {
  test('when it stays, with its total, and not for each key', () => {
    for (const query of ['r', 're', 'ref', 'refu', 'refund', 'refunds', 'refund']) {
      type(query);
      vi.advanceTimersByTime(200);
    }
    type('refund', 12);
    expect(kept).toEqual([]);
    vi.advanceTimersByTime(1500);
    expect(kept).toEqual([{ kind: 'search', subjects: [], details: { query: 'refund', timeZone: 'UTC', total: 12 } }]);
  });

  test('at once when something is opened from it', () => {
    type('refund');
    read('chat:1:a');
    expect(kinds()).toEqual([
      ['search', 'refund'],
      ['conversation-opened', 'chat:1:a'],
    ]);
  });

  test('once, however often the page asks for it again', () => {
    type('refund');
    vi.advanceTimersByTime(5000);
    for (let times = 0; times < 10; times += 1) {
      type('refund', times);
      vi.advanceTimersByTime(5000);
    }
    expect(kinds()).toEqual([['search', 'refund']]);
    type('');
    type('refund');
    vi.advanceTimersByTime(5000);
    expect(kept).toHaveLength(2);
  });

  test('for each of two people who search at the same time', () => {
    type('refund');
    type('iban');
    type('invoice');
    vi.advanceTimersByTime(5000);
    expect(kinds()).toEqual([
      ['search', 'refund'],
      ['search', 'iban'],
      ['search', 'invoice'],
    ]);
  });

  test('on a command line always, also the one for everything', () => {
    start(true);
    type('');
    type('r');
    type('re');
    activity.close();
    expect(kinds()).toEqual([
      ['search', ''],
      ['search', 'r'],
      ['search', 're'],
    ]);
  });

  test('with its hash when it is very long', () => {
    type('a'.repeat(20_000));
    activity.close();
    expect(kept[0]?.details).toMatchObject({
      queryLength: 20_000,
      querySha256: expect.stringMatching(/^[0-9a-f]{64}$/u) as string,
    });
  });
});

describe('a conversation that was opened is noted', () => {
  test('once while it is being read, and again later', () => {
    for (let times = 0; times < 100; times += 1) {
      read('chat:1:a');
      vi.advanceTimersByTime(1000);
    }
    expect(kept).toHaveLength(1);
    vi.advanceTimersByTime(61_000);
    read('chat:1:a');
    expect(kept).toHaveLength(2);
  });

  test('with its version, which is another reading', () => {
    read('chat:1:a');
    read('chat:1:a', { version: 1 });
    expect(kept.map(({ details }) => details)).toEqual([{}, { version: 1 }]);
  });

  test('when it is shown, if it had been asked for ahead', () => {
    read('chat:1:b', { ahead: true });
    expect(kept).toEqual([]);
    const shown = () => activity.answered('conversations.shown', { id: 'chat:1:b' }, {});
    shown();
    shown();
    vi.advanceTimersByTime(60_000);
    expect(kinds()).toEqual([['conversation-opened', 'chat:1:b']]);
  });

  test('as preloaded, if it was asked for ahead and never shown', () => {
    read('chat:1:b', { ahead: true });
    read('chat:1:c', { ahead: true });
    vi.advanceTimersByTime(30_000);
    activity.close();
    expect(kinds()).toEqual([
      ['conversation-preloaded', 'chat:1:b'],
      ['conversation-preloaded', 'chat:1:c'],
    ]);
  });
});

test('other calls are noted by what they do', () => {
  activity.answered('settings.set', { theme: 'dark', density: undefined } as never, {} as never);
  activity.answered('conversations.diff', { id: 'a', from: 1, to: 2 }, { id: 'chat:1:a' } as never);
  activity.answered('jobs.list', {}, []);
  expect(kept).toEqual([
    { kind: 'settings-changed', subjects: [], details: { theme: 'dark' } },
    { kind: 'versions-compared', subjects: ['chat:1:a'], details: { from: 1, to: 2 } },
  ]);
});

test.each([
  ['refund', 'refunds', true],
  ['refund', 'refu', true],
  ['fund', 'refund', true],
  ['rend', 'refund', true],
  ['', 'refund', true],
  ['refund', 'iban', false],
  ['agent:a refund', 'agent:b refund', false],
])('%s to %s is one edit: %s', (before, after, edit) => {
  expect(isOneEdit(before, after)).toBe(edit);
});
