import type { Database } from 'better-sqlite3';
import type { Output, ParsedInput } from '../../../preload/contract.ts';
import type { SavedSearch, Sort } from '../../../preload/model.ts';
import { logChange } from '../evidence/custody.ts';
import { treeSize } from '../evidence/tree.ts';
import { answering } from '../search/answer.ts';
import { matchingList } from '../search/match-list.ts';
import type { Plan } from '../search/plan.ts';
import { parseQuery } from '../search/query.ts';
import { prepared } from '../store/statements.ts';
import type { Doing } from './doing.ts';
import { foldedName, unknownName } from './names.ts';
import { taken } from './tags.ts';

interface SearchRow {
  id: number;
  name: string;
  query: string;
  sort: Sort;
  time_zone: string;
  created_ms: number;
  created_by: string;
  seen_ms: number;
  seen_size: number;
}

/** All saved searches, by name. */
export function listSavedSearches(db: Database): SavedSearch[] {
  return rows(db).map(publicSearch);
}

/**
 * Saves a search; all its hits of today count as seen.
 * @throws ArchiveError invalid-input when the query does not parse; conflict for a name in use, unless `replace`
 */
export function saveSearch(db: Database, input: ParsedInput<'savedSearches.save'>, doing: Doing): SavedSearch {
  const { name, query, sort, timeZone, replace } = input;
  parseQuery(query);
  return logChange(
    db,
    () => {
      const known = find(db, name);
      if (known !== undefined && !replace) throw taken('saved search', name);
      const same = known?.query === query && known.sort === sort && known.time_zone === timeZone && known.name === name;
      if (known !== undefined && same) return { value: publicSearch(known), actions: [] };
      prepared<unknown[]>(
        db,
        `INSERT INTO saved_search(name, folded, query, sort, time_zone, created_ms, created_by, seen_ms, seen_size)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT(folded) DO UPDATE SET name = excluded.name, query = excluded.query, sort = excluded.sort,
           time_zone = excluded.time_zone, seen_ms = excluded.seen_ms, seen_size = excluded.seen_size`,
      ).run(name, foldedName(name), query, sort, timeZone, doing.now, doing.actor.user, doing.now, treeSize(db));
      const facts = { query: query.slice(0, 10_000), sort, timeZone };
      return {
        value: publicSearch(get(db, name)),
        actions: [action(known === undefined ? 'search-saved' : 'search-changed', name, facts, doing)],
      };
    },
    doing.actor,
  );
}

/** @throws ArchiveError not-found; conflict when another one has the name */
export function renameSavedSearch(
  db: Database,
  { name, newName }: ParsedInput<'savedSearches.rename'>,
  doing: Doing,
): SavedSearch {
  return logChange(
    db,
    () => {
      const row = get(db, name);
      if (row.name === newName) return { value: publicSearch(row), actions: [] };
      const other = find(db, newName);
      if (other !== undefined && other.id !== row.id) throw taken('saved search', newName);
      prepared<unknown[]>(db, 'UPDATE saved_search SET name = ?, folded = ? WHERE id = ?').run(
        newName,
        foldedName(newName),
        row.id,
      );
      return {
        value: publicSearch(get(db, newName)),
        actions: [action('search-renamed', row.name, { to: newName }, doing)],
      };
    },
    doing.actor,
  );
}

/** Looking at hits says nothing about them: it is not an entry of the log beyond the search itself. */
export function seeSavedSearch(db: Database, name: string, { now }: Doing): SavedSearch {
  const row = get(db, name);
  prepared<unknown[]>(db, 'UPDATE saved_search SET seen_ms = ?, seen_size = ? WHERE id = ?').run(
    now,
    treeSize(db),
    row.id,
  );
  return publicSearch(get(db, name));
}

/** @throws ArchiveError not-found */
export function removeSavedSearch(db: Database, name: string, doing: Doing): void {
  logChange(
    db,
    () => {
      const row = get(db, name);
      prepared<[number]>(db, 'DELETE FROM saved_search WHERE id = ?').run(row.id);
      return { value: undefined, actions: [action('search-removed', row.name, {}, doing)] };
    },
    doing.actor,
  );
}

/**
 * How many hits of each came in, or got a new version, since it was last seen. Costs as much as came in: the custody
 * log tells which conversations that were, and only their stretch of time is searched.
 */
export function savedSearchNews(db: Database, now: number): Output<'savedSearches.news'> {
  const since = new Map<number, number[]>();
  return rows(db).map(({ name, query, time_zone: timeZone, seen_size: seen }) => {
    let came = since.get(seen);
    if (came === undefined) since.set(seen, (came = cameSince(db, seen)));
    const [first] = came;
    const last = came.at(-1);
    if (first === undefined || last === undefined) return { name, newHits: 0 };
    const fresh = new Set(came);
    const newHits = answering(db, query, { now, timeZone }, (plan) => {
      let total = 0;
      for (const rid of matchingList(db, clipped(plan, first, last))) if (fresh.has(rid)) total += 1;
      return total;
    });
    return { name, newHits };
  });
}

function cameSince(db: Database, seen: number): number[] {
  return prepared<[number], { rid: number }>(
    db,
    'SELECT DISTINCT rid FROM custody_leaf WHERE position >= ? AND rid IS NOT NULL ORDER BY rid',
  )
    .all(seen)
    .map(({ rid }) => rid);
}

function clipped(plan: Plan, first: number, last: number): Plan {
  const segments = plan.segments
    .map((segment) => ({ ...segment, from: Math.max(segment.from, first), to: Math.min(segment.to, last) }))
    .filter(({ from, to }) => from <= to);
  return { ...plan, segments };
}

function rows(db: Database): SearchRow[] {
  return prepared<[], SearchRow>(db, 'SELECT * FROM saved_search ORDER BY folded').all();
}

function find(db: Database, name: string): SearchRow | undefined {
  return prepared<[string], SearchRow>(db, 'SELECT * FROM saved_search WHERE folded = ?').get(foldedName(name));
}

function get(db: Database, name: string): SearchRow {
  const row = find(db, name);
  if (row !== undefined) return row;
  throw unknownName(
    'saved search',
    name,
    rows(db).map((each) => each.name),
  );
}

function action(kind: string, name: string, details: Record<string, unknown>, { now }: Doing) {
  return { kind, time: now, subjects: [`search:${name}`], details: { name, ...details } };
}

function publicSearch(row: SearchRow): SavedSearch {
  return {
    name: row.name,
    query: row.query,
    sort: row.sort,
    timeZone: row.time_zone,
    createdAt: row.created_ms,
    createdBy: row.created_by,
    seenAt: row.seen_ms,
  };
}
