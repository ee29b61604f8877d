import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { prepared, preparedValue } from '../../../main/archive/store/statements.ts';

const sql = 'SELECT 1 AS one, 2 AS two';

describe('statements that callers share', () => {
  it('give rows to one caller and values to another, whoever asks first', () => {
    const db = new Database(':memory:');
    expect(preparedValue(db, sql).get()).toBe(1);
    expect(prepared(db, sql).get()).toEqual({ one: 1, two: 2 });
    expect(preparedValue(db, sql).all()).toEqual([1]);
    expect(prepared(db, sql).all()).toEqual([{ one: 1, two: 2 }]);
    db.close();
  });

  it('are prepared once per connection', () => {
    const db = new Database(':memory:');
    const other = new Database(':memory:');
    expect(prepared(db, sql)).toBe(prepared(db, sql));
    expect(preparedValue(db, sql)).toBe(preparedValue(db, sql));
    expect(prepared(db, sql)).not.toBe(prepared(other, sql));
    db.close();
    other.close();
  });
});
