import type { Migration } from '../migrate.ts';

/** Time stamps of an authority (RFC 3161) over signed checkpoints: what was asked, and what came back. */
export const migration0032: Migration = {
  version: 32,
  name: 'time stamps',
  up(db) {
    db.exec(`
      CREATE TABLE custody_timestamp(
        id INTEGER PRIMARY KEY,
        checkpoint INTEGER NOT NULL REFERENCES custody_checkpoint(id),
        nonce TEXT NOT NULL UNIQUE,             -- hex; the reply repeats it
        query BLOB NOT NULL,                    -- TimeStampReq, DER
        asked_ms INTEGER NOT NULL,
        reply BLOB,                             -- TimeStampResp, exactly as it came; null until then
        received_ms INTEGER,
        CHECK ((reply IS NULL) = (received_ms IS NULL))
      ) STRICT;
      CREATE INDEX custody_timestamp_checkpoint ON custody_timestamp(checkpoint);
    `);
  },
};
