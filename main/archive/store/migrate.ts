import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import { migration0010 } from './migrations/0010-archive.ts';
import { migration0020 } from './migrations/0020-sync.ts';
import { migration0030 } from './migrations/0030-custody.ts';
import { migration0032 } from './migrations/0032-time-stamps.ts';
import { migration0040 } from './migrations/0040-review.ts';
import { migration0041 } from './migrations/0041-erasure.ts';
import { migration0060 } from './migrations/0060-disposition.ts';
import { migration0050 } from './migrations/0050-labels.ts';

export interface Migration {
  /** The archive's `user_version` after the step; in tens, so that a fix can be put in between. */
  version: number;
  name: string;
  up: (db: Database) => void;
}

export const migrations: readonly Migration[] = [
  migration0010,
  migration0020,
  migration0030,
  migration0032,
  migration0040,
  migration0041,
  migration0050,
  migration0060,
];

/** The archive format that this program writes. */
export const currentVersion = migrations.at(-1)?.version ?? 0;

export function archiveVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/**
 * Refuses an archive that a newer program has written, before anything in it is touched.
 * @throws ArchiveError archive-too-new
 */
export function refuseNewer(version: number): void {
  if (version > currentVersion) {
    throw new ArchiveError(
      'archive-too-new',
      `This archive was written by a newer version of the app (format ${version}, this app knows ${currentVersion}).`,
      { hint: 'Install the newest version of Transcript Archive. Nothing was changed.' },
    );
  }
}

/**
 * Brings an archive to `target`, one transaction a step, so that an interruption leaves it at a known format.
 * @param target a known format; the newest unless a test asks for an older one.
 * @param steps ours, unless a test brings one that fails.
 */
export function migrate(db: Database, target = currentVersion, steps: readonly Migration[] = migrations): void {
  for (const step of steps) {
    if (step.version <= archiveVersion(db) || step.version > target) continue;
    db.transaction(() => {
      step.up(db);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  }
}
