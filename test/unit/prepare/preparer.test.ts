import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Database } from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { commitVersion } from '../../../main/archive/evidence/commitment.ts';
import { decodeRecord } from '../../../main/archive/liveperson/decode.ts';
import { readPage } from '../../../main/archive/liveperson/pages.ts';
import { wholeConversation } from '../../../main/archive/prepare/lazy-conversation.ts';
import { Preparer } from '../../../main/archive/prepare/preparer.ts';
import type { AnswerPage } from '../../../main/archive/liveperson/pages.ts';
import { ingest, setAside } from '../../../main/archive/store/ingest.ts';
import { loadOriginal } from '../../../main/archive/store/transcripts.ts';
import type { Source } from '../../../preload/model.ts';
import { openTestWriter, temporaryFolder, testAccount } from '../store/support.ts';
import { accountId, answers, now, workerEntry } from './support.ts';

const sources = ['chat', 'messaging'] as const;
const day = 86_400_000;
const open: Preparer[] = [];
afterAll(() => Promise.all(open.map((preparer) => preparer.close())));

function preparer(entry: URL | null = workerEntry): Preparer {
  const made = new Preparer(entry);
  open.push(made);
  return made;
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

/** Everything an archive holds, but for what is random: seeds, and the hashes that are salted with them. */
function contentOf(db: Database): Record<string, unknown[]> {
  db.exec('CREATE VIRTUAL TABLE IF NOT EXISTS temp.instances USING fts5vocab(main, ft, instance)');
  const all = (sql: string) => db.prepare(sql).all();
  return {
    conversations: all('SELECT * FROM conversation ORDER BY rid'),
    versions: all(
      `SELECT rid, number, received_ms, reason, via, sha256, message_count, block, offset, length FROM version
       ORDER BY rid, number`,
    ),
    blocks: all('SELECT * FROM block ORDER BY id'),
    facets: all('SELECT * FROM facet_value ORDER BY id'),
    unidentified: all('SELECT * FROM unidentified ORDER BY id'),
    leaves: all('SELECT position, length(nodes), rid, version, subject FROM custody_leaf ORDER BY position'),
    index: all('SELECT * FROM temp.instances ORDER BY term, doc, col, offset'),
  };
}

async function fill(read: (source: Source, body: Uint8Array) => AnswerPage | Promise<AnswerPage>): Promise<Database> {
  const writer = openTestWriter();
  const account = testAccount(writer, accountId);
  const rounds = [
    { at: now - 20 * day, form: 'searchText', via: 'search' },
    { at: now, form: 'completeText', via: 'by-id' },
    { at: now, form: 'searchText', via: 'search' },
  ] as const;
  for (const { at, form, via } of rounds) {
    for (const source of sources) {
      for (const body of answers(source, at, form)) {
        const page = await read(source, body);
        const context = { account, source, receivedAt: at, via };
        writer.db
          .transaction(() => {
            ingest(writer.db, page.records, context);
            setAside(writer.db, page.unidentified, context);
          })
          .immediate();
      }
    }
  }
  return writer.db;
}

describe('preparing records beside the writer', () => {
  it('fills an archive with the same rows, blocks and index as the writer alone', { timeout: 60_000 }, async () => {
    const threaded = preparer();
    const beside = await fill((source, body) => threaded.page(source, accountId, body, now));
    expect(threaded.threaded).toBe(true);
    const alone = await fill(readPage);
    const expected = contentOf(alone);
    expect(expected['versions']?.length).toBeGreaterThan(expected['conversations']?.length ?? Infinity);
    expect(expected['unidentified']?.length).toBeGreaterThan(0);
    expect(contentOf(beside)).toEqual(expected);
  });

  it('commits to each version what its original, identity and seed say', { timeout: 60_000 }, async () => {
    const threaded = preparer();
    const db = await fill((source, body) => threaded.page(source, accountId, body, now));
    interface Row {
      rid: number;
      number: number;
      source: Source;
      remoteId: string;
      receivedAt: number;
      reason: string;
      seed: Buffer;
      sha256: Buffer;
      commitment: Buffer;
    }
    const rows = db
      .prepare<[], Row>(
        `SELECT rid, number, source, remote_id AS remoteId, received_ms AS receivedAt, reason, seed, sha256, commitment
         FROM version JOIN conversation USING (rid) JOIN custody_leaf USING (rid)
         WHERE custody_leaf.version = version.number`,
      )
      .all();
    expect(rows.length).toBeGreaterThan(1000);
    for (const { rid, number, seed, commitment, ...row } of rows) {
      const identity = { ...row, accountId, version: number };
      expect(commitVersion(identity, seed, loadOriginal(db, rid, number).original)).toEqual(commitment);
    }
    expect(new Set(rows.map(({ seed }) => seed.toString('hex'))).size).toBe(rows.length);
  });

  it('gives conversations that decode themselves to what they are', async () => {
    const [body = Buffer.alloc(0)] = answers('messaging', now);
    const page = await preparer().page('messaging', accountId, body, now);
    const expected = readPage('messaging', body);
    expect(page.records.map(({ conversation }) => wholeConversation(conversation))).toEqual(
      expected.records.map(({ conversation }) => conversation),
    );
    for (const { conversation, original } of page.records) {
      const whole = decodeRecord('messaging', original);
      for (const field of Object.keys(whole) as (keyof typeof whole)[]) {
        expect(conversation[field]).toEqual(whole[field]);
      }
    }
    expect(page.unidentified.map(textOf)).toEqual(expected.unidentified.map(textOf));
    expect(page.unidentified).toHaveLength(3);
  });

  it('answers in the order of asking, and goes on after an answer that cannot be read', async () => {
    const threaded = preparer();
    const pages = answers('chat', now);
    const asked = pages.map((body) => threaded.page('chat', accountId, body, now));
    const bad = threaded.page('chat', accountId, Buffer.from('<html>'), now);
    const after = threaded.page('chat', accountId, pages[0] ?? Buffer.alloc(0), now);
    await expect(bad).rejects.toMatchObject({ code: 'source-changed', retryable: true });
    expect((await after).records).toHaveLength(readPage('chat', pages[0] ?? Buffer.alloc(0)).records.length);
    const ids = (await Promise.all(asked)).map(({ records }) => records.map(({ original }) => String(original)));
    expect(ids).toEqual(pages.map((body) => readPage('chat', body).records.map(({ original }) => String(original))));
  });

  it('does the work itself where the thread cannot start, and where it dies over it', async () => {
    const dying = join(temporaryFolder(), 'dying.mjs');
    writeFileSync(
      dying,
      `import { parentPort } from 'node:worker_threads'; parentPort.once('message', () => process.exit(3));`,
    );
    const [body = Buffer.alloc(0)] = answers('chat', now);
    const expected = readPage('chat', body).records.map(({ original }) => String(original));
    for (const entry of [new URL('missing.ts', workerEntry), pathToFileURL(dying)]) {
      const failing = preparer(entry);
      const [first, second] = await Promise.all([0, 1].map(() => failing.page('chat', accountId, body, now)));
      expect(failing.threaded).toBe(false);
      for (const page of [first, second]) {
        expect(page?.records.map(({ original }) => String(original))).toEqual(expected);
      }
    }
  });

  it('reads saved files in batches, the same with and without a thread', async () => {
    const file = join(temporaryFolder(), 'saved.ndjson');
    writeFileSync(file, [...answers('chat', now), 'not JSON', ...answers('messaging', now)].join('\n'));
    const read = async (by: Preparer) => {
      const found: unknown[] = [];
      for (let from: number | null = 0; from !== null;) {
        const batch = await by.savedRecords(file, from, now);
        const records = batch.records.map(({ original, conversation }) => [String(original), conversation.remoteId]);
        found.push({ records, places: batch.places, rejected: batch.rejected });
        from = batch.next;
      }
      return found;
    };
    const threaded = await read(preparer());
    expect(threaded.length).toBeGreaterThan(2);
    expect(threaded).toEqual(await read(preparer(null)));
    await expect(preparer().savedRecords(`${file}.gone`, 0, now)).rejects.toMatchObject({ code: 'path-unavailable' });
  });

  it('refuses new work once it is closed', async () => {
    const closed = preparer();
    await closed.close();
    await expect(closed.page('chat', accountId, Buffer.from('{}'), now)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
