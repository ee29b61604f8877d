import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commitExpected,
  commitPrepared,
  commitVersion,
  type VersionIdentity,
} from '../../../main/archive/evidence/commitment.ts';
import {
  inclusionProof,
  leafHash,
  nodeHash,
  rootHash,
  type NodeReader,
} from '../../../main/archive/evidence/merkle.ts';
import { commitParts, partPath, partSalt } from '../../../main/archive/evidence/salted-tree.ts';
import { sha256 } from '../../../main/archive/evidence/sha256.ts';

/** The slow way: leaves by the definition of evidence.md, tree by the general code. */
function leavesByDefinition(seed: Uint8Array, parts: readonly string[]): Buffer[] {
  return parts.map((part, index) =>
    leafHash(sha256(Buffer.concat([partSalt(seed, index), Buffer.from(part, 'utf8')]))),
  );
}

function nodesOf(leaves: readonly Buffer[]): NodeReader {
  const read = (level: number, index: number): Uint8Array =>
    level === 0
      ? (leaves[index] ?? new Uint8Array())
      : nodeHash(read(level - 1, 2 * index), read(level - 1, 2 * index + 1));
  return read;
}

const partLists = fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { minLength: 1, maxLength: 70 });

describe('the tree over salted parts', () => {
  it('has the root and the paths of the general tree over the same leaves, whatever the parts hold', () => {
    fc.assert(
      fc.property(partLists, fc.nat(), (parts, pick) => {
        const seed = randomBytes(32);
        const leaves = leavesByDefinition(seed, parts);
        expect(commitParts(seed, parts)).toEqual(rootHash(parts.length, nodesOf(leaves)));
        const index = pick % parts.length;
        expect(partPath(seed, parts, index)).toEqual(inclusionProof(index, parts.length, nodesOf(leaves)));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same commitment in two steps as in one, with and without the parsed original at hand', () => {
    const json = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .array(fc.jsonValue(), { maxLength: 40 })
        .map((messageRecords) => JSON.stringify({ info: { conversationId: 'ü' }, messageRecords })),
    );
    fc.assert(
      fc.property(json, (text) => {
        const original = Buffer.from(text);
        const seed = randomBytes(32);
        const identity: VersionIdentity = {
          source: 'messaging',
          accountId: '1',
          remoteId: 'ü',
          version: 2,
          receivedAt: 1,
          reason: 'changed',
          sha256: sha256(original),
        };
        const whole = commitVersion(identity, seed, original);
        const expected = { ...identity, version: 1, reason: 'first-seen' };
        let parsed: unknown;
        try {
          parsed = JSON.parse(original.toString());
        } catch {
          parsed = undefined;
        }
        for (const known of [undefined, parsed]) {
          const { commitment, path } = commitExpected(expected, seed, original, known);
          expect(commitment).toEqual(commitVersion(expected, seed, original));
          expect(commitPrepared(identity, seed, path)).toEqual(whole);
        }
      }),
      { numRuns: 300 },
    );
  });
});
