import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { ArchiveError } from '../../preload/errors.ts';
import { writeFileAtomically } from '../host/atomic-file.ts';
import type { SecretStore } from '../host/ports.ts';

/** Linux backends that a keyring protects; `basic_text` means a password that stands in Chromium's source. */
const keyrings: ReadonlySet<string> = new Set(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6']);

type Stored = Record<string, string>;

/**
 * Secrets encrypted by the operating system's keychain, in one small file. Only after the app is ready.
 * @param allowUnprotected the user has accepted, in words, that without a keyring anyone who gets the file can read it
 */
export function openKeychainSecrets(safeStorage: SafeStorage, folder: string, allowUnprotected: boolean): SecretStore {
  const file = join(folder, 'secrets.keychain.json');
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };
  const isProtected = () => process.platform !== 'linux' || keyrings.has(safeStorage.getSelectedStorageBackend());

  const read = async (): Promise<Stored> => {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Stored;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw unreadable(error);
    }
  };
  const write = async (stored: Stored): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFileAtomically(file, `${JSON.stringify(stored, undefined, 2)}\n`);
  };
  const encrypt = async (secret: string): Promise<string> => {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) throw noKeychain();
    if (!isProtected() && !allowUnprotected) throw unprotected();
    return (await safeStorage.encryptStringAsync(secret)).toString('base64');
  };
  const keep = async (id: string, secret: string): Promise<void> => {
    const stored = await read();
    stored[id] = await encrypt(secret);
    await write(stored);
  };

  return {
    get: (id) =>
      inTurn(async () => {
        const sealed = (await read())[id];
        if (sealed === undefined) return undefined;
        const opened = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64')).catch((error: unknown) => {
          throw unreadable(error);
        });
        if (opened.shouldReEncrypt) await keep(id, opened.result);
        return opened.result;
      }),
    set: (id, secret) => inTurn(() => keep(id, secret)),
    delete: (id) =>
      inTurn(async () => {
        const stored = await read();
        delete stored[id];
        await write(stored);
      }),
    describe: () =>
      isProtected()
        ? `Credentials are encrypted by ${keychainName()}. Other users of this computer cannot read them; programs that run as you may be able to.`
        : 'This desktop has no keyring. Credentials are only obscured: anyone who gets the file can read them.',
  };
}

function keychainName(): string {
  if (process.platform === 'darwin') return 'the macOS Keychain';
  return process.platform === 'win32' ? 'Windows (DPAPI)' : "this desktop's keyring";
}

function noKeychain(): ArchiveError {
  return new ArchiveError('secret-unavailable', 'The keychain of this computer does not answer.', {
    hint: 'Unlock it and try again. Nothing was stored.',
    retryable: true,
  });
}

function unprotected(): ArchiveError {
  return new ArchiveError('secret-unprotected', 'This desktop has no keyring that could protect the credentials.', {
    hint: 'Install and unlock GNOME Keyring or KWallet, or start with --allow-unprotected-secrets if this disk is protected otherwise.',
  });
}

function unreadable(cause: unknown): ArchiveError {
  return new ArchiveError('secret-unavailable', 'The stored credentials cannot be read.', {
    hint: 'Unlock the keychain, or remove the account and add it again. Nothing archived is lost.',
    cause,
  });
}
