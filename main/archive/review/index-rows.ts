import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import { replaceIndexRows, type IndexChange } from '../search/index-writer.ts';
import { facetIds, startFacets } from '../store/facet-ids.ts';
import { indexedStateOf } from '../store/index-source.ts';
import { keepLabels } from '../store/label-history.ts';
import { prepared } from '../store/statements.ts';

/** Index rows that are rewritten at a time: enough for FTS5, and flat in memory. */
const batchSize = 500;

/**
 * Labels are part of the index, of the facets and of their own history: writes all of them again, within the
 * transaction that changed the labels.
 * A damaged record keeps its row: it can be held and tagged, and `verify` names it.
 */
export function rewriteIndexRows(db: Database, rids: readonly number[], now: number): void {
  startFacets(db);
  const setFacets = prepared<[Buffer, number]>(db, 'UPDATE conversation SET facets = ? WHERE rid = ?');
  for (let start = 0; start < rids.length; start += batchSize) {
    const changes: IndexChange[] = [];
    for (const rid of rids.slice(start, start + batchSize)) {
      try {
        const { document, facets, labels } = indexedStateOf(db, rid);
        keepLabels(db, rid, labels, now);
        changes.push({ rid, replace: true, document });
        setFacets.run(facetIds(db, facets), rid);
      } catch (error) {
        if (!(error instanceof ArchiveError)) throw error;
      }
    }
    replaceIndexRows(db, changes);
  }
}
