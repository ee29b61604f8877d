import { readFileSync } from 'node:fs';
import { ArchiveError } from '../../preload/errors.ts';
import { credentialsSchema, type Credentials } from '../../preload/model.ts';

export const credentialsVariable = 'TRANSCRIPT_ARCHIVE_CREDENTIALS';

const forms =
  'Give {"type":"oauth2","clientId":…,"clientSecret":…} or {"type":"oauth1","consumerKey":…,"consumerSecret":…,"token":…,"tokenSecret":…}.';

/**
 * Credentials from a file, stdin (`-`) or the environment: never from the command line, which other users can read.
 * @throws ArchiveError invalid-input; its message never quotes what was read
 */
export function readCredentials(file: string | undefined): Credentials {
  const text = file === undefined ? process.env[credentialsVariable] : readText(file);
  if (text === undefined) {
    throw new ArchiveError('invalid-input', 'No credentials were given.', {
      hint: `Name a file with --credentials FILE, use --credentials - for stdin, or set ${credentialsVariable}.`,
    });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ArchiveError('invalid-input', 'The credentials are not valid JSON.', { hint: forms });
  }
  const parsed = credentialsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'type').join(', ');
  throw new ArchiveError(
    'invalid-input',
    `The credentials are incomplete or have fields that are not known: ${fields}.`,
    {
      hint: forms,
    },
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new ArchiveError('invalid-input', `The credentials file cannot be read: ${file}`, {
      hint: 'Check its name and that you may read it.',
    });
  }
}
