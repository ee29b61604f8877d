import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  checkpointText,
  openCheckpoint,
  parseNote,
  publicKeyPem,
  rawPublicKey,
  signCheckpoint,
} from '../../../main/archive/evidence/checkpoint.ts';
import { custodyList, custodyState } from '../../../main/archive/evidence/custody-list.ts';
import { recordAction, recordCheckpoint } from '../../../main/archive/evidence/custody.ts';
import { keyFileName } from '../../../main/archive/evidence/key-file.ts';
import { openArchiveKey } from '../../../main/archive/evidence/keys.ts';
import { verifierKey } from '../../../main/archive/evidence/signed-note.ts';
import { verifyArchive } from '../../../main/archive/evidence/verify.ts';
import { chatText, openTestWriter, take, temporaryFolder, testAccount } from '../store/support.ts';

const actor = { user: 'ana', host: 'desk', app: 'test' };
const noProgress = { signal: new AbortController().signal, onProgress: () => undefined };

function signer(name = 'transcript-archive/test') {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return { name, publicKey: raw, sign: (text: Uint8Array) => sign(null, text, privateKey) };
}

describe('a checkpoint', () => {
  const key = signer();
  const note = signCheckpoint({ origin: key.name, size: 42, root: Buffer.alloc(32, 5) }, key);

  test('has the lines of the C2SP forms', () => {
    expect(note.split('\n')).toEqual([
      key.name,
      '42',
      Buffer.alloc(32, 5).toString('base64'),
      '',
      expect.stringMatching(/^— transcript-archive\/test [A-Za-z0-9+/]{91}=$/u) as string,
      '',
    ]);
    expect(verifierKey(key.name, key.publicKey)).toMatch(
      /^transcript-archive\/test\+[0-9a-f]{8}\+AQ?[A-Za-z0-9+/=]+$/u,
    );
  });

  test('gives the key id of the signed-note specification', () => {
    // Go's golang.org/x/mod/sumdb/note documents this verifier key; its id is the hash of name and key.
    const known = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const raw = Buffer.from(known.split('+').slice(2).join('+'), 'base64').subarray(1);
    expect(verifierKey('PeterNeumann', raw)).toBe(known);
  });

  test('is verified by openssl', () => {
    const folder = temporaryFolder();
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const pem = file('key.pem', publicKeyPem(key.publicKey));
    const signature = parseNote(note)?.signatures[0]?.signature ?? Buffer.alloc(0);
    const check = (text: string) =>
      spawnSync('openssl', [
        'pkeyutl',
        '-verify',
        '-pubin',
        '-rawin',
        '-inkey',
        pem,
        '-in',
        file('text', text),
        '-sigfile',
        file('signature', signature),
      ]).status;
    const checkpoint = { origin: key.name, size: 42, root: Buffer.alloc(32, 5) };
    expect(check(checkpointText(checkpoint))).toBe(0);
    expect(check(checkpointText({ ...checkpoint, size: 43 }))).not.toBe(0);
    expect(rawPublicKey(readFileSync(pem, 'utf8'))).toEqual(key.publicKey);
  });

  test('is opened by its own key only, and not after any change', () => {
    expect(openCheckpoint(note, key.publicKey)).toMatchObject({ origin: key.name, size: 42 });
    expect(openCheckpoint(note, signer().publicKey)).toBeNull();
    for (let at = 0; at < note.length; at += 1) {
      const changed = note.slice(0, at) + String.fromCharCode(note.charCodeAt(at) ^ 1) + note.slice(at + 1);
      expect(openCheckpoint(changed, key.publicKey), `unit ${at}`).toBeNull();
    }
  });
});

describe('the key of an archive', () => {
  test('is made once, readable by its owner only, and used again', () => {
    const writer = openTestWriter();
    const first = openArchiveKey(writer.db, writer.folder, 1);
    const second = openArchiveKey(writer.db, writer.folder, 2);
    expect([first.created, second.created]).toEqual([{ replaces: null }, null]);
    expect(second.publicKey).toEqual(first.publicKey);
    if (process.platform !== 'win32') expect(statSync(join(writer.folder, keyFileName)).mode & 0o777).toBe(0o600);
  });

  test('that was lost is replaced under the same name, and the log says so', async () => {
    const writer = openTestWriter();
    const record = () => recordAction(writer, { kind: 'x', time: 1, subjects: [], details: {} }, actor);
    const before = parseNote(record().checkpoint.note);
    rmSync(join(writer.folder, keyFileName));
    const after = parseNote(record().checkpoint.note);
    expect(after?.checkpoint.origin).toBe(before?.checkpoint.origin);
    expect(after?.signatures[0]?.keyId).not.toEqual(before?.signatures[0]?.keyId);
    const { entries } = custodyList(writer.db, {
      kinds: ['key-created', 'key-rotated'],
      versions: false,
      limit: 10,
    });
    expect(entries.map(({ kind }) => kind)).toEqual(['key-rotated', 'key-created']);
    expect(entries[0]?.details).toMatchObject({ oldKeyAtHand: false });
    expect((await verifyArchive(writer.db, noProgress)).failures).toEqual([]);
  });

  test('that is damaged stops signing with a sentence, and nothing is written', () => {
    const writer = openTestWriter();
    recordCheckpoint(writer, 1, actor);
    writeFileSync(join(writer.folder, keyFileName), 'not a key');
    expect(() => recordAction(writer, { kind: 'x', time: 1, subjects: [], details: {} }, actor)).toThrow(
      expect.objectContaining({ code: 'secret-unavailable' }) as Error,
    );
    expect(custodyList(writer.db, { kinds: ['x'], versions: false, limit: 10 }).entries).toEqual([]);
  });
});

describe('the custody log', () => {
  test('lists who did what, newest first, in pages, by kind and by subject', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'chat', [chatText({ id: 'c1' }), chatText({ id: 'c2' })]);
    const id = 'chat:12345678:c1';
    for (let index = 0; index < 5; index += 1) {
      const kind = index % 2 === 0 ? 'conversation-opened' : 'search';
      const subjects = kind === 'search' ? [] : [id];
      recordAction(writer, { kind, time: index, subjects, details: { index } }, actor);
    }
    const list = (input: Partial<Parameters<typeof custodyList>[1]>) =>
      custodyList(writer.db, { versions: false, limit: 100, ...input });
    const kinds = (input: Parameters<typeof list>[0]) => list(input).entries.map(({ kind }) => kind);
    expect(kinds({ kinds: ['search'] })).toEqual(['search', 'search']);
    expect(kinds({ subject: id, versions: true })).toEqual([
      'conversation-opened',
      'conversation-opened',
      'conversation-opened',
      'version',
    ]);
    const all = list({}).entries;
    const paged: typeof all = [];
    for (let before: number | undefined; ;) {
      const page = list({ limit: 2, ...(before === undefined ? {} : { before }) });
      paged.push(...page.entries);
      if (page.next === null) break;
      before = page.next;
    }
    expect(paged).toEqual(all);
    expect(all.at(0)).toMatchObject({ kind: 'conversation-opened', user: 'ana', host: 'desk', details: { index: 4 } });
    expect(custodyState(writer.db)).toMatchObject({ size: 8, checkpoint: { size: 8 } });
  });

  test('is not signed again when nothing was added', () => {
    const writer = openTestWriter();
    expect(recordCheckpoint(writer, 1, actor)).toEqual(recordCheckpoint(writer, 2, actor));
  });
});
