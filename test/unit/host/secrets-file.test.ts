import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecretsFile } from '../../../main/host/secrets-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transcript-archive-vault-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const secret = '{"clientSecret":"zebra-crossing"}';
const withPassphrase = { TRANSCRIPT_ARCHIVE_PASSPHRASE: 'correct horse battery staple' };
const vaultFile = () => join(folder, 'secrets.json');

test.each([
  ['a machine key', {}],
  ['a passphrase', withPassphrase],
])('secrets kept under %s come back after a restart and are deleted for good', async (_what, environment) => {
  const store = openSecretsFile(folder, environment);
  await Promise.all([store.set('a/1', secret), store.set('a/2', 'other')]);
  const again = openSecretsFile(folder, environment);
  expect(await again.get('a/1')).toBe(secret);
  expect(await again.get('a/2')).toBe('other');
  await again.delete('a/1');
  expect(await openSecretsFile(folder, environment).get('a/1')).toBeUndefined();
});

test('the file shows no secret and no account, and belongs to the user alone', async () => {
  await openSecretsFile(folder, withPassphrase).set('archive/12345678', secret);
  const text = await readFile(vaultFile(), 'utf8');
  expect(text).not.toContain('zebra');
  expect(text).not.toContain('12345678');
  expect((await stat(vaultFile())).mode & 0o077).toBe(0);
});

test('the machine key lies in a file of its own that belongs to the user alone', async () => {
  await openSecretsFile(folder, {}).set('a', secret);
  expect((await stat(join(folder, 'secrets.key'))).mode & 0o077).toBe(0);
});

test('the same secret is never encrypted to the same bytes twice', async () => {
  const store = openSecretsFile(folder, {});
  await store.set('a', secret);
  const first = await readFile(vaultFile(), 'utf8');
  await store.set('a', secret);
  expect(await readFile(vaultFile(), 'utf8')).not.toBe(first);
});

test('a wrong passphrase opens nothing and destroys nothing', async () => {
  await openSecretsFile(folder, withPassphrase).set('a', secret);
  const wrong = openSecretsFile(folder, { TRANSCRIPT_ARCHIVE_PASSPHRASE: 'wrong' });
  await expect(wrong.get('a')).rejects.toMatchObject({ code: 'secret-unavailable' });
  await expect(wrong.set('b', 'x')).rejects.toMatchObject({ code: 'secret-unavailable' });
  expect(await openSecretsFile(folder, withPassphrase).get('a')).toBe(secret);
});

test('a forgotten passphrase is named, and the machine key does not replace it silently', async () => {
  await openSecretsFile(folder, withPassphrase).set('a', secret);
  await expect(openSecretsFile(folder, {}).get('a')).rejects.toMatchObject({
    code: 'secret-unavailable',
    hint: expect.stringContaining('TRANSCRIPT_ARCHIVE_PASSPHRASE'),
  });
});

test.each([
  ['one bit of the data', (vault: Record<string, unknown>) => ({ ...vault, data: flipFirstBit(vault['data']) })],
  ['the tag', (vault: Record<string, unknown>) => ({ ...vault, tag: flipFirstBit(vault['tag']) })],
  ['a shorter tag', (vault: Record<string, unknown>) => ({ ...vault, tag: 'AAAA' })],
  [
    'cheaper key derivation',
    (vault: Record<string, unknown>) => ({ ...vault, scrypt: { ...(vault['scrypt'] as object), N: 2 } }),
  ],
  ['a field more', (vault: Record<string, unknown>) => ({ ...vault, surprise: true })],
])('a file changed in %s is refused', async (_what, change) => {
  await openSecretsFile(folder, {}).set('a', secret);
  const vault = JSON.parse(await readFile(vaultFile(), 'utf8')) as Record<string, unknown>;
  await writeFile(vaultFile(), JSON.stringify(change(vault)));
  await expect(openSecretsFile(folder, {}).get('a')).rejects.toMatchObject({ code: 'secret-unavailable' });
});

test('a file that is no vault at all is refused and left where it is', async () => {
  await writeFile(vaultFile(), 'not a vault');
  await expect(openSecretsFile(folder, {}).set('a', secret)).rejects.toMatchObject({ code: 'secret-unavailable' });
  expect(await readFile(vaultFile(), 'utf8')).toBe('not a vault');
});

test('a vault whose key file is gone says so instead of making a new key', async () => {
  await openSecretsFile(folder, {}).set('a', secret);
  await rm(join(folder, 'secrets.key'));
  await expect(openSecretsFile(folder, {}).get('a')).rejects.toMatchObject({
    message: expect.stringContaining('key file'),
  });
});

test('two processes that add secrets at the same time lose neither', async () => {
  const stores = Array.from({ length: 3 }, () => openSecretsFile(folder, {}));
  await stores[0]!.set('first', 'x');
  await Promise.all(stores.map((store, index) => store.set(`id-${index}`, String(index))));
  const all = openSecretsFile(folder, {});
  expect(await Promise.all(['first', 'id-0', 'id-1', 'id-2'].map((id) => all.get(id)))).toEqual(['x', '0', '1', '2']);
});

test('each protection says what it is worth', () => {
  expect(openSecretsFile(folder, {}).describe()).toContain('does not keep');
  expect(openSecretsFile(folder, withPassphrase).describe()).toContain('passphrase');
  expect(openSecretsFile(folder, withPassphrase).describe()).not.toContain('correct horse');
});

function flipFirstBit(base64: unknown): string {
  const bytes = Buffer.from(String(base64), 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}
