import { canonicalJson, TooDeepError } from './canonical-json.ts';
import { commitFirst, commitParts, commitWithPath, partPath, partSalt } from './salted-tree.ts';
import { sha256 } from './sha256.ts';

export { commitParts, partSalt } from './salted-tree.ts';

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
  return [identityPart(identity), ...contentParts(original)];
}

function identityPart(identity: VersionIdentity): string {
  return canonicalJson({
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
}

/** @param parsed what JSON.parse makes of the original, for callers that have it at hand */
function contentParts(original: Uint8Array, parsed?: unknown): string[] {
  try {
    return originalParts(parsed === undefined ? JSON.parse(textOf(original)) : parsed);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof TooDeepError)) throw error;
    // Not JSON, or nested absurdly deep: one part that holds the text.
    return [canonicalJson({ path: '', text: textOf(original) })];
  }
}

function textOf(original: Uint8Array): string {
  return Buffer.from(original.buffer, original.byteOffset, original.byteLength).toString('utf8');
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

/** SHA-256(salt ‖ canonical JSON). */
export function partHash(salt: Uint8Array, canonical: string): Buffer {
  return sha256(Buffer.concat([salt, Buffer.from(canonical, 'utf8')]));
}

/** What discloses one part and hides the others: its salt, and its audit path up to the commitment. */
export function partProof(seed: Uint8Array, parts: readonly string[], index: number): { salt: Buffer; path: Buffer[] } {
  return { salt: partSalt(seed, index), path: partPath(seed, parts, index) };
}

/** The commitment of a version from its original. */
export function commitVersion(identity: VersionIdentity, seed: Uint8Array, original: Uint8Array): Buffer {
  return commitParts(seed, versionParts(identity, original));
}

/** A commitment made before it is known whether the version will be what it is expected to be. */
export interface ReadyCommitment {
  /** Of the version as expected. */
  commitment: Buffer;
  /** The audit path of the first part: all that the original decides. */
  path: Buffer;
}

/**
 * Commits to a version as it is expected to be.
 * @param parsed what JSON.parse makes of the original, where that is at hand
 */
export function commitExpected(
  expected: VersionIdentity,
  seed: Uint8Array,
  original: Uint8Array,
  parsed?: unknown,
): ReadyCommitment {
  const { root, path } = commitWithPath(seed, [identityPart(expected), ...contentParts(original, parsed)]);
  return { commitment: root, path };
}

/** The commitment of a version that is not what was expected. The same as `commitVersion` of its original. */
export function commitPrepared(identity: VersionIdentity, seed: Uint8Array, path: Uint8Array): Buffer {
  return commitFirst(seed, identityPart(identity), path);
}

/** The commitment of an action or a verdict: SHA-256(salt ‖ canonical JSON of the entry). */
export function commitEntry(salt: Uint8Array, canonical: string): Buffer {
  return partHash(salt, canonical);
}
