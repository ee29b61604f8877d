import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyProof,
  Frontier,
  inclusionProof,
  leafHash,
  nodeHash,
  rootHash,
  verifyConsistency,
  verifyInclusion,
  type NodeReader,
} from '../../../main/archive/evidence/merkle.ts';

/** The eight inputs and their roots that Certificate Transparency's implementations share. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** The definition of RFC 6962 section 2.1, word for word. */
function definedRoot(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return leafHash(only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

function grow(leaves: readonly Uint8Array[]): { node: NodeReader; frontier: Frontier } {
  const frontier = new Frontier();
  const rows = leaves.map((leaf) => frontier.append(leaf));
  const node: NodeReader = (level, index) => {
    const row = rows[(index + 1) * 2 ** level - 1];
    if (row === undefined) throw new Error('not stored');
    return row.subarray(level * 32, level * 32 + 32);
  };
  return { node, frontier };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const numbered = (size: number) => Array.from({ length: size }, (_, index) => Buffer.from(String(index)));

describe('the tree', () => {
  test('has the empty tree and the roots of the published vectors', () => {
    expect(hex(rootHash(0, grow([]).node))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    for (const [index, root] of roots.entries()) {
      const { node, frontier } = grow(inputs.slice(0, index + 1));
      expect(hex(rootHash(index + 1, node))).toBe(root);
      expect(hex(frontier.root())).toBe(root);
    }
  });

  test('gives the audit paths and consistency proofs of the published vectors', () => {
    const { node } = grow(inputs);
    expect(inclusionProof(0, 8, node).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(consistencyProof(1, 8, node).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(consistencyProof(6, 8, node).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });

  test('is that of the definition, and every leaf and every earlier tree can be proven in it', () => {
    for (let size = 1; size <= 40; size += 1) {
      const leaves = numbered(size);
      const { node } = grow(leaves);
      const root = definedRoot(leaves);
      expect(hex(rootHash(size, node))).toBe(hex(root));
      for (const [index, leaf] of leaves.entries()) {
        expect(verifyInclusion(leafHash(leaf), index, size, inclusionProof(index, size, node), root)).toBe(true);
        const old = definedRoot(leaves.slice(0, index));
        expect(verifyConsistency(index, size, old, root, consistencyProof(index, size, node))).toBe(true);
      }
    }
  });

  test('grows the same from a stored edge as in one go', () => {
    for (let size = 0; size < 70; size += 1) {
      const { node } = grow(numbered(size));
      const resumed = new Frontier(size, node);
      resumed.append(Buffer.from(String(size)));
      expect(hex(resumed.root())).toBe(hex(definedRoot(numbered(size + 1))));
    }
  });
});

describe('a proof', () => {
  const size = fc.integer({ min: 2, max: 300 });

  test('of inclusion fails for another leaf, place, size, root or path', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (leaves, pick, flip) => {
        const { node } = grow(numbered(leaves));
        const index = pick % leaves;
        const proof = inclusionProof(index, leaves, node);
        const root = rootHash(leaves, node);
        const leaf = leafHash(Buffer.from(String(index)));
        const check = (at = index, of = leaves, path: Buffer[] = proof, top = root, bottom = leaf) =>
          verifyInclusion(bottom, at, of, path, top);
        expect(check()).toBe(true);
        expect(check((index + 1) % leaves)).toBe(false);
        expect(check(index, leaves, proof.slice(1))).toBe(false);
        expect(check(index, leaves, [...proof, leaf])).toBe(false);
        expect(check(index, leaves, proof, leafHash(root))).toBe(false);
        expect(check(index, leaves, proof, root, leafHash(leaf))).toBe(false);
        const bent = proof.map((hash) => Buffer.from(hash));
        const byte = bent[flip % bent.length];
        if (byte !== undefined) byte[flip % 32] = (byte[flip % 32] ?? 0) ^ 1;
        expect(check(index, leaves, bent)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('of consistency fails when the past was changed', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (leaves, pick, change) => {
        const old = 1 + (pick % (leaves - 1));
        const honest = numbered(leaves);
        const forged = honest.with(change % old, Buffer.from('forged'));
        const oldRoot = definedRoot(honest.slice(0, old));
        const { node } = grow(forged);
        const proof = consistencyProof(old, leaves, node);
        expect(verifyConsistency(old, leaves, oldRoot, rootHash(leaves, node), proof)).toBe(false);
        const { node: honestNode } = grow(honest);
        const honestProof = consistencyProof(old, leaves, honestNode);
        expect(verifyConsistency(old, leaves, oldRoot, rootHash(leaves, honestNode), honestProof)).toBe(true);
        expect(verifyConsistency(old, leaves, oldRoot, rootHash(leaves, honestNode), honestProof.slice(1))).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
