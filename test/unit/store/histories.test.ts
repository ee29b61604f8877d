import fc from 'fast-check';
import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkOriginals, consistencyChecks } from '../../../main/archive/store/integrity.ts';
import { indexDocumentOf } from '../../../main/archive/store/index-source.ts';
import { looseBlocks, repackBlocks } from '../../../main/archive/store/block-rewrite.ts';
import { listVersions, loadOriginal, loadTranscript } from '../../../main/archive/store/transcripts.ts';
import { listAccounts } from '../../../main/archive/store/accounts.ts';
import { tokensOf } from '../../../main/archive/search/fold.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import type { Via } from '../../../main/archive/store/versioning.ts';
import type { Source } from '../../../preload/model.ts';
import {
  chatText,
  indexed,
  march,
  messagingText,
  minute,
  openTestWriter,
  received,
  take,
  testAccount,
} from './support.ts';

const words = ['refund', 'café', '返金', '\\ud83d', 'a\0b', '** LP deleted data **', '😀 ok', ''];

const step = fc.record({
  source: fc.constantFrom<Source>('chat', 'messaging'),
  via: fc.constantFrom<Via>('search', 'by-id', 'import'),
  records: fc.array(
    fc.record({
      id: fc.constantFrom('one', 'two', 'three'),
      startedAt: fc.constantFrom(march, march + 1000, march + minute, march - 200 * minute),
      texts: fc.array(fc.constantFrom(...words), { maxLength: 4 }),
      partial: fc.boolean(),
      open: fc.boolean(),
      enriched: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  /** What happens after the step. */
  then: fc.constantFrom('nothing', 'rolled back', 'repacked'),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function textsOf({ source, records }: Step): string[] {
  return records.map((facts) => (source === 'chat' ? chatText(facts) : messagingText(facts)));
}

/** Empties the test's archive: a new file for each history would take most of the time. */
function startOver(writer: ArchiveWriter): void {
  writer.db.pragma('foreign_keys = OFF');
  writer.db
    .exec(`DELETE FROM custody_leaf; DELETE FROM erasure; DELETE FROM version; DELETE FROM block; DELETE FROM conversation;
    INSERT INTO ft(ft) VALUES ('delete-all');`);
  writer.db.pragma('foreign_keys = ON');
}

function rowOf(writer: ArchiveWriter, source: string, remoteId: string) {
  return writer.db
    .prepare<[string, string], { rid: number; version: number; flags: string }>(
      'SELECT rid, version, flags FROM conversation WHERE source = ? AND remote_id = ?',
    )
    .get(source, remoteId);
}

describe('any history of records', () => {
  it('leaves every original that was ever given readable byte for byte, in order, found by its words, each once', () => {
    const writer = openTestWriter();
    testAccount(writer);
    const [account] = listAccounts(writer.db);
    if (account === undefined) throw new Error('no account');
    const check = (steps: Step[]) => {
      startOver(writer);
      const given = new Map<string, { text: string; order: number }[]>();
      let order = 0;
      for (const current of steps) {
        const texts = textsOf(current);
        const context = { via: current.via, receivedAt: 1000 + order };
        if (current.then === 'rolled back') {
          writer.db.exec('SAVEPOINT attempt');
          take(writer, account, current.source, texts, context);
          writer.db.exec('ROLLBACK TO attempt; RELEASE attempt');
          continue;
        }
        const results = take(writer, account, current.source, texts, context);
        results.forEach(({ remoteId, version, outcome }, position) => {
          const key = `${current.source} ${remoteId}`;
          const before = given.get(key) ?? [];
          const text = texts[position] ?? '';
          if (outcome === 'unchanged') expect(before.map((each) => each.text)).toContain(text);
          else given.set(key, [...before, { text, order }]);
          if (outcome !== 'unchanged') expect(version).toBe(before.length + 1);
        });
        if (current.then === 'repacked') repackBlocks(writer.db, looseBlocks(writer.db, 0, 1e9));
        // Giving the last answer once more changes nothing.
        const again = take(writer, account, current.source, texts.slice(-1), context);
        expect(again[0]?.outcome).toBe('unchanged');
        order += 1;
      }
      for (const [key, versions] of given) {
        const [source, remoteId] = key.split(' ') as [Source, string];
        const row = rowOf(writer, source, remoteId);
        if (row === undefined) throw new Error(`${key} is gone`);
        const stored = listVersions(writer.db, row.rid);
        expect(stored.map(({ version, sha256 }) => [version, sha256])).toEqual(
          versions.map(({ text }, position) => [position + 1, hash('sha256', Buffer.from(text))]),
        );
        versions.forEach(({ text }, position) => {
          const { original } = loadOriginal(writer.db, row.rid, position + 1);
          expect(Buffer.from(original).toString('utf8')).toBe(text);
          const shown = received(source, text).conversation;
          for (const message of shown.messages) {
            for (const token of tokensOf(message.text)) {
              expect(indexed(writer, `"${token}"`), `${token} of ${key}`).toContain(row.rid);
            }
          }
        });
        const longest = Math.max(...versions.map(({ text }) => received(source, text).conversation.messages.length));
        const transcript = loadTranscript(writer.db, row.rid);
        expect(transcript.flags.includes('shrunk')).toBe(transcript.messageCount < longest);
        expect(indexDocumentOf(writer.db, row.rid).filter).toContain('all');
      }
      expect([...consistencyChecks(writer.db)].filter(({ failed }) => failed > 0)).toEqual([]);
      expect([...checkOriginals(writer.db)].flatMap(({ failures }) => failures)).toEqual([]);
      expect(writer.db.pragma('foreign_key_check')).toEqual([]);
    };
    fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), check), {
      numRuns: 200,
      interruptAfterTimeLimit: 10_000,
    });
  });
});
