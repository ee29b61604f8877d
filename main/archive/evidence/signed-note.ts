import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { sha256 } from './sha256.ts';

/** What signs: the name is the log's origin, the key Ed25519. */
export interface NoteSigner {
  readonly name: string;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(text: Uint8Array): Uint8Array;
}

/** A C2SP signed note taken apart. Says nothing about whether signatures hold. */
export interface SignedNote {
  /** What is signed, with its last line break. */
  text: string;
  signatures: { name: string; keyId: Buffer; signature: Buffer }[];
}

const ed25519Algorithm = 0x01;
const signatureLength = 64;

/** First four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ public key), as C2SP signed-note defines it. */
function keyId(name: string, publicKey: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ed25519Algorithm]), publicKey])).subarray(0, 4);
}

/** A verifier key in the note's own form, `name+id+key`, for other people's tools. */
export function verifierKey(name: string, publicKey: Uint8Array): string {
  const key = Buffer.concat([Buffer.from([ed25519Algorithm]), publicKey]).toString('base64');
  return `${name}+${keyId(name, publicKey).toString('hex')}+${key}`;
}

/** Name and raw key of a verifier key; null when it is none of an Ed25519 key. */
export function readVerifierKey(text: string): { name: string; publicKey: Buffer } | null {
  const match = /^(?<name>[^\s+]+)\+[0-9a-f]{8}\+(?<key>[A-Za-z0-9+/]+=*)$/u.exec(text);
  const bytes = Buffer.from(match?.groups?.['key'] ?? '', 'base64');
  const name = match?.groups?.['name'] ?? '';
  const publicKey = bytes.subarray(1);
  return publicKey.length === 32 && verifierKey(name, publicKey) === text ? { name, publicKey } : null;
}

/** A raw Ed25519 public key as node's key object. */
export function publicKeyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  });
}

/** The text with a line of signature for each signer. @param text ends with a line break */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const lines = signers.map((signer) => {
    const bytes = Buffer.concat([keyId(signer.name, signer.publicKey), signer.sign(Buffer.from(text))]);
    return `\u2014 ${signer.name} ${bytes.toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** Reads a signed note strictly; null when it is not one. */
export function readSignedNote(note: string): SignedNote | null {
  const border = note.lastIndexOf('\n\n');
  if (border < 0 || !note.endsWith('\n')) return null;
  const signatures: SignedNote['signatures'] = [];
  for (const line of note.slice(border + 2, -1).split('\n')) {
    const match = /^\u2014 (?<name>[^\s+]+) (?<bytes>[A-Za-z0-9+/]+=*)$/u.exec(line);
    if (match?.groups === undefined) return null;
    const bytes = Buffer.from(match.groups['bytes'] ?? '', 'base64');
    if (bytes.toString('base64') !== match.groups['bytes']) return null;
    signatures.push({ name: match.groups['name'] ?? '', keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return { text: note.slice(0, border + 1), signatures };
}

/** Whether this key signed under this name, and all that it is said to have signed there holds. */
export function isSignedBy(note: SignedNote, name: string, publicKey: Uint8Array): boolean {
  const wanted = keyId(name, publicKey);
  const ours = note.signatures.filter(
    (line) => line.name === name && line.keyId.equals(wanted) && line.signature.length === signatureLength,
  );
  const key = publicKeyObject(publicKey);
  return ours.length > 0 && ours.every((line) => verify(null, Buffer.from(note.text), key, line.signature));
}
