import type { Migration } from '../migrate.ts';

/**
 * The custody log: an RFC 6962 tree over every version, verdict and action (docs/formats.md, "The custody log").
 *
 * One row per leaf holds the leaf's hash and those of all subtrees that the leaf completes: appending and proving
 * read a logarithmic number of rows, and there is no second table to keep in step.
 */
export const migration0030: Migration = {
  version: 30,
  name: 'custody',
  up(db) {
    db.exec(`
      CREATE TABLE custody_leaf(
        position INTEGER PRIMARY KEY CHECK (position >= 0),
        commitment BLOB NOT NULL CHECK (length(commitment) = 32),
        nodes BLOB NOT NULL CHECK (length(nodes) >= 32),  -- this leaf's hash, then each subtree it completes
        rid INTEGER,                            -- with version: the leaf of a record's version; else an entry's
        version INTEGER,
        subject TEXT,                           -- SOURCE:ACCOUNT:REMOTE-ID, so that a version that is gone has a name
        CHECK ((rid IS NULL) = (version IS NULL)),
        -- Deferred, because a version may be written after its leaf; cascading, because a row id may move.
        FOREIGN KEY (rid, version) REFERENCES version(rid, number) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED
      ) STRICT;
      CREATE UNIQUE INDEX custody_leaf_version ON custody_leaf(rid, version) WHERE rid IS NOT NULL;

      CREATE TABLE custody_entry(
        position INTEGER PRIMARY KEY,
        time_ms INTEGER NOT NULL,
        kind TEXT NOT NULL,
        salt BLOB NOT NULL CHECK (length(salt) = 32),
        entry TEXT NOT NULL                     -- canonical JSON, exactly as sealed
      ) STRICT;
      CREATE INDEX custody_entry_kind ON custody_entry(kind, position);

      CREATE TABLE custody_subject(
        subject TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (subject, position)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE custody_key(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,                     -- the checkpoints' origin line
        public_key BLOB NOT NULL CHECK (length(public_key) = 32),
        created_ms INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE custody_checkpoint(
        id INTEGER PRIMARY KEY,
        size INTEGER NOT NULL,
        time_ms INTEGER NOT NULL,
        key INTEGER NOT NULL REFERENCES custody_key(id),
        note TEXT NOT NULL                      -- the signed note, exactly as issued
      ) STRICT;
    `);
  },
};
