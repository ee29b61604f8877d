import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { sha256 } from './sha256.ts';

/** State of a log at one moment, as C2SP tlog-checkpoint says it. */
export interface Checkpoint {
  /** Origin line: which log. */
  origin: string;
  size: number;
  root: Uint8Array;
}

/** What signs: the name is the log's origin, the key Ed25519. */
export interface NoteSigner {
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(text: Uint8Array): Uint8Array;
}

const ed25519Algorithm = 0x01;
const signatureLength = 64;

/** The text that is signed: origin, size, root, a line each. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${Buffer.from(checkpoint.root).toString('base64')}\n`;
}

/** First four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ public key), as C2SP signed-note defines it. */
export function keyId(name: string, publicKey: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ed25519Algorithm]), publicKey])).subarray(0, 4);
}

/** A verifier key in the note's own form, `name+id+key`, for other people's tools. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  const key = Buffer.concat([Buffer.from([ed25519Algorithm]), publicKey]).toString('base64');
  return `${name}+${keyId(name, publicKey).toString('hex')}+${key}`;
}

/** The checkpoint as a C2SP signed note. */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  const text = checkpointText(checkpoint);
  const signature = Buffer.concat([keyId(signer.name, signer.publicKey), signer.sign(Buffer.from(text))]);
  return `${text}\n\u2014 ${signer.name} ${signature.toString('base64')}\n`;
}

/** A raw Ed25519 public key as node's key object, and through it as PEM. */
export function publicKeyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  });
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

interface SignedNote {
  checkpoint: Checkpoint;
  text: string;
  signatures: { name: string; keyId: Buffer; signature: Buffer }[];
}

/** Reads a signed checkpoint strictly; null when it is not one. Says nothing about whether signatures hold. */
export function parseNote(note: string): SignedNote | null {
  const border = note.lastIndexOf('\n\n');
  if (border < 0 || !note.endsWith('\n')) return null;
  const text = note.slice(0, border + 1);
  const [origin, size, root, ...extensions] = text.split('\n');
  if (origin === undefined || origin === '' || size === undefined || root === undefined) return null;
  if (!/^(0|[1-9]\d{0,15})$/u.test(size) || extensions.pop() !== '') return null;
  const rootBytes = Buffer.from(root, 'base64');
  if (rootBytes.length !== 32 || rootBytes.toString('base64') !== root) return null;
  const signatures: SignedNote['signatures'] = [];
  for (const line of note.slice(border + 2, -1).split('\n')) {
    const match = /^\u2014 (?<name>[^\s+]+) (?<bytes>[A-Za-z0-9+/]+=*)$/u.exec(line);
    if (match?.groups === undefined) return null;
    const bytes = Buffer.from(match.groups['bytes'] ?? '', 'base64');
    if (bytes.toString('base64') !== match.groups['bytes']) return null;
    signatures.push({ name: match.groups['name'] ?? '', keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return { checkpoint: { origin, size: Number(size), root: rootBytes }, text, signatures };
}

/** The checkpoint, when the note is signed by this key under its origin's name; else null. */
export function openCheckpoint(note: string, publicKey: Uint8Array): Checkpoint | null {
  const parsed = parseNote(note);
  if (parsed === null) return null;
  const { checkpoint, text, signatures } = parsed;
  const wanted = keyId(checkpoint.origin, publicKey);
  const ours = signatures.filter(
    (line) => line.name === checkpoint.origin && line.keyId.equals(wanted) && line.signature.length === signatureLength,
  );
  const key = publicKeyObject(publicKey);
  const holds = ours.length > 0 && ours.every((line) => verify(null, Buffer.from(text), key, line.signature));
  return holds ? checkpoint : null;
}
