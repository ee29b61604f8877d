import type { Database } from 'better-sqlite3';
import type { JobProgress } from './jobs.ts';

/** FTS5 merges about this many pages a step: short enough that calls in between do not wait noticeably. */
const pagesPerStep = 500;

/**
 * Merges the index into as few pieces as possible, gives free pages back to the file system, refreshes the planner's
 * statistics. In steps, so that it can be cancelled anywhere and the writer stays answerable.
 */
export async function optimizeArchive(
  db: Database,
  signal: AbortSignal,
  onProgress: (progress: JobProgress) => void,
): Promise<void> {
  const merge = db.prepare("INSERT INTO ft(ft, rank) VALUES ('merge', ?)");
  const changesSoFar = db.prepare<[], number>('SELECT total_changes()').pluck();
  // A negative count starts a merge of everything, positive ones go on with it. FTS5 tells that nothing is left to do
  // by fewer than two changed rows (its documentation, "The 'merge' Command").
  for (let pages = -pagesPerStep, done = 0; ; pages = pagesPerStep) {
    const before = changesSoFar.get() ?? 0;
    merge.run(pages);
    if ((changesSoFar.get() ?? 0) - before < 2) break;
    done += pagesPerStep;
    onProgress({ phase: 'Merging the index', done, total: null, unit: 'pages' });
    await nextTurn(signal);
  }

  const free = () => db.pragma('freelist_count', { simple: true }) as number;
  const total = free();
  for (let left = total; left > 0;) {
    onProgress({ phase: 'Giving free space back', done: total - left, total, unit: 'pages' });
    db.pragma(`incremental_vacuum(${pagesPerStep})`);
    const now = free();
    // Without auto_vacuum (an archive restored by other tools) nothing would ever be given back.
    if (now >= left) break;
    left = now;
    await nextTurn(signal);
  }

  onProgress({ phase: 'Refreshing statistics', done: total, total, unit: 'pages' });
  db.pragma('optimize=0x10002');
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Lets calls and cancellations in. */
async function nextTurn(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  signal.throwIfAborted();
}
