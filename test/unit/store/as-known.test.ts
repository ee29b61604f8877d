import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchCount } from '../../../main/archive/search/count.ts';
import { searchPage } from '../../../main/archive/search/page.ts';
import { listAccounts } from '../../../main/archive/store/accounts.ts';
import { transcriptKnownOn } from '../../../main/archive/store/as-known.ts';
import { loadTranscript } from '../../../main/archive/store/transcripts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import type { Via } from '../../../main/archive/store/versioning.ts';
import { contract } from '../../../preload/contract.ts';
import type { Source } from '../../../preload/model.ts';
import { chatText, march, messagingText, minute, openTestWriter, take, testAccount } from './support.ts';

const words = ['refund', 'card lost', 'refund of the card', '** LP deleted data **', 'sorry', ''];
const queries = [
  '',
  'refund',
  'refund NEAR/2 card',
  '-refund',
  'messages:>=2',
  'has:erased',
  'from:2026-03-04',
  'said:agent(card)',
];

const step = fc.record({
  source: fc.constantFrom<Source>('chat', 'messaging'),
  via: fc.constantFrom<Via>('search', 'by-id', 'import'),
  records: fc.array(
    fc.record({
      id: fc.constantFrom('one', 'two', 'three'),
      startedAt: fc.constantFrom(march, march + 1000, march - 600 * minute),
      texts: fc.array(fc.constantFrom(...words), { maxLength: 4 }),
      partial: fc.boolean(),
      open: fc.boolean(),
      enriched: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

const now = march + 90 * 86_400_000;

function startOver(writer: ArchiveWriter): void {
  writer.db.pragma('foreign_keys = OFF');
  writer.db
    .exec(`DELETE FROM custody_leaf; DELETE FROM erasure; DELETE FROM version; DELETE FROM block; DELETE FROM conversation;
    INSERT INTO ft(ft) VALUES ('delete-all');`);
  writer.db.pragma('foreign_keys = ON');
}

/** What a user of this moment sees: every transcript by id, and what each query finds. */
function snapshot({ db }: ArchiveWriter, asKnownOn?: number) {
  const known = asKnownOn === undefined ? {} : { asKnownOn };
  const rids = db.prepare<[], number>('SELECT rid FROM conversation').pluck().all();
  const transcripts = rids
    .flatMap((rid) => {
      if (asKnownOn === undefined) return [loadTranscript(db, rid)];
      try {
        return [transcriptKnownOn(db, rid, asKnownOn)];
      } catch (error) {
        expect(error).toMatchObject({ code: 'not-found' });
        return [];
      }
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const answers = queries.map((query) => {
    const input = contract['search.page'].input.parse({ query, limit: 2, ...known });
    const hits = [];
    let cursor: string | undefined;
    do {
      const page = searchPage(db, { ...input, ...(cursor === undefined ? {} : { cursor }) }, now);
      hits.push(...page.hits);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const { total } = searchCount(db, contract['search.count'].input.parse({ query, ...known }), now);
    expect(total, query).toBe(hits.length);
    // Conversations that start at the very same moment have no order among them.
    return {
      query,
      starts: hits.map(({ startedAt }) => startedAt),
      hits: hits.sort((one, other) => (one.id < other.id ? -1 : 1)),
    };
  });
  return { transcripts, answers };
}

describe('the archive as it was known on a date', () => {
  it('is what a snapshot of that date shows, in every transcript and every answer, whatever came later', () => {
    const writer = openTestWriter();
    testAccount(writer);
    const [account] = listAccounts(writer.db);
    if (account === undefined) throw new Error('no account');
    let run = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
        startOver(writer);
        // Other starts give other row ids: this connection remembers texts by those of the history before.
        run += 1;
        const taken = steps.map(({ source, via, records }, position) => {
          const texts = records
            .map((facts) => ({ ...facts, startedAt: facts.startedAt + run * 1000 * minute }))
            .map((facts) => (source === 'chat' ? chatText(facts) : messagingText(facts)));
          take(writer, account, source, texts, { via, receivedAt: 1000 * (position + 1) });
          return snapshot(writer);
        });
        taken.forEach((then, position) => {
          expect(snapshot(writer, 1000 * (position + 1))).toEqual(then);
          expect(snapshot(writer, 1000 * (position + 1) + 999)).toEqual(then);
        });
        expect(snapshot(writer, 999).transcripts).toEqual([]);
      }),
      { interruptAfterTimeLimit: 8_000, numRuns: 150 },
    );
  }, 60_000);
});
