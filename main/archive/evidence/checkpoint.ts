import { createPublicKey } from 'node:crypto';
import { sha256 } from './sha256.ts';
import {
  isSignedBy,
  publicKeyObject,
  readSignedNote,
  signNote,
  type NoteSigner,
  type SignedNote,
} from './signed-note.ts';

/** State of a log at one moment, as C2SP tlog-checkpoint says it. */
export interface Checkpoint {
  /** Origin line: which log. */
  origin: string;
  size: number;
  root: Uint8Array;
}

/** The text that is signed: origin, size, root, a line each. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${Buffer.from(checkpoint.root).toString('base64')}\n`;
}

/** The checkpoint as a C2SP signed note. */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  return signNote(checkpointText(checkpoint), [signer]);
}

export function publicKeyPem(publicKey: Uint8Array): string {
  return publicKeyObject(publicKey).export({ type: 'spki', format: 'pem' }) as string;
}

/** SHA-256 over the key's DER form: what `openssl pkey -pubin -outform DER | sha256sum` prints, to be compared by people. */
export function keyFingerprint(publicKey: Uint8Array): string {
  return sha256(publicKeyObject(publicKey).export({ type: 'spki', format: 'der' })).toString('hex');
}

/** The 32 bytes of an Ed25519 public key from its PEM form. @throws when it is no such key. */
export function rawPublicKey(pem: string): Buffer {
  const { crv, x } = createPublicKey(pem).export({ format: 'jwk' });
  if (crv !== 'Ed25519' || x === undefined) throw new TypeError('This is not an Ed25519 public key.');
  return Buffer.from(x, 'base64url');
}

/** Reads a signed checkpoint strictly; null when it is not one. Says nothing about whether signatures hold. */
export function parseNote(note: string): (SignedNote & { checkpoint: Checkpoint }) | null {
  const signed = readSignedNote(note);
  if (signed === null) return null;
  const [origin, size, root, ...extensions] = signed.text.split('\n');
  if (origin === undefined || origin === '' || size === undefined || root === undefined) return null;
  if (!/^(0|[1-9]\d{0,15})$/u.test(size) || extensions.pop() !== '') return null;
  const rootBytes = Buffer.from(root, 'base64');
  if (rootBytes.length !== 32 || rootBytes.toString('base64') !== root) return null;
  return { ...signed, checkpoint: { origin, size: Number(size), root: rootBytes } };
}

/** The checkpoint, when the note is signed by this key under its origin's name; else null. */
export function openCheckpoint(note: string, publicKey: Uint8Array): Checkpoint | null {
  const parsed = parseNote(note);
  return parsed !== null && isSignedBy(parsed, parsed.checkpoint.origin, publicKey) ? parsed.checkpoint : null;
}
