import { createHmac, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ArchiveError } from '../../../preload/errors.ts';
import { syncFolderOf } from '../store/durable-file.ts';

/**
 * The archive's signing key lies beside the archive, readable by its owner alone. That is as safe as the archive
 * itself and no safer: a signature says which archive issued a checkpoint, and the proof against the archive's own
 * keeper is a checkpoint that somebody else keeps. See docs/decisions/0033.
 */
export const keyFileName = 'custody-key.pem';

/** A key that will replace the present one as soon as the log says so. */
const nextKeyFileName = `${keyFileName}.next`;

/** The 32 bytes of an Ed25519 private key's public half. */
export function publicHalf(privateKey: KeyObject): Buffer {
  return Buffer.from(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 'base64url');
}

/**
 * The private key of the folder; null when there is none.
 * @param wanted public half that the archive signs with now: a key that waits under the next name is taken for it,
 * which is how a hand-over that was interrupted between log and file is brought to its end
 * @throws ArchiveError secret-unavailable
 */
export function readKeyFile(folder: string, wanted: Uint8Array | undefined): KeyObject | null {
  const next = join(folder, nextKeyFileName);
  const waiting = wanted !== undefined && existsSync(next) ? readKey(next) : null;
  if (waiting !== null && wanted !== undefined && publicHalf(waiting).equals(wanted)) {
    takeNextKey(folder);
    return waiting;
  }
  return readKey(join(folder, keyFileName));
}

function readKey(file: string): KeyObject | null {
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ArchiveError('secret-unavailable', `The archive's signing key (${keyFileName}) cannot be read.`, {
      hint: 'Check who may read the file in the archive folder.',
      cause: error,
    });
  }
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below: a damaged file and a key of another kind need the same from the user.
  }
  throw new ArchiveError('secret-unavailable', `The archive's signing key (${keyFileName}) is damaged.`, {
    hint: 'Put it back from its backup with "custody key restore", or move the file away: the archive then goes on with a new key and says so in its log.',
  });
}

/** A secret of whoever has the signing key, for one purpose; null when the key is not at hand. */
export function secretFor(folder: string, purpose: string): Buffer | null {
  try {
    const key = readKey(join(folder, keyFileName));
    return key === null
      ? null
      : createHmac('sha256', key.export({ type: 'pkcs8', format: 'der' }))
          .update(purpose)
          .digest();
  } catch {
    return null;
  }
}

/** Makes this the folder's key, on the disk when this returns. What was there is kept as `keepOldAs`, if given. */
export function writeKeyFile(folder: string, privateKey: KeyObject, keepOldAs: string | null = null): void {
  const file = join(folder, keyFileName);
  if (keepOldAs !== null && existsSync(file)) renameSync(file, keepOldAs);
  writeNextKey(folder, privateKey);
  takeNextKey(folder);
}

/** Puts a key on the disk under the name under which it waits. */
export function writeNextKey(folder: string, privateKey: KeyObject): void {
  writePrivately(join(folder, nextKeyFileName), privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
}

/** Gives the waiting key the name of the present one, which is gone then. */
export function takeNextKey(folder: string): void {
  const file = join(folder, keyFileName);
  renameSync(join(folder, nextKeyFileName), file);
  syncFolderOf(file);
}

/** Writes a file that only its owner may read, from its first byte on. */
export function writePrivately(file: string, text: string): void {
  rmSync(file, { force: true });
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
