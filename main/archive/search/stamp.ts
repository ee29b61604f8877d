import type { Database } from 'better-sqlite3';
import { preparedValue } from '../store/statements.ts';

/** Changes when anything in the archive does, through this connection or another. */
export function archiveStamp(db: Database): string {
  const others = db.pragma('data_version', { simple: true }) as number;
  const own = preparedValue(db, 'SELECT total_changes()').get() as number;
  return `${others}.${own}`;
}
