import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forkEngineProcess } from '../../../main/host/fork-engine.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'transcript-archive-fork-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function script(text: string): string {
  const file = join(folder, 'engine.mjs');
  writeFileSync(file, text);
  return file;
}

test('an engine never sees the secrets of its host’s environment', async () => {
  vi.stubEnv('TRANSCRIPT_ARCHIVE_PASSPHRASE', 'open sesame');
  vi.stubEnv('TRANSCRIPT_ARCHIVE_CREDENTIALS', '{"clientSecret":"zebra"}');
  vi.stubEnv('TRANSCRIPT_ARCHIVE_TEST', 'harmless');
  const engine = forkEngineProcess(
    script('process.send({ kind: "ready", warnings: Object.values(process.env) });'),
    'reader',
  );
  const message = await new Promise<unknown>((resolve) => engine.onMessage(resolve));
  engine.kill();
  expect(JSON.stringify(message)).toContain('harmless');
  expect(JSON.stringify(message)).not.toMatch(/open sesame|zebra/u);
});

test('bytes cross as bytes', async () => {
  const engine = forkEngineProcess(
    script(
      'process.on("message", (m) => process.send({ kind: "reply", id: 1, reply: { ok: true, value: m.input } }));',
    ),
    'reader',
  );
  const answer = new Promise<unknown>((resolve) => engine.onMessage(resolve));
  engine.send({ kind: 'call', id: 1, name: 'app.info', input: { bytes: new Uint8Array([0, 255]), none: undefined } });
  expect(await answer).toMatchObject({ reply: { value: { bytes: new Uint8Array([0, 255]), none: undefined } } });
  engine.kill();
});

test('a file that is not there is an engine that exits, with words on standard error', async () => {
  const engine = forkEngineProcess(join(folder, 'none.mjs'), 'reader');
  const lines: string[] = [];
  engine.onLogLine((line) => void lines.push(line));
  const code = await new Promise((resolve) => engine.onExit(resolve));
  expect(code).not.toBe(0);
  // Sending to what is gone is not an error: the exit was told.
  expect(() => engine.send({ kind: 'stop' })).not.toThrow();
  await vi.waitFor(() => expect(lines.join('\n')).toContain('none.mjs'));
});

test('a killed engine tells its exit once, without a code', async () => {
  const engine = forkEngineProcess(script('setInterval(() => {}, 1000); process.send({ kind: "ready" });'), 'reader');
  const exits: (number | null)[] = [];
  engine.onExit((code) => void exits.push(code));
  await new Promise((resolve) => engine.onMessage(resolve));
  engine.kill();
  engine.kill();
  await vi.waitFor(() => expect(exits).toEqual([null]));
});
