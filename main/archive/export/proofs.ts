import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import { isoTime } from '../../../preload/public-json.ts';
import { partProof, versionParts, type VersionIdentity } from '../evidence/commitment.ts';
import { disclose } from './redact/disclosure.ts';
import { inclusionProof, leafHash } from '../evidence/merkle.ts';
import { storedNodes } from '../evidence/tree.ts';

interface VersionRow {
  position: number;
  commitment: Buffer;
  received_ms: number;
  reason: string;
  sha256: Buffer;
  seed: Buffer;
}

/** What one record version of the package needs to be found in the checkpoint's tree by someone else. */
export interface RecordProof {
  position: number;
  commitment: Buffer;
  /** Line of proofs/inclusion.ndjson. Hashes are hex, so that coreutils can work with them. */
  inclusionLine: string;
  /** Line of custody/log.ndjson. */
  logLine: string;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

export interface ProvenRecord {
  id: string;
  source: string;
  accountId: string;
  remoteId: string;
  version: number;
  original: Uint8Array;
}

/** Makes the lines of proofs for records, against the tree of `size` leaves. */
export class ProofMaker {
  readonly #row;
  readonly #entries;
  readonly #node;
  readonly #size: number;

  constructor(db: Database, size: number) {
    this.#size = size;
    this.#node = storedNodes(db);
    this.#row = db.prepare<[number, number], VersionRow>(
      `SELECT leaf.position, leaf.commitment, version.received_ms, version.reason, version.sha256, version.seed
       FROM version JOIN custody_leaf AS leaf ON leaf.rid = version.rid AND leaf.version = version.number
       WHERE version.rid = ? AND version.number = ?`,
    );
    this.#entries = db
      .prepare<[string, number], number>('SELECT position FROM custody_subject WHERE subject = ? AND position < ?')
      .pluck();
  }

  /** @throws ArchiveError archive-corrupt when the log has no leaf for the version */
  record(rid: number, record: ProvenRecord): RecordProof {
    const { row, identity } = this.#version(rid, record);
    const parts = versionParts(identity, record.original);
    const first = partProof(row.seed, parts, 0);
    const proof = inclusionProof(row.position, this.#size, this.#node);
    const inclusionLine = JSON.stringify({
      id: record.id,
      version: record.version,
      sha256: hex(row.sha256),
      index: row.position,
      size: this.#size,
      leaf: hex(leafHash(row.commitment)),
      path: proof.map(hex),
      commitment: hex(row.commitment),
      // Everything is disclosed here, so the seed of all salts may be known.
      seed: hex(row.seed),
      parts: parts.length,
      recordSalt: hex(first.salt),
      recordPath: first.path.map(hex),
      record: Buffer.from(parts[0] ?? '').toString('base64'),
    });
    const logLine = JSON.stringify({
      index: row.position,
      kind: 'version',
      time: isoTime(row.received_ms),
      id: record.id,
      version: record.version,
      reason: row.reason,
      sha256: hex(row.sha256),
      commitment: hex(row.commitment),
    });
    return { position: row.position, commitment: row.commitment, inclusionLine, logLine };
  }

  /**
   * The same for a record of which something was hidden: neither its hash nor the seed of its salts are told, only
   * the parts that are as they were.
   */
  redactedRecord(
    rid: number,
    record: ProvenRecord,
    redacted: Uint8Array,
  ): { redactedLine: string; disclosureLines: string[]; logLine: string } {
    const { row, identity } = this.#version(rid, record);
    const { parts, hidden, disclosed } = disclose(identity, row.seed, record.original, redacted);
    const { id, version } = record;
    const commitment = hex(row.commitment);
    return {
      redactedLine: JSON.stringify({
        id,
        version,
        index: row.position,
        size: this.#size,
        leaf: hex(leafHash(row.commitment)),
        path: inclusionProof(row.position, this.#size, this.#node).map(hex),
        commitment,
        parts,
        hidden,
      }),
      disclosureLines: disclosed.map(({ part, salt, path, value }) =>
        JSON.stringify({
          id,
          version,
          commitment,
          parts,
          part,
          salt: hex(salt),
          partPath: path.map(hex),
          value: Buffer.from(value, 'utf8').toString('base64'),
        }),
      ),
      logLine: JSON.stringify({
        index: row.position,
        kind: 'version',
        time: isoTime(row.received_ms),
        id,
        version,
        reason: row.reason,
        commitment,
      }),
    };
  }

  #version(rid: number, record: ProvenRecord): { row: VersionRow; identity: VersionIdentity } {
    const row = this.#row.get(rid, record.version);
    if (row === undefined) {
      throw new ArchiveError('archive-corrupt', `The custody log has no entry for version ${record.version}.`, {
        hint: 'Run verify to see what is affected.',
      });
    }
    const { source, accountId, remoteId, version } = record;
    const { received_ms: receivedAt, reason, sha256 } = row;
    return { row, identity: { source, accountId, remoteId, version, receivedAt, reason, sha256 } };
  }

  /** Positions of the actions that name a conversation. */
  positionsAbout(id: string): number[] {
    return this.#entries.all(id, this.#size);
  }

  /** Line of custody/log.ndjson for an action or a verdict, with all that proves it. */
  entry(db: Database, position: number, withheld = false): string {
    const row = db
      .prepare<[number], { commitment: Buffer; salt: Buffer; entry: string; kind: string; time_ms: number }>(
        `SELECT leaf.commitment, entry.salt, entry.entry, entry.kind, entry.time_ms
         FROM custody_entry AS entry JOIN custody_leaf AS leaf ON leaf.position = entry.position
         WHERE entry.position = ?`,
      )
      .get(position);
    if (row === undefined) throw new ArchiveError('archive-corrupt', `The custody log has no entry ${position}.`);
    return JSON.stringify({
      index: position,
      kind: row.kind,
      time: isoTime(row.time_ms),
      size: this.#size,
      commitment: hex(row.commitment),
      path: inclusionProof(position, this.#size, this.#node).map(hex),
      // What people did may quote what was redacted: then the entry's place is proven, not its words.
      ...(withheld ? { withheld } : { salt: hex(row.salt), entry: row.entry }),
    });
  }
}
