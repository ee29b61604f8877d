import type { SavedSearch, Source, Status } from '../../preload/model.ts';

/** Something that happened while nobody looked, and that somebody can do something about. */
export type Warning =
  | { kind: 'closing'; accountId: string; account: string; source: Source; ranges: readonly DayRange[] }
  | { kind: 'failing'; accountId: string; account: string; source: Source; since: number | null; error: string }
  | { kind: 'news'; search: SavedSearch; newHits: number };

type DayRange = NonNullable<Status['accounts'][number]['sources'][number]['gapsBecomingPermanent']>[number];

const dayMs = 86_400_000;

/** What to tell now: the most urgent first. A paused account was paused on purpose, and its days run out all the same. */
export function warningsOf(
  status: Status | undefined,
  searches: readonly SavedSearch[],
  news: readonly { name: string; newHits: number }[],
  now: number,
): Warning[] {
  const sources = (status?.accounts ?? [])
    .filter(({ removed }) => !removed)
    .flatMap(({ accountId, label, sources: own, paused }) =>
      own.map((source) => ({ ...source, accountId, account: label ?? accountId, paused: paused === true })),
    );
  return [
    ...sources.flatMap(({ accountId, account, source, gapsBecomingPermanent: ranges = [] }): Warning[] =>
      ranges.length === 0 ? [] : [{ kind: 'closing', accountId, account, source, ranges }],
    ),
    ...sources.flatMap(({ accountId, account, source, lastError, lastSyncAt, paused }): Warning[] => {
      const fails = lastError !== null && !paused && (lastSyncAt === null || now - lastSyncAt > dayMs);
      return fails ? [{ kind: 'failing', accountId, account, source, since: lastSyncAt, error: lastError }] : [];
    }),
    ...news.flatMap(({ name, newHits }): Warning[] => {
      const search = searches.find((each) => each.name === name);
      return search === undefined || newHits === 0 ? [] : [{ kind: 'news', search, newHits }];
    }),
  ];
}
