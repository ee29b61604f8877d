import type { Source } from '../../../preload/model.ts';
import type { RecordTest } from './filters.ts';
import type { SortKey } from './history-request.ts';
import { inside, numberOf, textOf } from './loose.ts';
import { hash } from './random.ts';
import type { RecordVersion, RemoteRecord, World } from './world.ts';

/** A record that a query may return, with its state at the time of the request. */
export interface Candidate {
  record: RemoteRecord;
  version: RecordVersion;
}

export interface SearchInput {
  world: World;
  source: Source;
  now: number;
  /** Rounded start window; null: no time limit. */
  window: { from: number; to: number } | null;
  updatedSince?: number | undefined;
  status?: readonly string[] | undefined;
  tests: readonly RecordTest[];
  /** The service's faults have their say about each record here. */
  versionOf: (record: RemoteRecord, now: number) => RecordVersion | null;
}

const parsedTexts = new WeakMap<RecordVersion, unknown>();

/** The parsed search text; kept as long as the version lives. */
export function documentOf(version: RecordVersion): unknown {
  let document = parsedTexts.get(version);
  if (document === undefined) {
    document = JSON.parse(version.searchText);
    parsedTexts.set(version, document);
  }
  return document;
}

/** All hits in the world's order. A chat is only found once it has ended: its version does not exist before. */
export function findHits(input: SearchInput): Candidate[] {
  const { world, source, now, window } = input;
  const records = window === null ? world.records(source, now) : world.between(source, window.from, window.to, now);
  const hits: Candidate[] = [];
  for (const record of records) {
    const version = input.versionOf(record, now);
    if (version === null) continue;
    if (input.updatedSince !== undefined && version.updatedAt < input.updatedSince) continue;
    if (input.status !== undefined && !input.status.includes(version.status === 'open' ? 'OPEN' : 'CLOSE')) continue;
    if (input.tests.length > 0) {
      const document = documentOf(version);
      if (!input.tests.every((test) => test(document))) continue;
    }
    hits.push({ record, version });
  }
  return hits;
}

const infoNames: Record<Source, Record<string, string>> = {
  chat: {
    end: 'endTimeL',
    duration: 'duration',
    visitor: 'visitorId',
    interactive: 'interactive',
    agentId: 'agentId',
    skillId: 'skillId',
  },
  messaging: { end: 'endTimeL' },
};

function sortValue(candidate: Candidate, field: string): number | string {
  if (field === 'start') return candidate.record.startedAt;
  if (field === 'engagementId') return candidate.record.remoteId;
  const value = inside(documentOf(candidate.version), 'info', infoNames[candidate.record.source][field] ?? field);
  const number = numberOf(value);
  return Number.isNaN(number) ? textOf(value) : number;
}

/**
 * Sorts as asked. The default order is not documented: newest first here, so that a client that forgets to sort
 * finds out. `tieSalt` makes equal records come in another order with each request, as replicas do.
 */
export function sortHits(hits: readonly Candidate[], keys: readonly SortKey[], tieSalt: number | null): Candidate[] {
  const order = keys.length === 0 ? [{ field: 'start', descending: true }] : keys;
  return hits.toSorted((a, b) => {
    for (const { field, descending } of order) {
      const compared = compare(sortValue(a, field), sortValue(b, field));
      if (compared !== 0) return descending ? -compared : compared;
    }
    if (tieSalt !== null) return hash(tieSalt, a.record.remoteId) - hash(tieSalt, b.record.remoteId);
    return compare(a.record.remoteId, b.record.remoteId);
  });
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
