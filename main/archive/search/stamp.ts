import type { Database } from 'better-sqlite3';
import { prepared, preparedValue } from '../store/statements.ts';

/** Changes when anything in the archive does, through this connection or another. */
export function archiveStamp(db: Database): string {
  const others = db.pragma('data_version', { simple: true }) as number;
  return `${others}.${ownChanges(db)}`;
}

/**
 * Changes when what the index holds does, or the segments it lies in. Entries of the custody log, which every search
 * of a person adds, change nothing here.
 */
export function indexStamp(db: Database): string {
  const weeks = prepared<[], { total: number | null; weeks: number }>(
    db,
    'SELECT sum(generation) AS total, count(*) AS weeks FROM facet_week',
  ).get();
  const structure = preparedValue<[], Buffer>(db, 'SELECT block FROM ft_data WHERE id = 10').get();
  return `${weeks?.total ?? 0}.${weeks?.weeks ?? 0}.${ownChanges(db)}.${structure?.toString('latin1') ?? ''}`;
}

/** Of this connection: what it does and takes back again must not be taken for what comes after. */
function ownChanges(db: Database): number {
  return preparedValue<[], number>(db, 'SELECT total_changes()').get() ?? 0;
}
