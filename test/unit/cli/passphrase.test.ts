import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { passphraseVariable, readPassphrase } from '../../../main/cli/passphrase.ts';
import { temporaryFolder } from '../store/support.ts';

afterEach(() => vi.unstubAllEnvs());

test('a passphrase from a file is its text without the last line break, and nothing else is taken off', async () => {
  const file = join(temporaryFolder(), 'passphrase');
  for (const [text, passphrase] of [
    ['five random words\n', 'five random words'],
    [' with blanks \r\n', ' with blanks '],
    ['two lines\nof it\n\n', 'two lines\nof it\n'],
  ] as const) {
    writeFileSync(file, text);
    expect(await readPassphrase(file, { twice: true })).toBe(passphrase);
  }
});

test('a file comes before the environment, and a file that cannot be read is told without its content', async () => {
  vi.stubEnv(passphraseVariable, 'from the environment');
  expect(await readPassphrase(undefined, { twice: true })).toBe('from the environment');
  await expect(readPassphrase(join(temporaryFolder(), 'none'), { twice: false })).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

test('without a terminal, a file and a variable nothing is guessed', async () => {
  vi.stubEnv(passphraseVariable, undefined);
  if (process.stdin.isTTY) return;
  await expect(readPassphrase(undefined, { twice: false })).rejects.toThrow(/No passphrase was given/u);
});
