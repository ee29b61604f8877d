import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { firstLine, Machine } from './run-cli.ts';

interface Failure {
  error: { code: string; message: string; hint: string };
}

const oauth2 = JSON.stringify({ type: 'oauth2', clientId: 'client', clientSecret: 'secret' });

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test.each([
  ['an unknown command', ['frobnicate'], 2, 'invalid-input'],
  ['an unknown option', ['status', '--frobnicate'], 2, 'invalid-input'],
  ['a query that does not parse', ['search', '"open quote'], 2, 'invalid-input'],
  ['a date that is none', ['sync', '--since', 'yesterday'], 2, 'invalid-input'],
  ['a day that is none', ['dashboard', '--from', '2026-02-30'], 2, 'invalid-input'],
  ['an unknown source', ['sync', '--source', 'fax'], 2, 'invalid-input'],
  ['an unknown order', ['search', 'x', '--sort', 'random'], 2, 'invalid-input'],
  ['an unknown account', ['sync', '--account', '99999999'], 2, 'not-found'],
  ['an unknown conversation', ['show', 'chat:1:2'], 2, 'not-found'],
  ['a package that is not there', ['verify', '/nowhere/package'], 2, 'path-unavailable'],
  [
    'credentials that are not there',
    ['account', 'add', '12345678', '--credentials', '/nowhere/keys.json'],
    2,
    'invalid-input',
  ],
  ['an export without a format', ['export', 'x', '--out', '/tmp/never'], 2, 'invalid-input'],
])('%s is refused: %s ends with %i, %s', async (_name, args, code, errorCode) => {
  const failed = await new Machine().json<Failure>(args);
  expect(failed.code).toBe(code);
  expect(failed.value.error.code).toBe(errorCode);
  expect(failed.value.error.message).toMatch(/\S/u);
});

test('a malformed query names the position and what was expected', async () => {
  const { code, stderr } = await new Machine().run(['search', 'refund (and']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error invalid-input: .*(character|position) \d+/mu);
});

test('a service that cannot be reached ends with 7 and the archive stays usable', async () => {
  const machine = new Machine();
  const origin = `http://127.0.0.1:${await closedPort()}`;
  const added = await machine.json(
    ['account', 'add', '12345678', '--credentials', '-', '--domain-api', origin, '--retry-base-ms', '0'],
    oauth2,
  );
  expect(added.code).toBe(0);
  const failed = await machine.json<Failure>(['sync']);
  expect(failed.code).toBe(7);
  expect(failed.value.error.message).toMatch(/\S/u);
  expect((await machine.json(['search', ''])).code).toBe(0);
});

test('plain http is refused for anything but loopback', async () => {
  const failed = await new Machine().json<Failure>(
    ['account', 'add', '12345678', '--credentials', '-', '--domain-api', 'http://api.example.com'],
    oauth2,
  );
  expect(failed).toMatchObject({ code: 2, value: { error: { code: 'invalid-input' } } });
});

test('broken credentials are refused without being repeated', async () => {
  const { code, stdout, stderr } = await new Machine().run(
    ['account', 'add', '12345678', '--credentials', '-', '--json'],
    {
      input: '{"type":"oauth2","clientId":"c","clientSecret":"hunter2","extra":1}',
    },
  );
  expect(code).toBe(2);
  expect(stdout + stderr).not.toContain('hunter2');
});

test('a second writer is told who holds the archive and ends with 6', async () => {
  const machine = new Machine();
  const server = machine.start(['serve', '--json']);
  await firstLine(server);
  // The server's writer takes the lock with its first change; the list below opens the archive.
  const held = machine.start(['demo', '--serve', '--json']);
  await firstLine(held).catch(() => '');
  const failed = await machine.json<Failure>(['account', 'add', '12345678', '--credentials', '-'], oauth2);
  for (const child of [server, held]) child.kill('SIGTERM');
  expect(failed).toMatchObject({ code: 6, value: { error: { code: 'archive-locked' } } });
});

test('an archive folder that cannot be written ends with 6', async (context) => {
  const machine = new Machine();
  mkdirSync(machine.path('archive'));
  chmodSync(machine.path('archive'), 0o500);
  if (process.getuid?.() === 0) {
    // Root may write anywhere: a file in the folder's place is refused for everyone.
    chmodSync(machine.path('archive'), 0o700);
    writeFileSync(machine.path('file'), '');
    const failed = await machine.json<Failure>(['account', 'list', '--archive', machine.path('file', 'archive')]);
    expect(failed).toMatchObject({ code: 6, value: { error: { code: 'path-unavailable' } } });
    return;
  }
  const failed = await machine.json<Failure>(['account', 'list']);
  expect(failed.code, context.task.name).toBe(6);
});

test('a damaged archive ends with 6 and is left as it was', async () => {
  const machine = new Machine();
  mkdirSync(machine.path('archive'));
  writeFileSync(machine.path('archive', 'archive.sqlite'), 'this is not a database, but a text that someone put here');
  const failed = await machine.json<Failure>(['search', '']);
  expect(failed).toMatchObject({ code: 6, value: { error: { code: 'archive-corrupt' } } });
});

test('a damaged settings file is set aside with a word, and nothing stops', async () => {
  const machine = new Machine();
  mkdirSync(machine.path('config', 'transcript-archive'), { recursive: true });
  writeFileSync(machine.path('config', 'transcript-archive', 'settings.json'), '{"theme": "da');
  const { code, stderr } = await machine.run(['account', 'list']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/set aside/u);
});

test('an export to a folder that is not there fails before anything is written', async () => {
  const failed = await new Machine().json<Failure>([
    'export',
    '',
    '--format',
    'csv',
    '--out',
    '/nowhere/at/all/package',
  ]);
  expect(failed.code).not.toBe(0);
  expect(failed.value.error.code).toBe('path-unavailable');
});
