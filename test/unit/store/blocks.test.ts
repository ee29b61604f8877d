import { describe, expect, it } from 'vitest';
import { readPlace, writeBlocks } from '../../../main/archive/store/blocks.ts';
import { openReader } from '../../../main/archive/store/database.ts';
import { loadOriginal } from '../../../main/archive/store/transcripts.ts';
import { chatText, march, minute, openTestWriter, take, testAccount } from './support.ts';

describe('blocks', () => {
  it('hold twenty neighbours each, fewer when they are large, and an empty one takes no room', () => {
    const { db } = openTestWriter();
    const small = Array.from({ length: 45 }, (_, position) => Buffer.from(`original ${position}`));
    const places = writeBlocks(db, small);
    expect(places.map(({ block }) => block).filter((block, position, all) => all.indexOf(block) === position)).toEqual([
      1, 2, 3,
    ]);
    small.forEach((bytes, position) => {
      const place = places[position];
      expect(place === undefined ? null : readPlace(db, place)?.toString()).toBe(bytes.toString());
    });
    const large = Array.from({ length: 3 }, (_, position) => Buffer.alloc(200_000, position));
    expect(writeBlocks(db, large).map(({ block }) => block)).toEqual([4, 5, 6]);
    expect(writeBlocks(db, [Buffer.alloc(0), Buffer.from('x')])).toEqual([
      { block: 7, offset: 0, length: 0 },
      { block: 7, offset: 0, length: 1 },
    ]);
    expect(writeBlocks(db, [])).toEqual([]);
    expect(readPlace(db, { block: 99, offset: 0, length: 1 })).toBeNull();
  });

  it('are never mistaken for an older block of the same number', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const attempt = writer.db.transaction(() => {
      const [result] = take(writer, account, 'chat', [chatText({ id: 'rolled back' })]);
      loadOriginal(writer.db, result?.rid ?? 0);
      throw new Error('no');
    });
    expect(() => attempt()).toThrow('no');
    const text = chatText({ id: 'kept' });
    const [result] = take(writer, account, 'chat', [text]);
    expect(Buffer.from(loadOriginal(writer.db, result?.rid ?? 0).original).toString()).toBe(text);
  });

  it('are read right by a reader that had unpacked what the writer has packed elsewhere since', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    const texts = [0, 1].map((position) => chatText({ id: `c${position}`, startedAt: march + position * minute }));
    const rids = texts.flatMap((text) => take(writer, account, 'chat', [text]).map(({ rid }) => rid));
    const reader = openReader(writer.folder);
    const read = () => rids.map((rid) => Buffer.from(loadOriginal(reader.db, rid).original).toString());
    expect(read()).toEqual(texts);
    writer.db.pragma('foreign_keys = OFF');
    writer.db.exec(`UPDATE block SET id = id + 10;
      UPDATE block SET id = CASE id WHEN 11 THEN 2 ELSE 1 END; UPDATE version SET block = 3 - block;`);
    expect(read()).toEqual(texts);
    reader.close();
  });
});
