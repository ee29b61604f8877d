import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ArchiveError } from '../../preload/errors.ts';
import { makePrivateFolder, writeFileAtomically } from './atomic-file.ts';
import { withFileLock } from './file-lock.ts';
import type { SecretStore } from './ports.ts';
import { openVault, sealVault, VaultKeys, vaultSchema } from './vault.ts';

const variable = 'TRANSCRIPT_ARCHIVE_PASSPHRASE';
const secretsSchema = z.record(z.string(), z.string());
type Secrets = Record<string, string>;

/**
 * Secrets in an encrypted file, for hosts without a keychain. The key comes from a passphrase in the environment, or
 * from a random machine key in a file of its own; `describe` says what each is worth.
 */
export function openSecretsFile(folder: string, environment: NodeJS.ProcessEnv = process.env): SecretStore {
  const vaultFile = join(folder, 'secrets.json');
  const keyFile = join(folder, 'secrets.key');
  const passphrase = environment[variable];
  const protectedBy = passphrase === undefined || passphrase === '' ? 'machine-key' : 'passphrase';
  /** Calls of this process wait for each other; those of other processes are kept out by the lock file. */
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  let known: { material: string; keys: VaultKeys } | undefined;
  const keysOf = (material: string): VaultKeys => {
    if (known?.material !== material) known = { material, keys: new VaultKeys(material) };
    return known.keys;
  };
  const keyMaterial = async (): Promise<string | undefined> =>
    protectedBy === 'passphrase' ? passphrase : await readIfThere(keyFile);
  const makeKey = async (): Promise<string> => {
    const key = randomBytes(32).toString('base64');
    await writeFileAtomically(keyFile, key);
    return key;
  };

  const read = async (): Promise<Secrets> => {
    const text = await readIfThere(vaultFile);
    if (text === undefined) return {};
    const vault = parseVault(text);
    if (vault.protectedBy !== protectedBy) throw otherProtection(vault.protectedBy);
    const material = await keyMaterial();
    if (material === undefined) throw unreadable('the key file beside it is missing');
    return secretsSchema.parse(JSON.parse(await openVault(vault, keysOf(material))));
  };
  const change = (work: (secrets: Secrets) => void): Promise<void> =>
    inTurn(async () => {
      await makePrivateFolder(folder);
      await withFileLock(`${vaultFile}.lock`, async () => {
        const secrets = await read();
        work(secrets);
        const keys = keysOf((await keyMaterial()) ?? (await makeKey()));
        const vault = await sealVault(JSON.stringify(secrets), keys, protectedBy);
        await writeFileAtomically(vaultFile, `${JSON.stringify(vault, undefined, 2)}\n`);
      });
    });

  return {
    get: (id) => inTurn(async () => (await read())[id]),
    set: (id, secret) =>
      change((secrets) => {
        secrets[id] = secret;
      }),
    delete: (id) =>
      change((secrets) => {
        delete secrets[id];
      }),
    describe: () => descriptions[protectedBy](folder),
  };
}

const descriptions = {
  passphrase: () =>
    `Credentials are encrypted with the passphrase in ${variable}. Whoever has the file alone cannot read them; ` +
    'whoever can read the environment of this process can.',
  'machine-key': (folder: string) =>
    `Credentials are encrypted with a key that lies in the same folder (${folder}), readable by your user account ` +
    'only. That keeps them from other users of this computer and out of a copy of the file alone. It does not keep ' +
    'them from programs that run as you, from an administrator, or from a backup that holds both files. ' +
    `Set ${variable} to use a passphrase instead.`,
};

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(`reading ${file} failed (${(error as NodeJS.ErrnoException).code})`);
  }
}

function parseVault(text: string) {
  try {
    return vaultSchema.parse(JSON.parse(text));
  } catch {
    throw unreadable('it is damaged');
  }
}

function unreadable(why: string): ArchiveError {
  return new ArchiveError('secret-unavailable', `The file of stored credentials cannot be used: ${why}.`, {
    hint: 'Restore the file from a backup, or delete it and add the accounts again. Nothing archived is lost.',
  });
}

function otherProtection(kept: 'passphrase' | 'machine-key'): ArchiveError {
  return kept === 'passphrase'
    ? new ArchiveError('secret-unavailable', 'The stored credentials are protected by a passphrase.', {
        hint: `Set ${variable} to it and start again.`,
      })
    : new ArchiveError(
        'secret-unavailable',
        `The stored credentials are not protected by the passphrase in ${variable}.`,
        {
          hint: `Unset ${variable}, or delete the file of stored credentials and add the accounts again.`,
        },
      );
}
