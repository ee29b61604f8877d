import { partHash, partSalt, versionParts, type VersionIdentity } from '../../evidence/commitment.ts';
import { inclusionProof, leafHash, nodeHash } from '../../evidence/merkle.ts';

/** What shows that the rest of a redacted record is untouched. */
export interface Disclosure {
  /** How many parts were committed to. */
  parts: number;
  /** Parts of which only the hash is told: those with something hidden, and the first, which has the whole's hash. */
  hidden: number[];
  disclosed: { part: number; salt: Buffer; path: Buffer[]; value: string }[];
}

/**
 * Discloses every part of a version that redaction left as it was: its value, its salt and its way up to the
 * commitment. The salts of the others stay secret, so their hashes tell nothing.
 */
export function disclose(
  identity: VersionIdentity,
  seed: Uint8Array,
  original: Uint8Array,
  redacted: Uint8Array,
): Disclosure {
  const before = versionParts(identity, original);
  const after = versionParts(identity, redacted);
  const salts = before.map((_part, index) => partSalt(seed, index));
  const levels: Buffer[][] = [before.map((part, index) => leafHash(partHash(salts[index] ?? seed, part)))];
  for (let level = levels[0] ?? []; level.length > 1;) {
    level = levelAbove(level);
    levels.push(level);
  }
  const hidden: number[] = [];
  const disclosed: Disclosure['disclosed'] = [];
  for (const [part, value] of before.entries()) {
    if (part === 0 || after.length !== before.length || after[part] !== value) {
      hidden.push(part);
      continue;
    }
    const path = inclusionProof(part, before.length, (level, index) => levels[level]?.[index] ?? seed);
    disclosed.push({ part, salt: salts[part] ?? Buffer.alloc(0), path, value });
  }
  return { parts: before.length, hidden, disclosed };
}

function levelAbove(level: readonly Buffer[]): Buffer[] {
  const above: Buffer[] = [];
  for (let index = 0; index + 1 < level.length; index += 2) {
    above.push(nodeHash(level[index] ?? Buffer.alloc(0), level[index + 1] ?? Buffer.alloc(0)));
  }
  if (level.length % 2 === 1) above.push(level.at(-1) ?? Buffer.alloc(0));
  return above;
}
