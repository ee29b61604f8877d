import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';

/** Changes when anything in the archive does, through this connection or another. */
export function archiveStamp(db: Database): string {
  const others = db.pragma('data_version', { simple: true }) as number;
  const own = prepared(db, 'SELECT total_changes()').pluck().get() as number;
  return `${others}.${own}`;
}
