import type { Migration } from '../migrate.ts';

/**
 * Tags, notes, stars, decisions, cases, saved searches, and what takes an action back (docs/archive-format.md).
 * Everything on a conversation cascades with its row id, which moves with its start.
 */
export const migration0050: Migration = {
  version: 50,
  name: 'labels',
  up(db) {
    const rid = 'INTEGER NOT NULL REFERENCES conversation(rid) ON UPDATE CASCADE';
    db.exec(`
      CREATE TABLE tag(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,            -- as the index compares it: names that it could not tell apart are one
        color TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        created_by TEXT NOT NULL
      ) STRICT;

      CREATE TABLE review_case(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        custodian TEXT NOT NULL,
        matter TEXT NOT NULL,                   -- its number elsewhere
        description TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        closed_ms INTEGER,
        closed_by TEXT,
        close_reason TEXT,
        CHECK ((closed_ms IS NULL) = (closed_by IS NULL)),
        CHECK ((closed_ms IS NULL) = (close_reason IS NULL))
      ) STRICT;

      -- What was done to one conversation or many, so that it can be taken back.
      CREATE TABLE review_action(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,                     -- the tag, the case or the outcome, as called then
        target INTEGER,                         -- tag.id or review_case.id
        reason TEXT NOT NULL,
        asked TEXT NOT NULL,                    -- JSON: by which query, case … it was asked for
        at_ms INTEGER NOT NULL,
        by_user TEXT NOT NULL,
        matched INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'undone'))
      ) STRICT;
      CREATE TABLE review_action_member(
        action INTEGER NOT NULL REFERENCES review_action(id),
        rid ${rid},
        former TEXT,                            -- JSON: what was there before; null while it is still to be changed
        PRIMARY KEY (action, rid)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX review_action_member_conversation ON review_action_member(rid);

      -- In each: the action that made the row, so that undo leaves alone what somebody did since.
      CREATE TABLE tag_member(
        tag INTEGER NOT NULL REFERENCES tag(id),
        rid ${rid},
        added_ms INTEGER NOT NULL,
        added_by TEXT NOT NULL,
        action INTEGER NOT NULL,
        PRIMARY KEY (tag, rid)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX tag_member_conversation ON tag_member(rid);

      CREATE TABLE case_member(
        review_case INTEGER NOT NULL REFERENCES review_case(id),
        rid ${rid},
        added_ms INTEGER NOT NULL,
        added_by TEXT NOT NULL,
        reason TEXT NOT NULL,
        action INTEGER NOT NULL,
        PRIMARY KEY (review_case, rid)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX case_member_conversation ON case_member(rid);

      CREATE TABLE star(
        rid INTEGER PRIMARY KEY REFERENCES conversation(rid) ON UPDATE CASCADE,
        added_ms INTEGER NOT NULL,
        added_by TEXT NOT NULL,
        action INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE decision(
        rid INTEGER PRIMARY KEY REFERENCES conversation(rid) ON UPDATE CASCADE,
        outcome TEXT NOT NULL CHECK (outcome IN ('relevant', 'not-relevant', 'second-look')),
        decided_ms INTEGER NOT NULL,
        decided_by TEXT NOT NULL,
        action INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE review_note(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        rid ${rid},
        message_index INTEGER,                  -- with message_id: of the message as it was then
        message_id TEXT,
        text TEXT NOT NULL,                     -- empty once removed
        author TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        edited_ms INTEGER,
        edited_by TEXT,
        removed_ms INTEGER,
        removed_by TEXT,
        CHECK ((message_index IS NULL) = (message_id IS NULL))
      ) STRICT;
      CREATE INDEX review_note_conversation ON review_note(rid);

      -- Since when and until when a conversation had a label, for searches as known on a past date.
      CREATE TABLE label_value(
        id INTEGER PRIMARY KEY,
        field TEXT NOT NULL,                    -- of the query language
        value TEXT NOT NULL,
        UNIQUE (field, value)
      ) STRICT;
      CREATE TABLE label_span(
        rid ${rid},
        label INTEGER NOT NULL REFERENCES label_value(id),
        since_ms INTEGER NOT NULL,
        until_ms INTEGER,                       -- null while it has it
        PRIMARY KEY (rid, label, since_ms)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO label_value(field, value) SELECT 'has', 'hold' FROM hold UNION SELECT 'hold', name FROM hold;
      INSERT OR IGNORE INTO label_span(rid, label, since_ms, until_ms)
        SELECT member.rid, value.id, hold.created_ms, hold.released_ms
        FROM hold JOIN hold_member AS member ON member.hold = hold.id
        JOIN label_value AS value ON value.field = 'has' OR (value.field = 'hold' AND value.value = hold.name)
        ORDER BY hold.released_ms IS NOT NULL;

      CREATE TABLE saved_search(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL,
        sort TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        created_ms INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        seen_ms INTEGER NOT NULL,
        seen_size INTEGER NOT NULL              -- leaves of the custody log when its hits were last looked at
      ) STRICT;

      CREATE TABLE review_queue(
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        scope TEXT NOT NULL CHECK (scope IN ('query', 'case', 'ids', 'sample')),
        query TEXT,
        time_zone TEXT NOT NULL,
        case_name TEXT,                         -- as called then
        sample TEXT,                            -- JSON: seed, size, of, hitsSha256, logSize
        created_ms INTEGER NOT NULL,
        created_by TEXT NOT NULL,
        position INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE TABLE review_queue_member(
        queue INTEGER NOT NULL REFERENCES review_queue(id),
        position INTEGER NOT NULL,
        rid ${rid},
        PRIMARY KEY (queue, position)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX review_queue_member_conversation ON review_queue_member(rid);

      ALTER TABLE hold ADD COLUMN review_case INTEGER REFERENCES review_case(id);   -- with scope 'case'
      ALTER TABLE hold ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;              -- 1: its query is asked after each sync
      ALTER TABLE hold ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';            -- of the query's dates
      -- Which entry of the custody log seals the member: 0 the hold's own, n its n-th extension.
      ALTER TABLE hold_member ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX hold_member_unsealed ON hold_member(hold) WHERE part < 0;        -- within a transaction only
    `);
  },
};
