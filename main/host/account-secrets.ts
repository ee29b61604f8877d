import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { ArchiveError } from '../../preload/errors.ts';
import { credentialsSchema, type Credentials } from '../../preload/model.ts';
import type { SecretStore } from './ports.ts';

/** Variable of the environment whose JSON serves accounts that have no stored credentials (cli.md). */
const variable = 'TRANSCRIPT_ARCHIVE_CREDENTIALS';

/**
 * The credentials of one archive's accounts. One user may have several archives with the same account and different
 * rights, so a secret belongs to an archive's folder and an account.
 */
export class AccountSecrets {
  readonly #store: SecretStore;
  readonly #archive: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(store: SecretStore, archiveFolder: string, environment: NodeJS.ProcessEnv = process.env) {
    this.#store = store;
    this.#archive = createHash('sha256').update(resolve(archiveFolder)).digest('hex').slice(0, 16);
    this.#environment = environment;
  }

  /** @throws ArchiveError secret-unavailable */
  async get(accountId: string): Promise<Credentials> {
    const stored = await this.#store.get(this.#id(accountId));
    if (stored !== undefined) return readCredentials(stored, 'The stored credentials');
    const given = this.#environment[variable];
    if (given !== undefined && given !== '') return readCredentials(given, `The variable ${variable}`);
    throw new ArchiveError(
      'secret-unavailable',
      `There are no credentials for account ${accountId} on this computer.`,
      {
        hint: 'Enter them again: remove the account and add it with its credentials. Nothing archived is lost.',
        details: { accountId },
      },
    );
  }

  set(accountId: string, credentials: Credentials): Promise<void> {
    return this.#store.set(this.#id(accountId), JSON.stringify(credentials));
  }

  forget(accountId: string): Promise<void> {
    return this.#store.delete(this.#id(accountId));
  }

  #id(accountId: string): string {
    return `${this.#archive}/${accountId}`;
  }
}

/** Says which side is broken but never what it holds. */
function readCredentials(json: string, what: string): Credentials {
  try {
    return credentialsSchema.parse(JSON.parse(json));
  } catch {
    throw new ArchiveError('secret-unavailable', `${what} cannot be read.`, {
      hint: 'Add the account again with its credentials.',
    });
  }
}
