import type { Database } from 'better-sqlite3';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ArchiveError } from '../../../preload/errors.ts';
import { indexDocumentOf } from '../store/index-source.ts';
import { preparedValue } from '../store/statements.ts';
import type { IndexDocument } from './document.ts';
import { finishRebuild, incompleteIndex, readRebuild, writeRebuild } from './index-state.ts';
import { replaceIndexRows } from './index-writer.ts';

export interface RebuildOptions {
  signal: AbortSignal;
  onProgress: (progress: { phase: string; done: number; total: number; unit: 'conversations' }) => void;
  /** Makes the documents anew; store's own unless a caller adds labels of its own. */
  documentOf?: (db: Database, rid: number) => IndexDocument;
}

export interface RebuildResult {
  conversations: number;
  /** Conversations whose stored original is damaged: they cannot be found by their text. */
  failed: number;
}

/** Small enough that other work of the writer waits for a moment only. */
const batchSize = 200;

/**
 * Makes the whole index anew from the stored originals. Every batch is committed with the place it came to: an
 * interrupted rebuild goes on from there, and searches meanwhile say that they are incomplete.
 * @throws ArchiveError cancelled
 */
export async function rebuildIndex(db: Database, options: RebuildOptions): Promise<RebuildResult> {
  const documentOf = options.documentOf ?? indexDocumentOf;
  if (readRebuild(db) === null) startRebuild(db);
  const total = preparedValue(db, 'SELECT count(*) FROM conversation WHERE disposed_ms IS NULL').get() as number;
  for (;;) {
    if (options.signal.aborted)
      throw new ArchiveError('cancelled', 'Rebuilding the search index was cancelled.', { retryable: true });
    const next = db.transaction(() => rebuildBatch(db, documentOf)).immediate();
    if (next === null) break;
    const done = preparedValue<[number]>(db, 'SELECT count(*) FROM conversation WHERE rid < ?').get(next) as number;
    options.onProgress({
      phase: 'Rebuilding the search index',
      done: Math.min(done, total),
      total,
      unit: 'conversations',
    });
    await nextTurn();
  }
  const failed = readRebuild(db)?.failed ?? 0;
  db.transaction(() => {
    finishRebuild(db);
  }).immediate();
  return { conversations: total, failed };
}

/** Goes on with a rebuild that was interrupted, or rebuilds an index that another version of the app has made. */
export async function finishIndex(db: Database, options: RebuildOptions): Promise<RebuildResult | null> {
  return incompleteIndex(db) === undefined ? null : await rebuildIndex(db, options);
}

/** Empties the index and remembers that it has to be filled. */
function startRebuild(db: Database): void {
  db.transaction(() => {
    db.exec("INSERT INTO ft(ft) VALUES ('delete-all')");
    writeRebuild(db, { nextRid: 0, failed: 0 });
  }).immediate();
}

/** Indexes some conversations; the row id to go on from, or null when all are done. */
function rebuildBatch(db: Database, documentOf: (db: Database, rid: number) => IndexDocument): number | null {
  const { nextRid, failed } = readRebuild(db) ?? { nextRid: 0, failed: 0 };
  const rids = preparedValue<[number, number]>(
    db,
    'SELECT rid FROM conversation WHERE rid >= ? AND disposed_ms IS NULL ORDER BY rid LIMIT ?',
  ).all(nextRid, batchSize) as number[];
  const last = rids.at(-1);
  if (last === undefined) return null;
  let damaged = 0;
  const changes = rids.flatMap((rid) => {
    try {
      return [{ rid, replace: true, document: documentOf(db, rid) }];
    } catch (error) {
      if (!(error instanceof ArchiveError)) throw error;
      damaged += 1;
      return [];
    }
  });
  replaceIndexRows(db, changes);
  writeRebuild(db, { nextRid: last + 1, failed: failed + damaged });
  return last + 1;
}

export interface IndexHealth {
  conversations: number;
  indexed: number;
  /** Conversations that the index does not know. */
  missing: number;
  /** Index rows without a conversation. */
  surplus: number;
  /** What SQLite's own check of the index found; null when it is sound. */
  damage: string | null;
}

/** Compares the index with the archive and lets SQLite check its structure. Needs the writer's connection. */
export function checkIndex(db: Database): IndexHealth {
  const count = (sql: string) => preparedValue(db, sql).get() as number;
  return {
    conversations: count('SELECT count(*) FROM conversation WHERE disposed_ms IS NULL'),
    indexed: count('SELECT count(*) FROM ft_docsize'),
    missing: count(
      'SELECT count(*) FROM conversation WHERE disposed_ms IS NULL AND rid NOT IN (SELECT id FROM ft_docsize)',
    ),
    surplus: count('SELECT count(*) FROM ft_docsize WHERE id NOT IN (SELECT rid FROM conversation)'),
    damage: structuralDamage(db),
  };
}

function structuralDamage(db: Database): string | null {
  try {
    db.exec("INSERT INTO ft(ft) VALUES ('integrity-check')");
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
