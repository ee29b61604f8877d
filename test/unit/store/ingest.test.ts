import { describe, expect, it } from 'vitest';
import { countFacetIds, unpackFacetIds } from '../../../main/archive/store/facet-ids.ts';
import { listAccounts } from '../../../main/archive/store/accounts.ts';
import { ingest, setAside } from '../../../main/archive/store/ingest.ts';
import { indexDocumentOf } from '../../../main/archive/store/index-source.ts';
import { minuteStartOf } from '../../../main/archive/store/rid.ts';
import {
  findConversation,
  listVersions,
  loadOriginal,
  loadTranscript,
} from '../../../main/archive/store/transcripts.ts';
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

function original(writer: ReturnType<typeof openTestWriter>, rid: number, version?: number): string {
  return Buffer.from(loadOriginal(writer.db, rid, version).original).toString('utf8');
}

const byId = { via: 'by-id' } as const;
const imported = { via: 'import' } as const;

describe('ingest', () => {
  it('keeps what it cannot understand byte for byte: long numbers, lone surrogates, NUL, blanks', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const text = chatText({ rawExtra: '{ "n": 1234567890123456789,  "s":"\\ud83d","z":"a\\u0000b", "f":1.10e+2 }' });
    const [result] = take(writer, account, 'chat', [text]);
    expect(result?.outcome).toBe('added');
    expect(original(writer, result?.rid ?? 0)).toBe(text);
  });

  it('adds, changes and leaves alone, and tells which', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const first = chatText({ id: 'a', enriched: false });
    const second = chatText({ id: 'b' });
    expect(take(writer, account, 'chat', [first, second]).map(({ outcome }) => outcome)).toEqual(['added', 'added']);
    expect(take(writer, account, 'chat', [second]).map(({ outcome }) => outcome)).toEqual(['unchanged']);
    const [changed] = take(writer, account, 'chat', [chatText({ id: 'a' })]);
    expect(changed).toMatchObject({ outcome: 'changed', version: 2, reason: 'enriched', flags: [], needsById: false });
    expect(original(writer, changed?.rid ?? 0, 1)).toBe(first);
  });

  it('sees the first of two records of one conversation on one page when it takes the second', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const shorter = chatText({ texts: ['one'] });
    const longer = chatText({ texts: ['one', 'two'] });
    const results = take(writer, account, 'chat', [shorter, longer, longer]);
    expect(results.map(({ outcome, version }) => [outcome, version])).toEqual([
      ['added', 1],
      ['changed', 2],
      ['unchanged', 2],
    ]);
  });

  it('keeps chats and messages of several accounts apart that share an id', () => {
    const writer = openTestWriter();
    const one = testAccount(writer, '1');
    const two = testAccount(writer, '2');
    take(writer, one, 'chat', [chatText({ id: 'same' })]);
    take(writer, two, 'chat', [chatText({ id: 'same' })]);
    take(writer, two, 'messaging', [messagingText({ id: 'same' })]);
    expect(() => findConversation(writer.db, 'same')).toThrow(expect.objectContaining({ code: 'conflict' }) as Error);
    expect(findConversation(writer.db, 'messaging:2:same').id).toBe('messaging:2:same');
    expect(() => findConversation(writer.db, 'messaging:1:same')).toThrow(
      expect.objectContaining({ code: 'not-found' }) as Error,
    );
  });

  it('shows a version with fewer messages, flags it, and still finds what the fuller one said', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'chat', [chatText({ texts: ['refund', 'guarantee'] })]);
    const [shrunk] = take(writer, account, 'chat', [chatText({ texts: ['refund'] })]);
    expect(shrunk).toMatchObject({ outcome: 'changed', version: 2, reason: 'shrunk', flags: ['shrunk'] });
    const rid = shrunk?.rid ?? 0;
    expect(indexed(writer, 'guarantee')).toEqual([rid]);
    expect(loadTranscript(writer.db, rid)).toMatchObject({ version: 2, messageCount: 1, flags: ['shrunk'] });
    expect(loadTranscript(writer.db, rid, 1)).toMatchObject({ version: 1, messageCount: 2, flags: [] });
    const [grown] = take(writer, account, 'chat', [chatText({ texts: ['refund', 'guarantee', 'thanks'] })]);
    expect(grown).toMatchObject({ version: 3, reason: 'changed', flags: [] });
  });

  it('finds a text that was edited at the source, and builds the same index row again from what is stored', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'chat', [chatText({ texts: ['card 4111'] })]);
    take(writer, account, 'chat', [chatText({ texts: ['card masked'] })]);
    const [result] = take(writer, account, 'chat', [chatText({ texts: ['card hidden'] })]);
    const rid = result?.rid ?? 0;
    for (const word of ['4111', 'masked', 'hidden']) expect(indexed(writer, word)).toEqual([rid]);
    const words = indexDocumentOf(writer.db, rid).customer;
    for (const word of ['4111', 'masked', 'hidden']) expect(words).toContain(word);
  });

  it('shows an erasure at the source at once and keeps the version before it', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const before = chatText({ texts: ['my name is Clara', 'hello'] });
    take(writer, account, 'chat', [before]);
    const [erased] = take(writer, account, 'chat', [chatText({ texts: ['** LP deleted data **', 'hello'] })]);
    expect(erased).toMatchObject({ reason: 'erased-at-source', flags: ['erased'] });
    expect(original(writer, erased?.rid ?? 0, 1)).toBe(before);
    const [again] = take(writer, account, 'chat', [before], imported);
    expect(again).toMatchObject({ outcome: 'unchanged', version: 2, flags: ['erased'] });
  });

  it('does not let a partial answer hide a complete one', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'chat', [chatText({ texts: ['one', 'two'] })]);
    const partial = chatText({ texts: ['one'], partial: true });
    const [result] = take(writer, account, 'chat', [partial]);
    expect(result).toMatchObject({ outcome: 'changed', version: 2, reason: 'shrunk', flags: [], needsById: true });
    expect(loadTranscript(writer.db, result?.rid ?? 0)).toMatchObject({ version: 1, messageCount: 2 });
    expect(original(writer, result?.rid ?? 0, 2)).toBe(partial);
  });

  it('completes a partial record', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const [first] = take(writer, account, 'chat', [chatText({ texts: ['one'], partial: true })]);
    expect(first?.flags).toEqual(['partial']);
    const [second] = take(writer, account, 'chat', [chatText({ texts: ['one', 'two'] })], byId);
    expect(second).toMatchObject({ reason: 'partial-completed', flags: [] });
  });
});

describe('ingest of messaging, whose search answers are poorer than its answers by id', () => {
  const searched = messagingText({ texts: ['hello', 'good day'] });
  const whole = messagingText({ texts: ['hello', 'good day'], summary: 'A contract was sent' });

  it('keeps the whole record when the same search answer comes again', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'messaging', [searched]);
    const [fetched] = take(writer, account, 'messaging', [whole], byId);
    expect(fetched).toMatchObject({ version: 2, reason: 'enriched' });
    const [again] = take(writer, account, 'messaging', [searched]);
    expect(again).toMatchObject({ outcome: 'unchanged', version: 2, needsById: false });
  });

  it('keeps another search answer beside it and asks for the whole record', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'messaging', [searched]);
    take(writer, account, 'messaging', [whole], byId);
    const other = messagingText({ texts: ['hello', 'good night'] });
    const [result] = take(writer, account, 'messaging', [other]);
    expect(result).toMatchObject({ outcome: 'changed', version: 3, needsById: true });
    const rid = result?.rid ?? 0;
    expect(original(writer, rid)).toBe(whole);
    expect(original(writer, rid, 3)).toBe(other);
    expect(indexed(writer, 'night')).toEqual([rid]);
    expect(take(writer, account, 'messaging', [other])[0]).toMatchObject({ outcome: 'unchanged', needsById: false });
    expect(take(writer, account, 'messaging', [whole], byId)[0]).toMatchObject({ outcome: 'unchanged', version: 2 });
  });

  it('shows a search answer that has more messages or another status, and asks for the whole record', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'messaging', [whole], byId);
    const more = messagingText({ texts: ['hello', 'good day', 'one more thing'], open: true });
    const [result] = take(writer, account, 'messaging', [more]);
    expect(result).toMatchObject({ outcome: 'changed', reason: 'changed', needsById: true, flags: ['open'] });
    expect(original(writer, result?.rid ?? 0)).toBe(more);
  });
});

describe('ingest of files', () => {
  it('keeps an older state beside what the service has sent since', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const current = chatText({ texts: ['one', 'two'] });
    take(writer, account, 'chat', [current]);
    const old = chatText({ texts: ['one'] });
    const [result] = take(writer, account, 'chat', [old], imported);
    expect(result).toMatchObject({ outcome: 'changed', version: 2, flags: [], needsById: false });
    expect(original(writer, result?.rid ?? 0)).toBe(current);
    expect(take(writer, account, 'chat', [old], imported)[0]?.outcome).toBe('unchanged');
  });

  it('keeps records without an id, each once', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const context = { account, source: 'chat', receivedAt: 1, via: 'import' } as const;
    setAside(writer.db, [Buffer.from('{"info":{}}'), Buffer.from('{"info":{}}'), Buffer.from('7')], context);
    expect(writer.db.prepare('SELECT count(*) FROM unidentified').pluck().get()).toBe(2);
  });
});

describe('row ids', () => {
  it('follow a start that was corrected, with versions, index and custody log', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const [before] = take(writer, account, 'chat', [chatText({ texts: ['hello'] })]);
    const [after] = take(writer, account, 'chat', [chatText({ texts: ['hello'], startedAt: march - 90 * minute })]);
    expect(after?.rid).toBeLessThan(before?.rid ?? 0);
    expect(minuteStartOf(after?.rid ?? 0)).toBe(march - 90 * minute);
    expect(indexed(writer, 'hello')).toEqual([after?.rid]);
    expect(listVersions(writer.db, after?.rid ?? 0).map(({ version }) => version)).toEqual([1, 2]);
    expect(writer.db.pragma('foreign_key_check')).toEqual([]);
    expect(writer.db.prepare('SELECT DISTINCT rid FROM custody_leaf WHERE rid IS NOT NULL').pluck().all()).toEqual([
      after?.rid,
    ]);
  });

  it('keep the order of starts within a minute and spill over when it is full', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const texts = Array.from({ length: 150 }, (_, position) =>
      chatText({ id: `c${position}`, startedAt: march + (position % 50) * 1000 }),
    );
    const results = take(writer, account, 'chat', texts);
    expect(new Set(results.map(({ rid }) => rid)).size).toBe(150);
    const byStart = [...results].slice(0, 50).map(({ rid }) => rid);
    expect(byStart).toEqual([...byStart].sort((one, other) => one - other));
    expect(writer.db.prepare("SELECT value FROM setting WHERE key = 'rid.spillMinutes'").pluck().get()).toBe('2');
  });
});

describe('the transaction of a page', () => {
  it('is the caller’s: without one, nothing is taken in', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const records = [received('chat', chatText())];
    expect(() => ingest(writer.db, records, { account, source: 'chat', receivedAt: 1, via: 'search' })).toThrow(
      'inside a transaction',
    );
  });

  it('leaves nothing behind when it is rolled back, not even remembered facet numbers', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const context = { account, source: 'chat', receivedAt: 1, via: 'search' } as const;
    const attempt = writer.db.transaction(() => {
      ingest(writer.db, [received('chat', chatText({ agent: 'Rolled Back' }))], context);
      throw new Error('no');
    });
    expect(() => attempt()).toThrow('no');
    take(writer, account, 'chat', [chatText({ id: 'x', agent: 'Somebody Else' })]);
    take(writer, account, 'chat', [chatText({ id: 'y', agent: 'Rolled Back' })]);
    const names = writer.db
      .prepare<[], { remote_id: string; facets: Buffer }>(
        'SELECT remote_id, facets FROM conversation ORDER BY remote_id',
      )
      .all()
      .map(({ remote_id, facets }) => {
        const ids = new Uint32Array(countFacetIds(facets));
        unpackFacetIds(facets, ids, 0);
        const agent = writer.db
          .prepare(`SELECT value FROM facet_value WHERE field = 'agent' AND id IN (${ids.join(',')})`)
          .pluck()
          .get();
        return [remote_id, agent];
      });
    expect(names).toEqual([
      ['x', 'Somebody Else'],
      ['y', 'Rolled Back'],
    ]);
    expect(listAccounts(writer.db)).toHaveLength(1);
  });
});
