import type { Database } from 'better-sqlite3';
import { z } from 'zod';

/** Kinds of actions that destroy content. Their entries name the leaves of all that they destroyed. */
export const destroyingKinds = ['erasure-purged', 'disposition'] as const;

/** What the entry of such an action has among its details. */
const detailsSchema = z.object({ details: z.object({ leaves: z.array(z.number()), versions: z.array(z.number()) }) });

/** What the log says of a leaf whose version was destroyed. */
export interface DestroyedLeaf {
  /** Position of the entry that says so. */
  entry: number;
  version: number;
}

/** The leaves of all versions that were destroyed on record. */
export function destroyedLeaves(db: Database): Map<number, DestroyedLeaf> {
  const leaves = new Map<number, DestroyedLeaf>();
  const entries = db.prepare<[string], { position: number; entry: string }>(
    'SELECT position, entry FROM custody_entry WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY position',
  );
  for (const { position, entry } of entries.iterate(JSON.stringify(destroyingKinds))) {
    const sealed = detailsSchema.safeParse(JSON.parse(entry));
    if (!sealed.success) continue;
    const { details } = sealed.data;
    details.leaves.forEach((leaf, index) =>
      leaves.set(leaf, { entry: position, version: details.versions[index] ?? 0 }),
    );
  }
  return leaves;
}

/** Versions that a search of then could find, and one of now cannot. */
export function destroyedSince(db: Database, moment: number): number {
  const row = db
    .prepare<[number, number], { total: number }>(
      `SELECT count(*) AS total FROM tombstone AS t JOIN version AS v ON v.rid = t.rid AND v.number = t.number
       WHERE v.received_ms <= ? AND t.destroyed_ms > ?`,
    )
    .get(moment, moment);
  return row?.total ?? 0;
}
