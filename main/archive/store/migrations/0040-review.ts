import type { Migration } from '../migrate.ts';

/** What people put on conversations. First: legal holds, which keep content from being removed. */
export const migration0040: Migration = {
  version: 40,
  name: 'review',
  up(db) {
    db.exec(`
      CREATE TABLE hold(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,              -- never used again, so that the custody log is unambiguous
        reason TEXT NOT NULL,
        scope TEXT NOT NULL CHECK (scope IN ('query', 'ids', 'case')),
        query TEXT,                             -- as typed, with scope 'query'
        created_ms INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        released_ms INTEGER,
        released_by TEXT,
        release_reason TEXT,
        CHECK ((released_ms IS NULL) = (released_by IS NULL)),
        CHECK ((released_ms IS NULL) = (release_reason IS NULL))
      ) STRICT;

      CREATE TABLE hold_member(
        hold INTEGER NOT NULL REFERENCES hold(id),
        -- Cascading, because a row id moves with the start of its conversation.
        rid INTEGER NOT NULL REFERENCES conversation(rid) ON UPDATE CASCADE,
        PRIMARY KEY (hold, rid)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX hold_member_conversation ON hold_member(rid);
    `);
  },
};
