import type { Database, Statement } from 'better-sqlite3';

/** How rows are given: as objects, or as the first column alone. */
interface Statements {
  rows: Map<string, Statement>;
  values: Map<string, Statement>;
}

const statements = new WeakMap<Database, Statements>();

/** A statement that several callers share: what would change it for the others is not there. */
export type PreparedStatement<Parameters extends unknown[], Row> = Pick<
  Statement<Parameters, Row>,
  'run' | 'get' | 'all'
>;

/**
 * A prepared statement, prepared once per connection: preparing costs more than running most of ours.
 * Only for statements that are run to their end at once (`run`, `get`, `all`): one statement cannot be
 * iterated twice at the same time.
 */
export function prepared<Parameters extends unknown[], Row = unknown>(
  db: Database,
  sql: string,
): PreparedStatement<Parameters, Row> {
  const { rows } = statementsOf(db);
  let statement = rows.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    rows.set(sql, statement);
  }
  return statement as unknown as PreparedStatement<Parameters, Row>;
}

/** Like `prepared`, for the first column of each row alone. */
export function preparedValue<Parameters extends unknown[], Value = unknown>(
  db: Database,
  sql: string,
): PreparedStatement<Parameters, Value> {
  const { values } = statementsOf(db);
  let statement = values.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql).pluck();
    values.set(sql, statement);
  }
  return statement as unknown as PreparedStatement<Parameters, Value>;
}

function statementsOf(db: Database): Statements {
  let known = statements.get(db);
  if (known === undefined) {
    known = { rows: new Map(), values: new Map() };
    statements.set(db, known);
  }
  return known;
}
