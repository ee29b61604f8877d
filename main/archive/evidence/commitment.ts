import { hash } from 'node:crypto';
import { canonicalJson, TooDeepError } from './canonical-json.ts';
import { hashLength, sha256 } from './sha256.ts';

/** What a version is, beside its content: the first part of its commitment. */
export interface VersionIdentity {
  source: string;
  accountId: string;
  remoteId: string;
  version: number;
  /** Epoch milliseconds. */
  receivedAt: number;
  reason: string;
  /** SHA-256 of the exact bytes of the original. */
  sha256: Uint8Array;
}

/** Where each API keeps the messages of a record: each of them is a part of its own. */
const chatLines = { member: 'transcript', list: 'lines' } as const;
const messagingRecords = 'messageRecords';

/**
 * The parts of one version, as canonical JSON, in order: what it is, each top-level member of the original, each
 * message. They come from the original alone, so that an app which reads records better tomorrow still recomputes
 * what was sealed today.
 */
export function versionParts(identity: VersionIdentity, original: Uint8Array): string[] {
  const record = canonicalJson({
    record: {
      accountId: identity.accountId,
      reason: identity.reason,
      receivedAt: new Date(identity.receivedAt).toISOString(),
      remoteId: identity.remoteId,
      sha256: Buffer.from(identity.sha256).toString('hex'),
      source: identity.source,
      version: identity.version,
    },
  });
  const text = Buffer.from(original.buffer, original.byteOffset, original.byteLength).toString('utf8');
  try {
    return [record, ...originalParts(JSON.parse(text))];
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TooDeepError)) throw error;
    // Not JSON, or nested absurdly deep: one part that holds the text.
    return [record, canonicalJson({ path: '', text })];
  }
}

function originalParts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [part('', value)];
  const members = value as Record<string, unknown>;
  const parts: string[] = [];
  const messages: string[] = [];
  for (const name of Object.keys(members).sort()) {
    const path = `/${escapePointer(name)}`;
    const member = members[name];
    if (name === messagingRecords && Array.isArray(member)) {
      for (const [index, item] of member.entries()) messages.push(part(`${path}/${index}`, item));
    } else if (name === chatLines.member && hasLines(member)) {
      const { lines, ...others } = member;
      for (const [index, item] of lines.entries()) messages.push(part(`${path}/${chatLines.list}/${index}`, item));
      if (Object.keys(others).length > 0) parts.push(part(path, others));
    } else parts.push(part(path, member));
  }
  return [...parts, ...messages];
}

function hasLines(value: unknown): value is { lines: unknown[] } {
  return typeof value === 'object' && value !== null && Array.isArray((value as { lines?: unknown }).lines);
}

/** `path` is a JSON pointer (RFC 6901) into the original. */
function part(path: string, value: unknown): string {
  return `{"path":${JSON.stringify(path)},"value":${canonicalJson(value)}}`;
}

function escapePointer(name: string): string {
  return name.includes('~') || name.includes('/') ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}

// ── Hashing ─────────────────────────────────────────────────────────────────────────────────────
// Written for speed: a sync seals every record it brings in. One scratch buffer, one-shot hashes, no allocation
// per part. Hashes are passed on as latin1 text, which node:crypto returns three times faster than bytes.

const blockLength = 64;
let scratch = Buffer.allocUnsafe(64 * 1024);

/** The salt of part `index`: HMAC-SHA-256(seed, index in decimal digits). */
export function partSalt(seed: Uint8Array, index: number): Buffer {
  return Buffer.from(new SaltMaker(seed).salt(index), 'latin1');
}

/** SHA-256(salt ‖ canonical JSON). */
export function partHash(salt: Uint8Array, canonical: string): Buffer {
  return sha256(Buffer.concat([salt, Buffer.from(canonical, 'utf8')]));
}

/** HMAC by hand, because node's costs fourteen microseconds and this costs one. */
class SaltMaker {
  readonly #inner = Buffer.alloc(blockLength + 16, 0x36);
  readonly #outer = Buffer.alloc(blockLength + hashLength, 0x5c);

  constructor(seed: Uint8Array) {
    if (seed.length !== hashLength) throw new RangeError(`A seed has ${hashLength} bytes, not ${seed.length}.`);
    for (let index = 0; index < hashLength; index += 1) {
      this.#inner[index] = (seed[index] ?? 0) ^ 0x36;
      this.#outer[index] = (seed[index] ?? 0) ^ 0x5c;
    }
  }

  salt(index: number): string {
    const length = this.#inner.write(String(index), blockLength, 'latin1');
    this.#outer.write(hash('sha256', this.#inner.subarray(0, blockLength + length), 'binary'), blockLength, 'latin1');
    return hash('sha256', this.#outer, 'binary');
  }
}

const leafInput = Buffer.alloc(1 + hashLength, 0x00);
const nodeInput = Buffer.alloc(1 + 2 * hashLength, 0x01);

/** RFC 6962 leaf hashes of the salted parts, as latin1 text. */
function partLeaves(seed: Uint8Array, parts: readonly string[]): string[] {
  const salts = new SaltMaker(seed);
  return parts.map((canonical, index) => {
    // A UTF-16 unit takes three bytes of UTF-8 at most.
    const room = hashLength + canonical.length * 3;
    if (scratch.length < room) scratch = Buffer.allocUnsafe(room * 2);
    scratch.write(salts.salt(index), 0, 'latin1');
    const length = scratch.write(canonical, hashLength, 'utf8');
    leafInput.write(hash('sha256', scratch.subarray(0, hashLength + length), 'binary'), 1, 'latin1');
    return hash('sha256', leafInput, 'binary');
  });
}

/** Pairing neighbours and carrying an odd last one up gives the tree of RFC 6962. */
function levelAbove(level: readonly string[]): string[] {
  const above: string[] = [];
  for (let index = 0; index + 1 < level.length; index += 2) {
    nodeInput.write(level[index] ?? '', 1, 'latin1');
    nodeInput.write(level[index + 1] ?? '', 1 + hashLength, 'latin1');
    above.push(hash('sha256', nodeInput, 'binary'));
  }
  if (level.length % 2 === 1) above.push(level[level.length - 1] ?? '');
  return above;
}

/** The commitment of a version: RFC 6962 root over its salted parts. */
export function commitParts(seed: Uint8Array, parts: readonly string[]): Buffer {
  if (parts.length === 0) return sha256(new Uint8Array());
  let level = partLeaves(seed, parts);
  while (level.length > 1) level = levelAbove(level);
  return Buffer.from(level[0] ?? '', 'latin1');
}

/** What discloses one part and hides the others: its salt, and its audit path up to the commitment. */
export function partProof(seed: Uint8Array, parts: readonly string[], index: number): { salt: Buffer; path: Buffer[] } {
  const path: Buffer[] = [];
  let level = partLeaves(seed, parts);
  for (let position = index; level.length > 1; position = Math.floor(position / 2)) {
    const sibling = level[position % 2 === 0 ? position + 1 : position - 1];
    if (sibling !== undefined) path.push(Buffer.from(sibling, 'latin1'));
    level = levelAbove(level);
  }
  return { salt: partSalt(seed, index), path };
}

/** The commitment of a version from its original. */
export function commitVersion(identity: VersionIdentity, seed: Uint8Array, original: Uint8Array): Buffer {
  return commitParts(seed, versionParts(identity, original));
}

/** The commitment of an action or a verdict: SHA-256(salt ‖ canonical JSON of the entry). */
export function commitEntry(salt: Uint8Array, canonical: string): Buffer {
  return partHash(salt, canonical);
}
