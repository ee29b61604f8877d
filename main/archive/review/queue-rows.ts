import type { Database } from 'better-sqlite3';
import type { Queue, Sample } from '../../../preload/model.ts';
import { prepared } from '../store/statements.ts';
import { foldedName, unknownName } from './names.ts';
import { progressOf } from './progress.ts';

export interface QueueRow {
  id: number;
  name: string;
  scope: Queue['scope'];
  query: string | null;
  time_zone: string;
  case_name: string | null;
  sample: string | null;
  created_ms: number;
  created_by: string;
  position: number;
}

export function queueRows(db: Database): QueueRow[] {
  return prepared<[], QueueRow>(db, 'SELECT * FROM review_queue ORDER BY folded').all();
}

export function findQueue(db: Database, name: string): QueueRow | undefined {
  return prepared<[string], QueueRow>(db, 'SELECT * FROM review_queue WHERE folded = ?').get(foldedName(name));
}

/** @throws ArchiveError not-found, with the names nearest to it */
export function getQueue(db: Database, name: string): QueueRow {
  const row = findQueue(db, name);
  if (row !== undefined) return row;
  throw unknownName(
    'queue',
    name,
    queueRows(db).map((each) => each.name),
  );
}

/** Row ids of a queue, in its order. @throws ArchiveError not-found */
export function queueRids(db: Database, name: string): number[] {
  return prepared<[number], { rid: number }>(
    db,
    'SELECT rid FROM review_queue_member WHERE queue = ? ORDER BY position',
  )
    .all(getQueue(db, name).id)
    .map(({ rid }) => rid);
}

export function sampleOf({ sample }: Pick<QueueRow, 'sample'>): Sample | null {
  return sample === null ? null : (JSON.parse(sample) as Sample);
}

export function publicQueue(db: Database, row: QueueRow): Queue {
  return {
    name: row.name,
    scope: row.scope,
    query: row.query,
    case: row.case_name,
    sample: sampleOf(row),
    createdAt: row.created_ms,
    createdBy: row.created_by,
    position: row.position,
    progress: progressOf(db, row.id),
  };
}
