/**
 * Somebody else's program on what our packages hold: @sigstore/verify checks inclusion in RFC 6962 trees and C2SP
 * checkpoints for npm's provenance. It exports only its whole verifier, which wants Sigstore's own bundles, so its
 * two checks are imported by their path inside the package.
 */
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LogCheckpoint, verifyCheckpoint } from '@sigstore/verify/dist/tlog/checkpoint.js';
import { verifyMerkleInclusion } from '@sigstore/verify/dist/tlog/merkle.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { exportFrom, filledArchive } from '../export/support.ts';

interface Line {
  index: number;
  size: number;
  path: string[];
  commitment: string;
}
type Entry = Parameters<typeof verifyMerkleInclusion>[0];
type Authority = Parameters<typeof verifyCheckpoint>[1][number];

let note: string;
let lines: Line[];
let authority: Authority;

beforeAll(async () => {
  const { path } = await exportFrom(filledArchive(9), { formats: ['ndjson'] });
  note = readFileSync(join(path, 'proofs/checkpoint.txt'), 'utf8');
  const parse = (file: string) =>
    readFileSync(join(path, file), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
  const actions = parse('custody/log.ndjson').filter((line) => 'path' in line);
  lines = [...parse('proofs/inclusion.ndjson'), ...actions];
  const keyId = Buffer.from(note.trimEnd().split(' ').at(-1) ?? '', 'base64').subarray(0, 4);
  authority = {
    logID: keyId,
    publicKey: createPublicKey(readFileSync(join(path, 'proofs/key.pem'))),
    validFor: { start: new Date(0), end: new Date(8.64e15) },
    baseURL: note.split('\n')[0] ?? '',
  };
});

/** What the checker takes for an entry of a log: only the inclusion proof and what was hashed. */
function entryOf(line: Line, envelope = note): Entry {
  return {
    canonicalizedBody: Buffer.from(line.commitment, 'hex'),
    inclusionProof: {
      logIndex: String(line.index),
      treeSize: String(line.size),
      hashes: line.path.map((hash) => Buffer.from(hash, 'hex')),
      rootHash: Buffer.alloc(0),
      checkpoint: { envelope },
    },
  } as unknown as Entry;
}

/** Root and size come from the note only once the checker has accepted its signature. */
function accepted(line: Line, envelope = note): boolean {
  try {
    verifyMerkleInclusion(entryOf(line, envelope), verifyCheckpoint(entryOf(line, envelope), [authority]));
    return true;
  } catch {
    return false;
  }
}

describe('an independent checker', () => {
  test('accepts the checkpoint, and every record and action of a package in it', () => {
    expect(LogCheckpoint.fromString(note.split('\n\n')[0] ?? '').logSize).toBe(BigInt(lines[0]?.size ?? 0));
    expect(lines.length).toBeGreaterThan(9);
    for (const line of lines) expect(accepted(line)).toBe(true);
  });

  test('refuses another place, another commitment, and a path with any bit changed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 255 }), (pick, place, bit) => {
        const line = lines[pick % lines.length];
        if (line === undefined) throw new Error('no line');
        const flipped = (hex: string) => {
          const bytes = Buffer.from(hex, 'hex');
          bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          return bytes.toString('hex');
        };
        const at = place % line.path.length;
        expect(accepted({ ...line, commitment: flipped(line.commitment) })).toBe(false);
        expect(accepted({ ...line, path: line.path.with(at, flipped(line.path[at] ?? '')) })).toBe(false);
        expect(accepted({ ...line, path: line.path.slice(1) })).toBe(false);
        expect(accepted({ ...line, index: (line.index + 1) % line.size })).toBe(false);
      }),
      { numRuns: 200, seed: 6962 },
    );
  });

  test('refuses a checkpoint with another size, root, name or signature', () => {
    const [line] = lines;
    if (line === undefined) throw new Error('no line');
    for (const at of [0, 1, 2, 4]) {
      const text = note.split('\n');
      const changed = text[at] ?? '';
      const digit = changed.length - 2;
      text[at] = `${changed.slice(0, digit)}${changed[digit] === '1' ? '2' : '1'}${changed.slice(digit + 1)}`;
      expect(accepted(line, text.join('\n')), `line ${at + 1}`).toBe(false);
    }
  });
});
