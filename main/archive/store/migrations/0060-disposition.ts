import type { Migration } from '../migrate.ts';

/** How long conversations are kept, and what was destroyed when that was over (docs/decisions/0060). */
export const migration0060: Migration = {
  version: 60,
  name: 'disposition',
  up(db) {
    db.exec(`
      ALTER TABLE conversation ADD COLUMN disposed_ms INTEGER;  -- since then nothing is left but its name and its start

      CREATE TABLE retention_class(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        keep_days INTEGER NOT NULL CHECK (keep_days >= 1),      -- after a conversation has ended
        set_ms INTEGER NOT NULL,
        set_by TEXT NOT NULL
      ) STRICT;

      CREATE TABLE disposition(
        id INTEGER PRIMARY KEY,
        sha256 BLOB NOT NULL UNIQUE CHECK (length(sha256) = 32),
        plan TEXT NOT NULL,                                     -- canonical JSON, of which sha256 is the hash
        state TEXT NOT NULL CHECK (state IN ('planned', 'running', 'done')),
        planned_ms INTEGER NOT NULL,
        confirmed_by TEXT,
        reason TEXT,
        started_ms INTEGER,
        certificate TEXT                                        -- JSON, when done
      ) STRICT;

      CREATE TABLE disposition_member(
        disposition INTEGER NOT NULL REFERENCES disposition(id),
        rid INTEGER NOT NULL REFERENCES conversation(rid) ON UPDATE CASCADE,
        versions INTEGER NOT NULL,                              -- how many it had when the plan was made
        outcome TEXT CHECK (outcome IN ('destroyed', 'held', 'changed')),
        PRIMARY KEY (disposition, rid)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX disposition_member_conversation ON disposition_member(rid);
    `);
  },
};
