import type { Database } from 'better-sqlite3';
import { ArchiveError } from '../../../preload/errors.ts';
import type { TimeStampFacts } from '../../../preload/model.ts';
import { recordChange, type CustodyArchive } from './custody.ts';
import type { Doing } from './key-life.ts';
import { sha256 } from './sha256.ts';
import { makeQuery, readReply, type TimeStamp } from './time-stamp-token.ts';

export interface StampRow {
  id: number;
  size: number;
  note: string;
  nonce: string;
  asked_ms: number;
  reply: Buffer | null;
  received_ms: number | null;
}

/** All queries, oldest first, with what came back. */
export function stampRows(db: Database): StampRow[] {
  return db
    .prepare<[], StampRow>(
      `SELECT t.id, c.size, c.note, t.nonce, t.asked_ms, t.reply, t.received_ms
       FROM custody_timestamp AS t JOIN custody_checkpoint AS c ON c.id = t.checkpoint ORDER BY t.id`,
    )
    .all();
}

/**
 * A query over a signed checkpoint, to be sent to an authority of one's choice.
 * @param size entries that the checkpoint covers; the newest one if absent
 * @param write puts the query where it is wanted; when it throws, nothing was asked
 * @throws ArchiveError not-found
 */
export function askForTimeStamp(
  archive: CustodyArchive,
  { size, write }: { size?: number | undefined; write: (query: Buffer) => void },
  { now, actor }: Doing,
): { id: number; size: number } {
  const { db } = archive;
  const checkpoint = db
    .prepare<[number | null], { id: number; size: number; note: string }>(
      'SELECT id, size, note FROM custody_checkpoint WHERE size = ifnull(?, size) ORDER BY id DESC LIMIT 1',
    )
    .get(size ?? null);
  if (checkpoint === undefined) {
    throw new ArchiveError(
      'not-found',
      size === undefined ? 'No checkpoint has been signed yet.' : `No checkpoint covers exactly ${size} entries.`,
      {
        hint: 'The second line of a checkpoint says how many entries it covers. The first sync or export signs one.',
      },
    );
  }
  const { query, nonce } = makeQuery(Buffer.from(checkpoint.note));
  let id = 0;
  recordChange(
    archive,
    () => {
      const added = db
        .prepare('INSERT INTO custody_timestamp(checkpoint, nonce, query, asked_ms) VALUES (?, ?, ?, ?)')
        .run(checkpoint.id, nonce, query, now);
      id = Number(added.lastInsertRowid);
      write(query);
      return { kind: 'time-stamp-asked', time: now, subjects: [], details: { timeStamp: id, size: checkpoint.size } };
    },
    actor,
  );
  return { id, size: checkpoint.size };
}

/**
 * Keeps an authority's reply, if it is one to a query of this archive, over that checkpoint, given, and signed.
 * @throws ArchiveError invalid-input, conflict when another reply is kept already
 */
export async function keepTimeStamp(
  archive: CustodyArchive,
  reply: Buffer,
  { now, actor }: Doing,
): Promise<TimeStampFacts> {
  let asked: StampRow | undefined;
  const stamp = await readReply(reply, ({ nonce }) => {
    asked = stampRows(archive.db).find((row) => row.nonce === nonce);
    if (asked === undefined) {
      throw new ArchiveError('invalid-input', 'The reply is to no query of this archive.', {
        hint: 'Send the file that "custody timestamp query" wrote, and import what came back for it.',
      });
    }
    return Buffer.from(asked.note);
  });
  const row = asked;
  if (row === undefined) throw new ArchiveError('internal', 'The reply was read without its query.');
  recordChange(
    archive,
    () => {
      const { changes } = archive.db
        .prepare('UPDATE custody_timestamp SET reply = ?, received_ms = ? WHERE id = ? AND reply IS NULL')
        .run(reply, now, row.id);
      if (changes === 0) {
        throw new ArchiveError('conflict', 'A reply to this query is kept already.', { hint: 'Make another query.' });
      }
      const details = { timeStamp: row.id, size: row.size, ...sealedFacts(reply, stamp) };
      return { kind: 'time-stamp', time: now, subjects: [], details };
    },
    actor,
  );
  return factsOf({ ...row, reply, received_ms: now }, stamp);
}

/** The queries and what came back, newest first, as people are shown them. */
export async function listTimeStamps(db: Database): Promise<TimeStampFacts[]> {
  const facts = await Promise.all(stampRows(db).map(async (row) => factsOf(row, await stampOf(row).catch(() => null))));
  return facts.reverse();
}

/** The stamp that is kept for a query, checked again; null while there is none. @throws ArchiveError invalid-input */
export async function stampOf(row: StampRow): Promise<TimeStamp | null> {
  if (row.reply === null) return null;
  return await readReply(row.reply, ({ nonce }) => (nonce === row.nonce ? Buffer.from(row.note) : null));
}

/** What the log's entry says of a reply. */
export function sealedFacts(reply: Uint8Array, stamp: TimeStamp): Record<string, string> {
  const { authority, policy, serial } = stamp;
  return {
    authority,
    policy,
    serial,
    stampedAt: new Date(stamp.time).toISOString(),
    replySha256: sha256(reply).toString('hex'),
  };
}

function factsOf(row: StampRow, stamp: TimeStamp | null): TimeStampFacts {
  return {
    id: row.id,
    size: row.size,
    askedAt: row.asked_ms,
    receivedAt: row.received_ms,
    stamp:
      stamp === null
        ? null
        : { time: stamp.time, authority: stamp.authority, serial: stamp.serial, policy: stamp.policy },
  };
}
