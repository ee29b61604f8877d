import type { Migration } from '../migrate.ts';

/**
 * What sync knows: the window ledger, the pass under way, conversations to fetch by id, and the log of runs.
 *
 * Ledger rows of one account and source never overlap: `[from_ms, to_ms)`, both on 10-minute marks. A sealed row
 * lies within one UTC day, so that coverage per day is a sum over rows (docs/decisions/0020).
 * `day_count` is kept by triggers: status must not count a million rows each time somebody looks.
 */
export const migration0020: Migration = {
  version: 20,
  name: 'sync',
  up(db) {
    db.exec(`
      CREATE TABLE sync_source(
        account INTEGER NOT NULL REFERENCES account(key),
        source TEXT NOT NULL CHECK (source IN ('chat', 'messaging')),
        width_ms INTEGER NOT NULL,             -- next backfill window
        longest_ms INTEGER NOT NULL DEFAULT 0, -- longest conversation ever seen
        highest_now_ms INTEGER NOT NULL DEFAULT 0,
        mark_ms INTEGER,                       -- start of the last run whose increment finished clean (messaging)
        increment_started_ms INTEGER,          -- an increment under way: when it began …
        increment_since_ms INTEGER,            -- … what it asks for …
        increment_cursor_ms INTEGER,           -- … and up to which start it got
        increment_clean INTEGER NOT NULL DEFAULT 1 CHECK (increment_clean IN (0, 1)),
        last_sync_ms INTEGER,                  -- end of the last run that got through
        failures INTEGER NOT NULL DEFAULT 0,   -- runs in a row that the service would not answer
        not_before_ms INTEGER,                 -- scheduled runs wait until then
        error_code TEXT,
        error_message TEXT,
        error_hint TEXT,
        PRIMARY KEY (account, source)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sync_window(
        account INTEGER NOT NULL REFERENCES account(key),
        source TEXT NOT NULL,
        from_ms INTEGER NOT NULL,
        to_ms INTEGER NOT NULL CHECK (to_ms > from_ms),
        state TEXT NOT NULL CHECK (state IN ('unread', 'open', 'sealed', 'gap', 'beyond')),
        count INTEGER,                         -- what the API said, both ends included
        reported INTEGER,                      -- of these, starts before to_ms
        received INTEGER,                      -- distinct records of the pass, both ends included
        pages INTEGER NOT NULL DEFAULT 0,
        partials INTEGER NOT NULL DEFAULT 0,
        passes INTEGER NOT NULL DEFAULT 0,
        read_ms INTEGER,                       -- start of the last clean pass, the earlier of both clocks
        sealed_ms INTEGER,
        audited_ms INTEGER,
        failures INTEGER NOT NULL DEFAULT 0,
        problem TEXT,                          -- why it is not complete, in plain words
        PRIMARY KEY (account, source, from_ms)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sync_pass(
        account INTEGER NOT NULL REFERENCES account(key),
        source TEXT NOT NULL,
        purpose TEXT NOT NULL,
        from_ms INTEGER NOT NULL,
        to_ms INTEGER NOT NULL,
        updated_since_ms INTEGER,
        number INTEGER NOT NULL,
        next_offset INTEGER NOT NULL,
        count INTEGER,
        count_changed INTEGER NOT NULL DEFAULT 0,
        started_ms INTEGER NOT NULL,
        pages INTEGER NOT NULL DEFAULT 0,
        partials INTEGER NOT NULL DEFAULT 0,
        former_ids TEXT,                       -- hash of the ids of the pass before
        PRIMARY KEY (account, source)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sync_pass_record(
        account INTEGER NOT NULL,
        source TEXT NOT NULL,
        remote_id TEXT NOT NULL,
        start_ms INTEGER,
        PRIMARY KEY (account, source, remote_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE repair(
        account INTEGER NOT NULL REFERENCES account(key),
        source TEXT NOT NULL,
        remote_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('partial', 'not-enriched', 'final', 'final-again')),
        start_ms INTEGER NOT NULL,
        due_ms INTEGER NOT NULL,
        first_ms INTEGER,                      -- of the first try
        tries INTEGER NOT NULL DEFAULT 0,
        given_up INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1)),
        PRIMARY KEY (account, source, remote_id, kind)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX repair_due ON repair(account, source, given_up, due_ms);

      CREATE TABLE sync_run(
        id INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account(key),
        source TEXT NOT NULL,
        started_ms INTEGER NOT NULL,
        ended_ms INTEGER,
        state TEXT NOT NULL CHECK (state IN ('running', 'complete', 'incomplete', 'failed', 'cancelled', 'interrupted')),
        requests INTEGER NOT NULL DEFAULT 0,
        received INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL DEFAULT 0,
        changed INTEGER NOT NULL DEFAULT 0,
        unchanged INTEGER NOT NULL DEFAULT 0,
        windows_complete INTEGER NOT NULL DEFAULT 0,
        windows_incomplete INTEGER NOT NULL DEFAULT 0,
        error_code TEXT,
        error_message TEXT,
        error_hint TEXT
      ) STRICT;
      CREATE INDEX sync_run_source ON sync_run(account, source, id);

      CREATE TABLE sync_event(
        run INTEGER NOT NULL REFERENCES sync_run(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        time_ms INTEGER NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
        text TEXT NOT NULL,
        PRIMARY KEY (run, number)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE day_count(
        account INTEGER NOT NULL,
        source TEXT NOT NULL,
        day INTEGER NOT NULL,                  -- days since 1970-01-01 UTC
        conversations INTEGER NOT NULL,
        messages INTEGER NOT NULL,
        PRIMARY KEY (account, source, day)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO day_count
        SELECT account, source, start_ms / 86400000, count(*), sum(message_count) FROM conversation GROUP BY 1, 2, 3;
      CREATE TRIGGER day_count_add AFTER INSERT ON conversation BEGIN
        INSERT INTO day_count VALUES (NEW.account, NEW.source, NEW.start_ms / 86400000, 1, NEW.message_count)
          ON CONFLICT DO UPDATE SET conversations = conversations + 1, messages = messages + excluded.messages;
      END;
      CREATE TRIGGER day_count_remove AFTER DELETE ON conversation BEGIN
        UPDATE day_count SET conversations = conversations - 1, messages = messages - OLD.message_count
          WHERE account = OLD.account AND source = OLD.source AND day = OLD.start_ms / 86400000;
      END;
      CREATE TRIGGER day_count_change AFTER UPDATE OF account, source, start_ms, message_count ON conversation
      WHEN OLD.message_count <> NEW.message_count OR OLD.start_ms <> NEW.start_ms
        OR OLD.account <> NEW.account OR OLD.source <> NEW.source
      BEGIN
        UPDATE day_count SET conversations = conversations - 1, messages = messages - OLD.message_count
          WHERE account = OLD.account AND source = OLD.source AND day = OLD.start_ms / 86400000;
        INSERT INTO day_count VALUES (NEW.account, NEW.source, NEW.start_ms / 86400000, 1, NEW.message_count)
          ON CONFLICT DO UPDATE SET conversations = conversations + 1, messages = messages + excluded.messages;
      END;
    `);
  },
};
