import type { Database } from 'better-sqlite3';
import { looseBlocks, repackBlocks } from './block-rewrite.ts';
import { betweenSteps, type LongWork } from './long-work.ts';
import { prepared } from './statements.ts';
import { toArchiveError } from './sqlite-error.ts';

/** Pages of the index merged in one go: keeps each step below a tenth of a second. */
const mergePages = 500;
const freedPagesPerStep = 1000;

/**
 * Tidies the archive: merges the index, packs loose originals together, gives free space back to the disk,
 * refreshes the planner's statistics. Each step is a transaction of its own, so it can be cancelled or killed at
 * any time and goes on where it was when it is started again.
 */
export async function optimizeArchive(db: Database, work: LongWork = {}): Promise<void> {
  try {
    await mergeIndex(db, work);
    await repackLooseBlocks(db, work);
    await freePages(db, work);
    work.onProgress?.({ phase: 'refreshing statistics', done: 0, total: null, unit: 'pages' });
    db.pragma('analysis_limit = 1000');
    db.pragma('optimize');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    throw toArchiveError(error);
  }
}

/** FTS5's own way to do `optimize` in small steps: a negative number marks all segments for merging. */
export async function mergeIndex(db: Database, { signal, onProgress }: LongWork): Promise<void> {
  const merge = prepared<[number]>(db, "INSERT INTO ft(ft, rank) VALUES ('merge', ?)");
  const changes = prepared<[], { total: number }>(db, 'SELECT total_changes() AS total');
  for (let done = 0, pages = -mergePages; ; done += mergePages, pages = mergePages) {
    onProgress?.({ phase: 'merging the index', done, total: null, unit: 'pages' });
    await betweenSteps(signal);
    const before = changes.get()?.total ?? 0;
    merge.run(pages);
    // Fewer than two changes: nothing was left to merge (FTS5 documentation, "The merge command").
    if ((changes.get()?.total ?? 0) - before < 2) return;
  }
}

async function repackLooseBlocks(db: Database, { signal, onProgress }: LongWork): Promise<void> {
  // What is packed anew gets higher numbers than all that were there, and must not be taken up again.
  const last = prepared<[], { id: number | null }>(db, 'SELECT max(id) AS id FROM block').get()?.id ?? 0;
  let done = 0;
  for (let after = 0; after < last;) {
    const blocks = looseBlocks(db, after, last);
    const end = blocks.at(-1);
    if (end === undefined) return;
    onProgress?.({ phase: 'packing originals', done, total: null, unit: 'pages' });
    await betweenSteps(signal);
    repackBlocks(db, blocks);
    done += blocks.length;
    after = end;
  }
}

/** Moves the last pages into free ones and shortens the file, until none is free. */
export async function freePages(db: Database, { signal, onProgress }: LongWork): Promise<void> {
  const total = db.pragma('freelist_count', { simple: true }) as number;
  for (let left = total; left > 0;) {
    onProgress?.({ phase: 'giving space back', done: total - left, total, unit: 'pages' });
    await betweenSteps(signal);
    db.pragma(`incremental_vacuum(${freedPagesPerStep})`);
    const now = db.pragma('freelist_count', { simple: true }) as number;
    if (now >= left) return;
    left = now;
  }
}
