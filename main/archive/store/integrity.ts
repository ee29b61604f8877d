import type { Database } from 'better-sqlite3';
import { hash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import type { Source } from '../../../preload/model.ts';
import { prepared } from './statements.ts';
import { conversationId, readOriginal } from './transcripts.ts';

/**
 * What SQLite itself finds wrong with the file: pages, tables, indexes, and the full-text index's own structure.
 * Reads only, so a reader may run it. One table at a time with `table`, to leave others a turn in between.
 */
export function databaseProblems(db: Database, table?: string): string[] {
  const check = table === undefined ? 'quick_check' : `quick_check('${table.replaceAll("'", "''")}')`;
  const rows = db.pragma(check) as { quick_check: string }[];
  return rows.map(({ quick_check }) => quick_check).filter((problem) => problem !== 'ok');
}

/** The tables that `databaseProblems` can check one by one. */
export function tableNames(db: Database): string[] {
  return db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all();
}

export interface ConsistencyCheck {
  /** What holds in a sound archive, in words. */
  name: string;
  checked: number;
  failed: number;
  /** Up to ten conversations (or other things) that break it. */
  examples: string[];
}

interface Rule {
  name: string;
  checked: string;
  /** Selects one text per breach. */
  broken: string;
}

const subject = "c.source || ':' || a.account_id || ':' || c.remote_id";
const conversations = 'conversation c JOIN account a ON a.key = c.account';

const rules: readonly Rule[] = [
  {
    name: 'every conversation has its current version',
    checked: 'SELECT count(*) FROM conversation',
    broken: `SELECT ${subject} FROM ${conversations}
      WHERE NOT EXISTS (SELECT 1 FROM version v WHERE v.rid = c.rid AND v.number = c.version)`,
  },
  {
    name: 'every version belongs to a conversation',
    checked: 'SELECT count(*) FROM version',
    broken: `SELECT 'row ' || v.rid || ' version ' || v.number FROM version v
      WHERE NOT EXISTS (SELECT 1 FROM conversation c WHERE c.rid = v.rid)`,
  },
  {
    name: 'versions are numbered from 1 without gaps',
    checked: 'SELECT count(*) FROM conversation',
    broken: `SELECT ${subject} FROM ${conversations}
      JOIN (SELECT rid, max(number) AS last, count(*) AS total FROM version GROUP BY rid) v ON v.rid = c.rid
      WHERE v.last <> v.total`,
  },
  {
    name: 'every version has its block',
    checked: 'SELECT count(DISTINCT block) FROM version',
    broken: `SELECT 'block ' || v.block FROM (SELECT DISTINCT block FROM version WHERE block IS NOT NULL) v
      WHERE NOT EXISTS (SELECT 1 FROM block b WHERE b.id = v.block)`,
  },
  {
    name: 'every conversation is in the index',
    checked: 'SELECT count(*) FROM conversation',
    broken: `SELECT ${subject} FROM ${conversations}
      WHERE c.disposed_ms IS NULL AND NOT EXISTS (SELECT 1 FROM ft_docsize d WHERE d.id = c.rid)`,
  },
  {
    name: 'every index row belongs to a conversation',
    checked: 'SELECT count(*) FROM ft_docsize',
    broken: `SELECT 'row ' || d.id FROM ft_docsize d WHERE NOT EXISTS (SELECT 1 FROM conversation c WHERE c.rid = d.id)`,
  },
  {
    name: 'message counts agree with the current version',
    checked: 'SELECT count(*) FROM conversation',
    broken: `SELECT ${subject} FROM ${conversations} JOIN version v ON v.rid = c.rid AND v.number = c.version
      WHERE v.message_count <> c.message_count`,
  },
];

/** Compares the tables with each other, rule by rule, so that the caller can show progress in between. */
export function* consistencyChecks(db: Database): Generator<ConsistencyCheck> {
  for (const { name, checked, broken } of rules) {
    const breaches = db.prepare<[], string>(broken).pluck().all();
    const total = db.prepare<[], number>(checked).pluck().get() ?? 0;
    yield { name, checked: total, failed: breaches.length, examples: breaches.slice(0, 10) };
  }
}

/** Where a check of originals stands: blocks up to this one are done. Lets it be taken up again later. */
export interface OriginalsProgress {
  /** Last block that was checked whole. */
  block: number;
  checked: number;
  total: number;
  failures: { subject: string; version: number; problem: string }[];
}

interface StoredVersionRow {
  rid: number;
  number: number;
  sha256: Buffer;
  block: number;
  offset: number;
  length: number;
}

const blocksPerStep = 50;

/**
 * Checks each stored original against its hash, in the order in which they lie on disk, some blocks a step.
 * The caller decides how fast to go and when to stop; `after` goes on where a former check stopped.
 */
export function* checkOriginals(db: Database, after = 0): Generator<OriginalsProgress> {
  const total = prepared<[number], { total: number }>(db, 'SELECT count(*) AS total FROM version WHERE block > ?').get(
    after,
  );
  const nextBlocks = prepared<[number], { last: number | null }>(
    db,
    `SELECT max(block) AS last FROM (SELECT DISTINCT block FROM version WHERE block > ? ORDER BY block LIMIT ${blocksPerStep})`,
  );
  const versions = prepared<[number, number], StoredVersionRow>(
    db,
    `SELECT rid, number, sha256, block, offset, length FROM version
     WHERE block > ? AND block <= ? ORDER BY block, rid, number`,
  );
  // One snapshot a step: the writer may pack originals elsewhere meanwhile.
  const step = db.transaction((from: number) => {
    const last = nextBlocks.get(from)?.last ?? null;
    if (last === null) return null;
    const rows = versions.all(from, last);
    const failures = rows
      .filter((row) => readOriginal(db, row) === null)
      .map(({ rid, number }) => ({
        subject: subjectOf(db, rid),
        version: number,
        problem: 'the stored original is damaged, missing, or differs from its hash',
      }));
    return { last, checked: rows.length, failures };
  });
  let checked = 0;
  for (let block = after; ;) {
    const done = step(block);
    if (done === null) return;
    block = done.last;
    checked += done.checked;
    yield { block, checked, total: total?.total ?? 0, failures: done.failures };
  }
}

/** Checks the records that were kept aside for want of an id; tells the numbers of those that are damaged. */
export function checkUnidentified(db: Database): { checked: number; damaged: number[] } {
  const ids = db.prepare<[], number>('SELECT id FROM unidentified ORDER BY id').pluck().all();
  const damaged = ids.filter((id) => {
    const row = prepared<[number], { sha256: Buffer; z: Buffer }>(
      db,
      'SELECT sha256, z FROM unidentified WHERE id = ?',
    ).get(id);
    try {
      return row === undefined || !hash('sha256', zstdDecompressSync(row.z), 'buffer').equals(row.sha256);
    } catch {
      return true;
    }
  });
  return { checked: ids.length, damaged };
}

function subjectOf(db: Database, rid: number): string {
  const row = prepared<[number], { source: Source; account_id: string; remote_id: string }>(
    db,
    `SELECT c.source, a.account_id, c.remote_id FROM conversation c JOIN account a ON a.key = c.account WHERE c.rid = ?`,
  ).get(rid);
  return row === undefined ? `row ${rid}` : conversationId(row.source, row.account_id, row.remote_id);
}
