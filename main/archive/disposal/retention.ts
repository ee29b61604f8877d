import type { Database } from 'better-sqlite3';
import type { ParsedInput } from '../../../preload/contract.ts';
import { ArchiveError } from '../../../preload/errors.ts';
import type { RetentionClass } from '../../../preload/model.ts';
import { recordChange, type CustodyArchive } from '../evidence/custody.ts';
import type { Doing } from '../review/doing.ts';
import { matchingRids } from '../search/matching.ts';
import { prepared } from '../store/statements.ts';

interface ClassRow {
  name: string;
  query: string;
  time_zone: string;
  keep_days: number;
  set_ms: number;
  set_by: string;
}

/** All retention classes, by name. */
export function retentionClasses(db: Database): RetentionClass[] {
  return prepared<[], ClassRow>(db, 'SELECT * FROM retention_class ORDER BY name').all().map(retentionClass);
}

/**
 * Makes a class, or changes the one of that name. Must be called outside any transaction.
 * @throws ArchiveError invalid-input for a query that does not parse
 */
export function setRetentionClass(
  archive: CustodyArchive,
  { name, query, timeZone, keepDays }: ParsedInput<'retention.set'>,
  { now, actor }: Doing,
): RetentionClass {
  const { db } = archive;
  // A query that cannot be asked would be found out when somebody wants to destroy by it.
  matchingRids(db, query, { sort: 'oldest', timeZone, now }).next();
  recordChange(
    archive,
    () => {
      const before = findClass(db, name);
      prepared<unknown[]>(
        db,
        `INSERT INTO retention_class(name, query, time_zone, keep_days, set_ms, set_by) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT(name) DO UPDATE SET query = excluded.query, time_zone = excluded.time_zone,
           keep_days = excluded.keep_days, set_ms = excluded.set_ms, set_by = excluded.set_by`,
      ).run(name, query, timeZone, keepDays, now, actor.user);
      const details = { name, query, timeZone, keepDays, before: before === null ? null : definition(before) };
      return { kind: 'retention-set', time: now, subjects: [`retention:${name}`], details };
    },
    actor,
  );
  return getClass(db, name);
}

/** @throws ArchiveError not-found */
export function removeRetentionClass(
  archive: CustodyArchive,
  { name, reason }: ParsedInput<'retention.remove'>,
  { now, actor }: Doing,
): void {
  const { db } = archive;
  recordChange(
    archive,
    () => {
      const details = { ...definition(getClass(db, name)), reason };
      prepared<[string]>(db, 'DELETE FROM retention_class WHERE name = ?').run(name);
      return { kind: 'retention-removed', time: now, subjects: [`retention:${name}`], details };
    },
    actor,
  );
}

/** What a class says, without who said it and when. */
export function definition({ name, query, timeZone, keepDays }: RetentionClass) {
  return { name, query, timeZone, keepDays };
}

function findClass(db: Database, name: string): RetentionClass | null {
  const row = prepared<[string], ClassRow>(db, 'SELECT * FROM retention_class WHERE name = ?').get(name);
  return row === undefined ? null : retentionClass(row);
}

function getClass(db: Database, name: string): RetentionClass {
  const found = findClass(db, name);
  if (found !== null) return found;
  throw new ArchiveError('not-found', 'There is no retention class of this name.', {
    hint: 'Look at the list of retention classes.',
  });
}

function retentionClass(row: ClassRow): RetentionClass {
  return {
    name: row.name,
    query: row.query,
    timeZone: row.time_zone,
    keepDays: row.keep_days,
    setAt: row.set_ms,
    setBy: row.set_by,
  };
}
