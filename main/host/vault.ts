import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { ArchiveError } from '../../preload/errors.ts';

const base64 = z.base64().max(1_000_000);

/** The file's form. Parameters are written down, so that stronger ones can come later; weaker ones are refused. */
export const vaultSchema = z.strictObject({
  format: z.literal('transcript-archive-secrets-1'),
  protectedBy: z.enum(['passphrase', 'machine-key']),
  scrypt: z.strictObject({
    N: z.literal([2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20]),
    r: z.literal(8),
    p: z.literal(1),
    salt: base64,
  }),
  iv: base64,
  tag: base64,
  data: base64,
});
export type Vault = z.infer<typeof vaultSchema>;

const cost = { N: 2 ** 17, r: 8, p: 1 } as const;

/** Encrypts `text`; salt and nonce are new each time. */
export async function sealVault(text: string, keys: VaultKeys, protectedBy: Vault['protectedBy']): Promise<Vault> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await keys.derive(salt, cost.N), iv);
  cipher.setAAD(associatedData(protectedBy));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    format: 'transcript-archive-secrets-1',
    protectedBy,
    scrypt: { ...cost, salt: salt.toString('base64') },
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** @throws ArchiveError secret-unavailable when the key is wrong or a single bit was changed */
export async function openVault(vault: Vault, keys: VaultKeys): Promise<string> {
  const key = await keys.derive(Buffer.from(vault.scrypt.salt, 'base64'), vault.scrypt.N);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(vault.iv, 'base64'), { authTagLength: 16 });
    decipher.setAAD(associatedData(vault.protectedBy));
    decipher.setAuthTag(Buffer.from(vault.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(vault.data, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    throw new ArchiveError(
      'secret-unavailable',
      'The stored credentials cannot be decrypted: wrong key, or the file was changed.',
      {
        hint: 'Check the passphrase, or delete the file of stored credentials and add the accounts again.',
      },
    );
  }
}

function associatedData(protectedBy: Vault['protectedBy']): Buffer {
  return Buffer.from(`transcript-archive-secrets-1 ${protectedBy}`);
}

/**
 * Derives keys from a passphrase or machine key. The last one is remembered, because each takes half a second and the
 * same file is read again for every account that signs in.
 */
export class VaultKeys {
  readonly #material: string;
  #last: { salt: Buffer; N: number; key: Promise<Buffer> } | undefined;

  constructor(material: string) {
    this.#material = material;
  }

  derive(salt: Buffer, N: number): Promise<Buffer> {
    if (this.#last?.N !== N || !this.#last.salt.equals(salt)) {
      this.#last = { salt, N, key: deriveKey(this.#material, salt, N) };
    }
    return this.#last.key;
  }
}

function deriveKey(material: string, salt: Buffer, N: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // scrypt needs 128 * N * r bytes; Node's default limit is far below that.
    scrypt(material, salt, 32, { N, r: cost.r, p: cost.p, maxmem: 128 * N * cost.r * 2 }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
