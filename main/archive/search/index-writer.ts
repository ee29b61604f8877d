import type { Database } from 'better-sqlite3';
import { prepared } from '../store/statements.ts';
import { indexColumns, type IndexDocument } from './document.ts';
import { touchWeeks } from './weeks.ts';

export interface IndexChange {
  rid: number | bigint;
  /** The index may hold a row of this conversation already. */
  replace: boolean;
  document: IndexDocument;
}

const insertSql = `INSERT INTO ft(rowid, ${indexColumns.join(', ')}) VALUES (?, ${indexColumns.map(() => '?').join(', ')})`;

/** Takes a conversation out of the index. */
export function removeIndexRow(db: Database, rid: number): void {
  prepared<[bigint]>(db, 'DELETE FROM ft WHERE rowid = ?').run(BigInt(rid));
  touchWeeks(db, [BigInt(rid)]);
}

/**
 * Puts documents into the index. Row ids are written in ascending order: FTS5 flushes what it has gathered
 * each time one goes backwards, which costs ten times as much.
 */
export function replaceIndexRows(db: Database, changes: readonly IndexChange[]): void {
  const remove = prepared<[bigint]>(db, 'DELETE FROM ft WHERE rowid = ?');
  const insert = prepared<unknown[]>(db, insertSql);
  const sorted = changes
    .map((change) => ({ ...change, rid: BigInt(change.rid) }))
    .sort((first, second) => (first.rid < second.rid ? -1 : first.rid > second.rid ? 1 : 0));
  for (const { rid, replace, document } of sorted) {
    if (replace) remove.run(rid);
    insert.run(rid, ...indexColumns.map((column) => document[column]));
  }
  touchWeeks(
    db,
    sorted.map(({ rid }) => rid),
  );
}
