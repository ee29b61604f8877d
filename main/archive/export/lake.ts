import { createHash, type Hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { ArchiveError } from '../../../preload/errors.ts';
import { monthOf } from './file-names.ts';
import { partitionPath } from './parquet.ts';
import { lakeColumns, type LakeTable } from './parquet-schema.ts';
import type { Scope } from './scope.ts';

/** What a published lake says of itself; the underscore hides the file from Spark, Trino and Hive. */
export const lakeFile = '_lake.json';
const tables = Object.keys(lakeColumns) as LakeTable[];

const stateSchema = z.object({
  /** Columns and reading rules that the files were written with: when they change, all is written again. */
  writer: z.string(),
  partitions: z.record(z.string(), z.object({ conversations: z.number().int(), fingerprint: z.string() })),
});
export type LakeState = z.infer<typeof stateSchema>;

interface Row {
  account_id: string;
  start_ms: number;
  remote_id: string;
  source: string;
  sha256: Buffer;
}

/** The state of a lake of these conversations: for each month of an account, which versions are in it. */
export function lakeState(db: Database, scope: Scope, appVersion: string): LakeState {
  const find = db.prepare<[number], Row>(
    `SELECT a.account_id, c.start_ms, c.remote_id, c.source, v.sha256 FROM conversation c
     JOIN account a ON a.key = c.account JOIN version v ON v.rid = c.rid AND v.number = c.version WHERE c.rid = ?`,
  );
  const found = new Map<string, { conversations: number; hash: Hash }>();
  for (const rid of scope.rids()) {
    const row = find.get(rid);
    if (row === undefined) continue;
    const name = partitionOf(row);
    const partition = found.get(name) ?? { conversations: 0, hash: createHash('sha256') };
    partition.conversations += 1;
    partition.hash.update(`${row.source}:${row.remote_id}\n`).update(row.sha256);
    found.set(name, partition);
  }
  const columns = createHash('sha256').update(JSON.stringify(lakeColumns)).digest('hex').slice(0, 16);
  return {
    writer: `${appVersion} ${columns}`,
    partitions: Object.fromEntries(
      [...found].map(([name, { conversations, hash }]) => [name, { conversations, fingerprint: hash.digest('hex') }]),
    ),
  };
}

const partitionOf = (row: Pick<Row, 'account_id' | 'start_ms'>) =>
  partitionPath('messages', row.account_id, monthOf(row.start_ms)).slice('messages/'.length);

/** The state after an export that could not read every record: what it wrote has to be written again. */
export function withoutFingerprints(state: LakeState, partitions: ReadonlySet<string>): LakeState {
  const entries = Object.entries(state.partitions).map(([name, partition]) => [
    name,
    partitions.has(name) ? { ...partition, fingerprint: '' } : partition,
  ]);
  return { ...state, partitions: Object.fromEntries(entries) as LakeState['partitions'] };
}

export const lakeText = (state: LakeState) => `${JSON.stringify(state, null, 2)}\n`;

/**
 * What has to be done to a published lake: months to write again and months that are gone. Null: there is no lake yet.
 * @throws ArchiveError conflict when something else is there
 */
export function lakeChanges(folder: string, wanted: LakeState): { changed: Set<string>; removed: string[] } | null {
  if (!existsSync(folder)) return null;
  let published: LakeState | undefined;
  try {
    published = stateSchema.safeParse(JSON.parse(readFileSync(join(folder, lakeFile), 'utf8'))).data;
  } catch {
    // Told below: whatever it is, it is no lake of ours.
  }
  if (published === undefined) {
    throw new ArchiveError('conflict', `${folder} is no lake that this app published.`, {
      hint: 'Choose a new folder for the first export; later ones with the same name update it.',
    });
  }
  const before = published.writer === wanted.writer ? published.partitions : {};
  const names = Object.keys(wanted.partitions);
  return {
    changed: new Set(names.filter((name) => before[name]?.fingerprint !== wanted.partitions[name]?.fingerprint)),
    removed: Object.keys(published.partitions).filter((name) => wanted.partitions[name] === undefined),
  };
}

/** The part of a scope that lies in some partitions. */
export function scopeWithin(db: Database, scope: Scope, state: LakeState, partitions: ReadonlySet<string>): Scope {
  const find = db.prepare<[number], Pick<Row, 'account_id' | 'start_ms'>>(
    'SELECT a.account_id, c.start_ms FROM conversation c JOIN account a ON a.key = c.account WHERE c.rid = ?',
  );
  return {
    total: [...partitions].reduce((sum, name) => sum + (state.partitions[name]?.conversations ?? 0), 0),
    understoodAs: scope.understoodAs,
    *rids() {
      for (const rid of scope.rids()) {
        const row = find.get(rid);
        if (row !== undefined && partitions.has(partitionOf(row))) yield rid;
      }
    },
  };
}

/**
 * Moves newly written partitions into a lake and old ones out. The lake forgets their fingerprints first: whatever
 * interrupts this, the next update writes them again.
 * @param made the folder with the new partitions; `aside` takes the old ones, and is thrown away by its owner
 */
export function publishPartitions(
  lake: string,
  made: string,
  aside: string,
  state: LakeState,
  { changed, removed }: { changed: ReadonlySet<string>; removed: readonly string[] },
): void {
  const write = (content: LakeState) => {
    const file = join(aside, lakeFile);
    writeFileSync(file, lakeText(content));
    renameSync(file, join(lake, lakeFile));
  };
  mkdirSync(aside, { recursive: true });
  const kept = Object.entries(state.partitions).filter(([name]) => !changed.has(name));
  // What is removed stays listed until it is gone.
  const leaving = removed.map((name) => [name, { conversations: 0, fingerprint: '' }] as const);
  write({ ...state, partitions: Object.fromEntries([...kept, ...leaving]) });
  for (const table of tables) {
    for (const name of [...changed, ...removed]) {
      const place = join(lake, table, name);
      if (existsSync(place)) move(place, join(aside, table, name));
      if (existsSync(join(made, table, name))) move(join(made, table, name), place);
    }
  }
  write(state);
}

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}
