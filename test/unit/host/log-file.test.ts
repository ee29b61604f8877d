import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from '../../../main/host/log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'transcript-archive-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => join(folder, 'transcript-archive.log');
const lines = () =>
  readFileSync(file(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('lines are JSON, secrets are hidden by name, and the file belongs to the user alone', () => {
  openLogFile(folder)('warn', 'signed-in', {
    accountId: '1',
    clientSecret: 'zebra',
    bearerToken: 'zebra',
    status: 200,
  });
  expect(lines()).toEqual([
    expect.objectContaining({
      level: 'warn',
      event: 'signed-in',
      accountId: '1',
      clientSecret: '[hidden]',
      status: 200,
    }),
  ]);
  expect(readFileSync(file(), 'utf8')).not.toContain('zebra');
  expect(statSync(file()).mode & 0o077).toBe(0);
});

test('lines below the level are left out', () => {
  const log = openLogFile(folder, { level: 'warn' });
  log('info', 'small-talk');
  log('error', 'trouble');
  expect(lines().map(({ event }) => event)).toEqual(['trouble']);
});

test('a full file is set aside and only so many are kept, the newest', () => {
  const log = openLogFile(folder, { maximumBytes: 400, files: 3 });
  for (let n = 0; n < 40; n++) log('info', 'numbered', { n });
  expect(readdirSync(folder).toSorted()).toEqual([
    'transcript-archive.log',
    'transcript-archive.log.1',
    'transcript-archive.log.2',
  ]);
  expect(lines().at(-1)).toMatchObject({ n: 39 });
});

test('a log that cannot be written fails nothing', () => {
  writeFileSync(join(folder, 'blocked'), '');
  expect(() => openLogFile(join(folder, 'blocked', 'logs'))('error', 'lost')).not.toThrow();
});
