import type { Database } from 'better-sqlite3';
import type { VerifyNotes } from './verify-notes.ts';

const databaseName = 'Database and index structure';
const rowsName = 'Rows that belong together';

/** SQLite's own check of every page, and FTS5's of the index (which SQLite calls along with it). */
export function verifyDatabase(db: Database, notes: VerifyNotes, quick: boolean): void {
  notes.checked(databaseName);
  const rows = db.pragma(quick ? 'quick_check' : 'integrity_check') as Record<string, string>[];
  for (const row of rows) {
    const said = Object.values(row)[0] ?? '';
    if (said !== 'ok') notes.fail(databaseName, 'archive', `the database says: ${said}`);
  }
  for (const row of db.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[]) {
    notes.fail(
      databaseName,
      'archive',
      `${row.table} ${row.rowid ?? ''} belongs to a row of ${row.parent} that is gone`,
    );
  }
}

interface RowCheck {
  what: string;
  /** Gives name, version and count of what is wrong. */
  sql: string;
}

const nameOf = `c.source || ':' || coalesce(a.account_id, '?') || ':' || c.remote_id`;
const conversations = `conversation AS c LEFT JOIN account AS a ON a.key = c.account`;

const rowChecks: readonly RowCheck[] = [
  {
    what: 'is in the archive but not in the custody log',
    sql: `SELECT coalesce(${nameOf}, 'row ' || v.rid) AS subject, v.number AS version
          FROM version AS v LEFT JOIN conversation AS c ON c.rid = v.rid LEFT JOIN account AS a ON a.key = c.account
          WHERE NOT EXISTS (SELECT 1 FROM custody_leaf AS l WHERE l.rid = v.rid AND l.version = v.number)`,
  },
  {
    what: 'has versions with gaps, or a current version that is not among them',
    sql: `SELECT ${nameOf} AS subject, c.version AS version FROM ${conversations}
          WHERE NOT EXISTS (SELECT 1 FROM version AS v WHERE v.rid = c.rid AND v.number = c.version)
             OR (SELECT count(*) <> max(number) FROM version AS v WHERE v.rid = c.rid)`,
  },
  {
    what: 'is half destroyed: its content and its tombstone do not agree',
    sql: `SELECT coalesce(${nameOf}, 'row ' || v.rid) AS subject, v.number AS version
          FROM version AS v LEFT JOIN conversation AS c ON c.rid = v.rid LEFT JOIN account AS a ON a.key = c.account
          WHERE (v.sha256 IS NULL) + (v.seed IS NULL) + (v.block IS NULL) + (v.offset IS NULL) + (v.length IS NULL)
                <> 5 * EXISTS (SELECT 1 FROM tombstone AS t WHERE t.rid = v.rid AND t.number = v.number)`,
  },
  {
    what: 'is not in the search index',
    sql: `SELECT ${nameOf} AS subject, c.version AS version FROM ${conversations}
          WHERE c.disposed_ms IS NULL AND NOT EXISTS (SELECT 1 FROM ft_docsize AS d WHERE d.id = c.rid)`,
  },
  {
    what: 'was destroyed, and is in the search index',
    sql: `SELECT ${nameOf} AS subject, NULL AS version FROM ${conversations}
          WHERE c.disposed_ms IS NOT NULL AND EXISTS (SELECT 1 FROM ft_docsize AS d WHERE d.id = c.rid)`,
  },
  {
    what: 'is in the search index but not in the archive',
    sql: `SELECT 'row ' || d.id AS subject, NULL AS version FROM ft_docsize AS d
          WHERE NOT EXISTS (SELECT 1 FROM conversation AS c WHERE c.rid = d.id)`,
  },
  {
    what: 'is recorded but not in the custody log',
    sql: `SELECT 'log entry ' || e.position AS subject, NULL AS version FROM custody_entry AS e
          WHERE NOT EXISTS (SELECT 1 FROM custody_leaf AS l WHERE l.position = e.position AND l.rid IS NULL)`,
  },
];

/** What one table says against what the others say. */
export function verifyRows(db: Database, notes: VerifyNotes): void {
  const { total } = db.prepare<[], { total: number }>('SELECT count(*) AS total FROM conversation').get() ?? {
    total: 0,
  };
  notes.checked(rowsName, total);
  for (const { what, sql } of rowChecks) {
    for (const row of db.prepare<[], { subject: string; version: number | null }>(sql).iterate()) {
      notes.fail(rowsName, row.subject, what, row.version !== null && row.version > 0 ? row.version : null);
    }
  }
}
