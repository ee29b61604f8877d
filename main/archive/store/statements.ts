import type { Database, Statement } from 'better-sqlite3';

const statements = new WeakMap<Database, Map<string, Statement>>();

/**
 * A prepared statement, prepared once per connection: preparing costs more than running most of ours.
 * Only for statements that are run to their end at once (`run`, `get`, `all`): one statement cannot be
 * iterated twice at the same time.
 */
export function prepared<Parameters extends unknown[], Row = unknown>(
  db: Database,
  sql: string,
): Statement<Parameters, Row> {
  let known = statements.get(db);
  if (known === undefined) {
    known = new Map();
    statements.set(db, known);
  }
  let statement = known.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    known.set(sql, statement);
  }
  return statement as unknown as Statement<Parameters, Row>;
}
