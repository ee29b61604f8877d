import type { Migration } from '../migrate.ts';

/**
 * Content that is destroyed lawfully, and what the source erased (docs/decisions/0041).
 *
 * A destroyed version keeps its row, without hash, seed and place: its leaf in the custody log still has an owner.
 */
export const migration0041: Migration = {
  version: 41,
  name: 'erasure',
  up(db) {
    db.exec(`
      ALTER TABLE version ALTER COLUMN sha256 DROP NOT NULL;
      ALTER TABLE version ALTER COLUMN seed DROP NOT NULL;
      ALTER TABLE version ALTER COLUMN block DROP NOT NULL;
      ALTER TABLE version ALTER COLUMN offset DROP NOT NULL;
      ALTER TABLE version ALTER COLUMN length DROP NOT NULL;

      CREATE TABLE tombstone(
        rid INTEGER NOT NULL,
        number INTEGER NOT NULL,
        entry INTEGER NOT NULL,                 -- position in the custody log of the action that destroyed it
        destroyed_ms INTEGER NOT NULL,
        open INTEGER NOT NULL CHECK (open IN (0, 1)),
        flags TEXT NOT NULL,                    -- JSON array: with open, what "as known on" needs of the version
        PRIMARY KEY (rid, number),
        FOREIGN KEY (rid, number) REFERENCES version(rid, number) ON UPDATE CASCADE,
        -- Deferred, because the entry names what was destroyed and so is written after it.
        FOREIGN KEY (entry) REFERENCES custody_entry(position) DEFERRABLE INITIALLY DEFERRED
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE erasure(                     -- conversations that came back erased, and what became of their former versions
        rid INTEGER PRIMARY KEY REFERENCES conversation(rid) ON UPDATE CASCADE,
        version INTEGER NOT NULL,               -- the last one that came back erased
        noticed_ms INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('due', 'asked', 'held', 'kept', 'purged')),
        settled_ms INTEGER,                     -- since when it is in that state; null while due
        settled_by TEXT,                        -- the person who decided; null for the policy
        reason TEXT
      ) STRICT;
      CREATE INDEX erasure_state ON erasure(state, noticed_ms);
      INSERT INTO erasure(rid, version, noticed_ms, state)
        SELECT rid, max(number), max(received_ms), 'due' FROM version WHERE reason = 'erased-at-source' GROUP BY rid;
    `);
  },
};
