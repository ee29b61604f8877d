import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { IndexState } from '../../../preload/model.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { preparedValue } from '../store/statements.ts';

/**
 * Grows when what the index holds for a conversation changes (fold.ts, document.ts): archives whose index was
 * made by another format are rebuilt.
 */
export const indexFormat = 1;

const rebuildKey = 'search.rebuild';
const formatKey = 'search.indexFormat';

const rebuildSchema = z.object({ nextRid: z.number().int().nonnegative(), failed: z.number().int().nonnegative() });
export type Rebuild = z.infer<typeof rebuildSchema>;

/** How far a rebuild of the index has come; null when none is under way. */
export function readRebuild(db: Database): Rebuild | null {
  const stored = readSetting(db, rebuildKey);
  if (stored === undefined) return null;
  const parsed = rebuildSchema.safeParse(stored);
  return parsed.success ? parsed.data : { nextRid: 0, failed: 0 };
}

export function writeRebuild(db: Database, rebuild: Rebuild): void {
  writeSetting(db, rebuildKey, rebuild);
}

export function finishRebuild(db: Database): void {
  writeSetting(db, rebuildKey, undefined);
  writeSetting(db, formatKey, indexFormat);
}

/** Whether the index was made by the rules of this program. */
function hasCurrentFormat(db: Database): boolean {
  return (readSetting(db, formatKey) ?? 1) === indexFormat;
}

/** Says that answers are incomplete, and how much so; undefined while the index is whole. */
export function incompleteIndex(db: Database): IndexState | undefined {
  const rebuild = readRebuild(db);
  if (rebuild === null) {
    return hasCurrentFormat(db) ? undefined : { complete: false, indexed: 0, total: conversations(db), outdated: true };
  }
  const indexed = preparedValue<[number]>(db, 'SELECT count(*) FROM conversation WHERE rid < ?').get(
    rebuild.nextRid,
  ) as number;
  return { complete: false, indexed, total: conversations(db), outdated: false };
}

function conversations(db: Database): number {
  return preparedValue(db, 'SELECT count(*) FROM conversation').get() as number;
}
