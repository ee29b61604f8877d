import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { ArchiveError } from '../../preload/errors.ts';

export const passphraseVariable = 'TRANSCRIPT_ARCHIVE_KEY_PASSPHRASE';

/**
 * A passphrase from a file, stdin (`-`), the environment or the keyboard: never from the command line, which other
 * users can read. One line break at its end does not belong to it.
 * @param twice a new one is typed twice, because a slip would make the backup worthless
 * @throws ArchiveError invalid-input
 */
export async function readPassphrase(file: string | undefined, { twice }: { twice: boolean }): Promise<string> {
  if (file !== undefined) return readText(file);
  const fromEnvironment = process.env[passphraseVariable];
  if (fromEnvironment !== undefined) return fromEnvironment;
  if (!process.stdin.isTTY) {
    throw new ArchiveError('invalid-input', 'No passphrase was given.', {
      hint: `Name a file with --passphrase FILE, use --passphrase - for stdin, or set ${passphraseVariable}.`,
    });
  }
  const [passphrase = '', again = passphrase] = await typed(twice ? ['Passphrase: ', 'Once more: '] : ['Passphrase: ']);
  if (passphrase === again) return passphrase;
  throw new ArchiveError('invalid-input', 'The two passphrases differ.', { hint: 'Nothing was written. Try again.' });
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8').replace(/\r?\n$/u, '');
  } catch {
    throw new ArchiveError('invalid-input', `The passphrase file cannot be read: ${file}`, {
      hint: 'Check its name and that you may read it.',
    });
  }
}

/** Asks on stderr, which is the terminal's even when stdout goes to a file; what is typed is not shown. */
async function typed(questions: readonly string[]): Promise<string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  // Made before the first question: from here on the terminal itself shows nothing, until all are answered.
  const line = createInterface({ input: process.stdin, output: silent, terminal: true });
  const interrupted = new AbortController();
  line.once('SIGINT', () => interrupted.abort());
  const answers: string[] = [];
  try {
    for (const question of questions) {
      process.stderr.write(question);
      answers.push(await line.question('', { signal: interrupted.signal }));
      process.stderr.write('\n');
    }
    return answers;
  } catch {
    throw new ArchiveError('cancelled', 'No passphrase was typed.', { retryable: true });
  } finally {
    line.close();
  }
}
