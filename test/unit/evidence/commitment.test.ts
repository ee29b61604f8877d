import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  commitParts,
  commitVersion,
  partHash,
  partProof,
  partSalt,
  versionParts,
} from '../../../main/archive/evidence/commitment.ts';
import { leafHash, nodeHash, verifyInclusion } from '../../../main/archive/evidence/merkle.ts';

const identity = {
  source: 'chat',
  accountId: '1',
  remoteId: 'c1',
  version: 1,
  receivedAt: 0,
  reason: 'first-seen',
  sha256: Buffer.alloc(32, 7),
};
const record =
  '{"record":{"accountId":"1","reason":"first-seen","receivedAt":"1970-01-01T00:00:00.000Z","remoteId":"c1",';

describe('the commitment of a version', () => {
  test('has a part for what it is, for each top-level member, and for each message', () => {
    const chat = '{"transcript":{"lines":[{"text":"a","by":"x"},{"text":"b"}],"more":1},"info":{"b":1,"a":2}}';
    expect(versionParts(identity, Buffer.from(chat))).toEqual([
      `${record}"sha256":"${'07'.repeat(32)}","source":"chat","version":1}}`,
      '{"path":"/info","value":{"a":2,"b":1}}',
      '{"path":"/transcript","value":{"more":1}}',
      '{"path":"/transcript/lines/0","value":{"by":"x","text":"a"}}',
      '{"path":"/transcript/lines/1","value":{"text":"b"}}',
    ]);
    const messaging = '{"messageRecords":[{"seq":0}],"a/b~c":[]}';
    expect(versionParts(identity, Buffer.from(messaging)).slice(1)).toEqual([
      '{"path":"/a~1b~0c","value":[]}',
      '{"path":"/messageRecords/0","value":{"seq":0}}',
    ]);
  });

  test('is made even of what is no JSON, nested absurdly, or oddly encoded', () => {
    const deep = '['.repeat(5000) + ']'.repeat(5000);
    for (const text of ['{"a":', deep, '"\\ud800"', '[1]', 'null', '']) {
      const parts = versionParts(identity, Buffer.from(text));
      expect(parts).toHaveLength(2);
      expect(commitParts(Buffer.alloc(32), parts)).toHaveLength(32);
    }
  });

  test('is the root over salted parts exactly as specified', () => {
    const seed = randomBytes(32);
    for (let count = 1; count < 20; count += 1) {
      const parts = Array.from({ length: count }, (_, index) => `{"path":"/${'ü'.repeat(index)}"}`);
      let level = parts.map((part, index) => {
        const salt = createHmac('sha256', seed).update(String(index)).digest();
        expect(partSalt(seed, index)).toEqual(salt);
        const hash = createHash('sha256').update(salt).update(part, 'utf8').digest();
        expect(partHash(salt, part)).toEqual(hash);
        return leafHash(hash);
      });
      while (level.length > 1) {
        level = level.flatMap((left, index) => {
          const right = level[index + 1];
          return index % 2 === 1 ? [] : [right === undefined ? left : nodeHash(left, right)];
        });
      }
      expect(commitParts(seed, parts)).toEqual(level[0]);
    }
  });

  test('lets one part be shown and the others stay hidden', () => {
    const seed = randomBytes(32);
    const parts = Array.from({ length: 13 }, (_, index) => `"part ${index}"`);
    const root = commitParts(seed, parts);
    for (const [index, part] of parts.entries()) {
      const { salt, path } = partProof(seed, parts, index);
      expect(verifyInclusion(leafHash(partHash(salt, part)), index, parts.length, path, root)).toBe(true);
      expect(verifyInclusion(leafHash(partHash(salt, `${part} `)), index, parts.length, path, root)).toBe(false);
    }
  });

  test('changes with the seed, the identity and the content', () => {
    const original = Buffer.from('{"info":{}}');
    const seed = Buffer.alloc(32, 1);
    const base = commitVersion(identity, seed, original);
    expect(commitVersion(identity, seed, original)).toEqual(base);
    expect(commitVersion(identity, Buffer.alloc(32, 2), original)).not.toEqual(base);
    expect(commitVersion({ ...identity, receivedAt: 1 }, seed, original)).not.toEqual(base);
    expect(commitVersion(identity, seed, Buffer.from('{"info":{"a":1}}'))).not.toEqual(base);
  });
});
