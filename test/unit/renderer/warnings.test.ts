import { expect, test } from 'vitest';
import type { SourceStatus, Status } from '../../../preload/model.ts';
import { warningsOf } from '../../../renderer/state/warnings.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 24, 12);

function status(source: Partial<SourceStatus>, account: Partial<Status['accounts'][number]> = {}): Status {
  return {
    archiveFolder: '/archive',
    diskBytes: 0,
    accounts: [
      {
        accountId: '12345678',
        label: null,
        demo: false,
        removed: false,
        sources: [
          {
            source: 'chat',
            conversations: 0,
            messages: 0,
            firstDay: null,
            lastDay: null,
            coverage: [],
            retention: { nextDeletionDay: null, conversations: 0, archived: true },
            lastSyncAt: now - hour,
            lastError: null,
            repairsPending: 0,
            nextRepairAt: null,
            ...source,
          },
        ],
        ...account,
      },
    ],
  };
}

const kinds = (of: Status) => warningsOf(of, [], [], now).map(({ kind }) => kind);

test('nothing is told while all is well', () => {
  expect(kinds(status({}))).toEqual([]);
  expect(warningsOf(undefined, [], [], now)).toEqual([]);
});

test('a sync is told as failing once nothing got through for a day, unless it was paused', () => {
  const lastError = 'LivePerson does not accept the keys.';
  expect(kinds(status({ lastError, lastSyncAt: now - 23 * hour }))).toEqual([]);
  expect(kinds(status({ lastError, lastSyncAt: now - 25 * hour }))).toEqual(['failing']);
  expect(kinds(status({ lastError, lastSyncAt: null }))).toEqual(['failing']);
  expect(kinds(status({ lastError: null, lastSyncAt: now - 25 * hour }))).toEqual([]);
  expect(kinds(status({ lastError, lastSyncAt: null }, { paused: true }))).toEqual([]);
});

test('days about to be lost come first, of paused accounts too, but not of removed ones', () => {
  const gapsBecomingPermanent = [{ from: '2025-11-01', to: '2025-11-03', days: 3 }];
  const closing = { gapsBecomingPermanent, lastError: 'no', lastSyncAt: null };
  expect(kinds(status(closing))).toEqual(['closing', 'failing']);
  expect(kinds(status(closing, { paused: true }))).toEqual(['closing']);
  expect(kinds(status(closing, { removed: true }))).toEqual([]);
});

test('new hits of a saved search are told with the search they lead to', () => {
  const search = {
    name: 'Guarantees',
    query: 'guarantee*',
    sort: 'newest' as const,
    timeZone: 'UTC',
    createdAt: now,
    createdBy: 'clara',
    seenAt: now,
  };
  const news = [
    { name: 'Guarantees', newHits: 2 },
    { name: 'removed meanwhile', newHits: 9 },
  ];
  expect(warningsOf(status({}), [search], news, now)).toEqual([{ kind: 'news', search, newHits: 2 }]);
  expect(warningsOf(status({}), [search], [{ name: 'Guarantees', newHits: 0 }], now)).toEqual([]);
});
