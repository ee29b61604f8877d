import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import type { Actor } from '../actor.ts';
import { keyFingerprint } from './checkpoint.ts';
import { changeKey, recordAction, type CustodyArchive, type SignedCheckpoint } from './custody.ts';
import { keyEntries, keyRows } from './key-history.ts';
import {
  keyFileName,
  publicHalf,
  readKeyFile,
  takeNextKey,
  writeKeyFile,
  writeNextKey,
  writePrivately,
} from './key-file.ts';
import { newestKey } from './keys.ts';

/** When and by whom. */
export interface Doing {
  now: number;
  actor: Actor;
}

/** An encrypted key is some hundred bytes: whatever is much larger is something else. */
const largestKeyFile = 64 * 1024;

/**
 * A new key signs from now on; the old one signs the hand-over and is gone then.
 * @throws ArchiveError secret-unavailable when the old key is not at hand
 */
export function rotateKey(archive: CustodyArchive, reason: string, doing: Doing): SignedCheckpoint {
  requirePresentKey(archive);
  const { privateKey } = generateKeyPairSync('ed25519');
  writeNextKey(archive.folder, privateKey);
  const checkpoint = changeKey(archive, privateKey, { reason }, doing);
  takeNextKey(archive.folder);
  return checkpoint;
}

/**
 * Writes the private key to a file of its own, encrypted with a passphrase (PKCS#8 PEM, which openssl reads).
 * @throws ArchiveError secret-unavailable, conflict when the file is there already
 */
export function backUpKey(
  archive: CustodyArchive,
  { file, passphrase }: { file: string; passphrase: string },
  { now, actor }: Doing,
): { path: string; fingerprint: string } {
  const key = requirePresentKey(archive);
  const path = resolve(file);
  if (existsSync(path)) {
    throw new ArchiveError('conflict', `There is already a file ${path}.`, { hint: 'Choose another name.' });
  }
  const pem = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }) as string;
  try {
    writePrivately(path, pem);
  } catch (error) {
    throw new ArchiveError('path-unavailable', `The key cannot be written to ${path}.`, {
      hint: 'Name a file in a folder that exists and can be written to.',
      cause: error,
    });
  }
  const fingerprint = keyFingerprint(publicHalf(key));
  recordAction(archive, { kind: 'key-backed-up', time: now, subjects: [], details: { fingerprint } }, actor);
  return { path, fingerprint };
}

/**
 * Puts a key that was backed up in its place again. It must be the archive's own: the one that signs now, or the one
 * before it if the archive had to go on without that one; then the present key hands over to it.
 * @throws ArchiveError secret-unavailable for a wrong passphrase, conflict for another archive's key
 */
export function restoreKey(
  archive: CustodyArchive,
  { file, passphrase }: { file: string; passphrase: string },
  doing: Doing,
): { fingerprint: string; handedOver: boolean } {
  const key = decryptKey(resolve(file), passphrase);
  const publicKey = publicHalf(key);
  const fingerprint = keyFingerprint(publicKey);
  if (newestKey(archive.db)?.public_key.equals(publicKey) === true) {
    writeKeyFile(archive.folder, key, join(archive.folder, `${keyFileName}.replaced-${doing.now}`));
    recordAction(
      archive,
      { kind: 'key-restored', time: doing.now, subjects: [], details: { fingerprint } },
      doing.actor,
    );
    return { fingerprint, handedOver: false };
  }
  if (!isMissed(archive, publicKey)) {
    throw new ArchiveError('conflict', 'This is not the signing key of this archive.', {
      hint: 'Only the key that signs now can be put back, or the one that the archive last had to go on without.',
      details: { fingerprint },
    });
  }
  requirePresentKey(archive);
  writeNextKey(archive.folder, key);
  changeKey(archive, key, { reason: 'the key that was not at hand was restored' }, doing);
  takeNextKey(archive.folder);
  return { fingerprint, handedOver: true };
}

/** What the user should know about the key before anything is signed; null when it lies where it belongs. */
export function keyWarning(archive: CustodyArchive): string | null {
  const row = newestKey(archive.db);
  if (row === undefined) return null;
  try {
    const key = readKeyFile(archive.folder, row.public_key);
    if (key !== null && publicHalf(key).equals(row.public_key)) return null;
  } catch (error) {
    if (error instanceof ArchiveError) return `${error.message} ${error.hint ?? ''}`;
    throw error;
  }
  return (
    'The key that signs this archive’s checkpoints is not in its folder, as after restoring a backup on another ' +
    'computer. The archive goes on with a new key, and its log says that the old one did not sign for it. If you have ' +
    'a backup of the old key, put it back with "custody key restore".'
  );
}

/** Whether the archive had to go on without this key, and with one other since. */
function isMissed({ db }: CustodyArchive, publicKey: Buffer): boolean {
  const last = keyEntries(db).at(-1);
  return last?.oldKeyAtHand === false && keyRows(db).at(-2)?.public_key.equals(publicKey) === true;
}

function requirePresentKey({ db, folder }: CustodyArchive): KeyObject {
  const row = newestKey(db);
  const key = readKeyFile(folder, row?.public_key);
  if (row !== undefined && key !== null && publicHalf(key).equals(row.public_key)) return key;
  throw new ArchiveError('secret-unavailable', 'The archive’s signing key is not at hand.', {
    hint: 'Sync or export once: that makes a key, or restore the old one from its backup.',
  });
}

function decryptKey(file: string, passphrase: string): KeyObject {
  let pem: string;
  try {
    if (statSync(file).size > largestKeyFile) throw new Error('too large');
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ArchiveError('path-unavailable', `There is no backup of a key at ${file}.`, {
      hint: 'Name the file that "custody key backup" wrote.',
      cause: error,
    });
  }
  try {
    const key = createPrivateKey({ key: pem, passphrase });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below. The cause is not kept: it may quote what was read.
  }
  throw new ArchiveError('secret-unavailable', 'The backup of the key cannot be decrypted.', {
    hint: 'Check the passphrase, and that the file is the backup of a custody key.',
  });
}
