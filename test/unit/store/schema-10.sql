CREATE TABLE account(
        key INTEGER PRIMARY KEY,
        account_id TEXT NOT NULL UNIQUE,
        label TEXT,
        sources TEXT NOT NULL,                 -- JSON array of 'chat', 'messaging'
        credential_type TEXT NOT NULL CHECK (credential_type IN ('oauth1', 'oauth2', 'none')),
        domain_api TEXT,
        request_interval_ms INTEGER NOT NULL,
        retry_base_ms INTEGER NOT NULL,
        since_ms INTEGER,
        demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
        added_ms INTEGER NOT NULL,
        removed_ms INTEGER
      ) STRICT;
CREATE TABLE block(
        id INTEGER PRIMARY KEY,
        packed INTEGER NOT NULL CHECK (packed IN (0, 1)), -- 0: Optimize may pack it more tightly
        z BLOB NOT NULL                        -- zstd frame: originals one after the other
      ) STRICT;
CREATE INDEX block_loose ON block(id) WHERE packed = 0;
CREATE TABLE conversation(
        rid INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account(key),
        source TEXT NOT NULL CHECK (source IN ('chat', 'messaging')),
        remote_id TEXT NOT NULL,
        start_ms INTEGER NOT NULL,
        end_ms INTEGER,
        duration_ms INTEGER,
        waiting_ms INTEGER,                    -- from asking until a person answered
        message_count INTEGER NOT NULL,
        csat REAL,
        nps REAL,
        mcs REAL,
        open INTEGER NOT NULL CHECK (open IN (0, 1)),
        flags TEXT NOT NULL,                   -- JSON array
        customer TEXT,
        agents TEXT NOT NULL,                  -- JSON array of names
        skills TEXT NOT NULL,                  -- JSON array of names
        facets BLOB NOT NULL,                  -- facet_value ids, LEB128
        version INTEGER NOT NULL,              -- the current one: what is shown; not always the newest (decision 0010)
        search_sha256 BLOB,                    -- last answer of a search request, when a by-id answer is current
        older_text INTEGER NOT NULL DEFAULT 0 CHECK (older_text IN (0, 1))
                                               -- the index also holds text that only other versions have
      ) STRICT;
CREATE UNIQUE INDEX conversation_identity ON conversation(remote_id, source, account);
CREATE INDEX conversation_start ON conversation(account, source, start_ms);
CREATE TABLE facet_value(
        id INTEGER PRIMARY KEY,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        UNIQUE (field, value)
      ) STRICT;
CREATE TABLE facet_week(
        id INTEGER PRIMARY KEY,                -- rid / (64 slots × 10,080 minutes)
        generation INTEGER NOT NULL
      ) STRICT;
CREATE TRIGGER facet_week_delete AFTER DELETE ON conversation BEGIN
        INSERT INTO facet_week(id, generation) VALUES (old.rid / 645120, 1)
        ON CONFLICT(id) DO UPDATE SET generation = generation + 1;
      END;
CREATE TRIGGER facet_week_insert AFTER INSERT ON conversation BEGIN
        INSERT INTO facet_week(id, generation) VALUES (new.rid / 645120, 1)
        ON CONFLICT(id) DO UPDATE SET generation = generation + 1;
      END;
CREATE TRIGGER facet_week_update AFTER UPDATE OF rid, facets ON conversation BEGIN
        INSERT INTO facet_week(id, generation) VALUES (old.rid / 645120, 1)
        ON CONFLICT(id) DO UPDATE SET generation = generation + 1;
        INSERT INTO facet_week(id, generation) VALUES (new.rid / 645120, 1)
        ON CONFLICT(id) DO UPDATE SET generation = generation + 1;
      END;
CREATE VIRTUAL TABLE ft USING fts5(
        customer, agent, bot, system, other, details, filter,
        content='', contentless_delete=1, detail=full, tokenize='ascii'
      );
CREATE TABLE setting(
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL                    -- JSON
      ) STRICT, WITHOUT ROWID;
CREATE TABLE unidentified(                -- records without a usable id or start: kept, never dropped
        id INTEGER PRIMARY KEY,
        account INTEGER NOT NULL REFERENCES account(key),
        source TEXT NOT NULL CHECK (source IN ('chat', 'messaging')),
        received_ms INTEGER NOT NULL,
        via TEXT NOT NULL CHECK (via IN ('search', 'by-id', 'import')),
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
        z BLOB NOT NULL,                       -- zstd frame: one original
        UNIQUE (account, source, sha256)
      ) STRICT;
CREATE TABLE version(
        rid INTEGER NOT NULL REFERENCES conversation(rid) ON UPDATE CASCADE,
        number INTEGER NOT NULL CHECK (number >= 1),
        received_ms INTEGER NOT NULL,
        reason TEXT NOT NULL,
        via TEXT NOT NULL CHECK (via IN ('search', 'by-id', 'import')),
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
        seed BLOB NOT NULL CHECK (length(seed) = 32),
        message_count INTEGER NOT NULL,
        block INTEGER NOT NULL REFERENCES block(id),
        offset INTEGER NOT NULL,
        length INTEGER NOT NULL,
        PRIMARY KEY (rid, number)
      ) STRICT, WITHOUT ROWID;
CREATE INDEX version_block ON version(block);
