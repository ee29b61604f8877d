/** The line that issue and README promise: demo in one shell; add, sync, search, show, export, verify in another. */
import { createHash } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoWorld } from '../../main/archive/demo/demo-world.ts';
import { firstLine, Machine } from './run-cli.ts';

interface Demo {
  origin: string;
  accountId: string;
  credentials: { oauth2: object; oauth1: object };
}
interface SourceReport {
  source: 'chat' | 'messaging';
  requests: number;
  added: number;
  changed: number;
  windowsIncomplete: number;
}
interface Report {
  accounts: { accountId: string; sources: SourceReport[] }[];
  complete: boolean;
}
interface Found {
  total: number;
  hits: { id: string; source: string; matchedMessages: { snippet: string }[] }[];
}

const machine = new Machine();
let demoProcess: ChildProcess;
let demo: Demo;
let firstSync: { code: number | null; value: Report };

beforeAll(async () => {
  demoProcess = new Machine().start(['demo', '--json']);
  demo = JSON.parse(await firstLine(demoProcess)) as Demo;
  const added = await machine.json(
    ['account', 'add', demo.accountId, '--credentials', '-', '--domain-api', demo.origin, '--request-interval-ms', '0'],
    JSON.stringify(demo.credentials.oauth2),
  );
  expect(added.code).toBe(0);
  firstSync = await machine.json<Report>(['sync']);
}, 120_000);

afterAll(() => void demoProcess.kill('SIGTERM'));

test('a first sync brings in every conversation that the service holds, and says so', async () => {
  expect(firstSync).toMatchObject({ code: 0, value: { complete: true } });
  const now = Date.now();
  const world = createDemoWorld({ now });
  const { value } = await machine.json<Found>(['search', '', '--limit', '5000']);
  const archived = new Set(value.hits.map((hit) => hit.id));
  const held = (['chat', 'messaging'] as const).flatMap((source) =>
    world
      .records(source, now)
      // What became visible while the test ran is for the next sync.
      .filter((record) => record.visibleAt < now - 120_000 && record.completeText(now) !== null)
      .map((record) => `${source}:${demo.accountId}:${record.remoteId}`),
  );
  expect(held.length).toBeGreaterThan(1900);
  expect(held.filter((id) => !archived.has(id))).toEqual([]);
  expect(value.total).toBe(value.hits.length);
});

test('an original is byte for byte what the service sent, and its hash is the one in the archive', async () => {
  const now = Date.now();
  const sent = createDemoWorld({ now })
    .records('chat', now)
    .filter((record) => record.visibleAt < now - 3 * 3_600_000 && record.completeText(now) !== null);
  for (const record of sent.filter((_, place) => place % 150 === 0)) {
    const id = `chat:${demo.accountId}:${record.remoteId}`;
    const { stdout } = await machine.run(['show', id, '--original']);
    expect(stdout).toBe(record.completeText(now));
    const { value } = await machine.json<{ version: number; versions: { sha256: string }[] }>(['show', id]);
    expect(value.versions[value.version - 1]?.sha256).toBe(createHash('sha256').update(stdout).digest('hex'));
  }
});

test('a second sync changes only what changed meanwhile and asks little', async () => {
  const second = await machine.json<Report>(['sync']);
  expect(second).toMatchObject({ code: 0, value: { complete: true } });
  for (const [place, source] of (second.value.accounts[0]?.sources ?? []).entries()) {
    expect(source.windowsIncomplete).toBe(0);
    // The demo account is alive: a conversation may begin, or gain a message, between the two.
    expect(source.added + source.changed).toBeLessThanOrEqual(3);
    expect(source.requests).toBeLessThan((firstSync.value.accounts[0]?.sources[place]?.requests ?? 0) / 2);
  }
});

test('search finds words, phrases and scripts without spaces, with exact totals and marked snippets', async () => {
  for (const query of [
    'refund',
    '"gift card"',
    '返金',
    'said:agent(refund OR "money back")',
    'skill:"Returns & refunds" csat:<=2',
  ]) {
    const { code, value } = await machine.json<Found>(['search', query, '--limit', '5000']);
    expect(code).toBe(0);
    expect(value.total).toBeGreaterThan(0);
    expect(value.total).toBe(value.hits.length);
  }
  const { value } = await machine.json<Found>(['search', 'said:customer(refund)', '--limit', '1']);
  expect(value.hits[0]?.matchedMessages[0]?.snippet).toMatch(/\uE000refund\uE001/iu);
});

test('an export of all of it verifies, and a single changed byte in it does not', async () => {
  const out = machine.path('package');
  const exported = await machine.json<{ conversations: number; errors: number }>([
    'export',
    '',
    '--format',
    'ndjson,csv',
    '--out',
    out,
  ]);
  const { value: all } = await machine.json<Found>(['search', '', '--count-only']);
  expect(exported).toMatchObject({ code: 0, value: { conversations: all.total, errors: 0 } });
  expect((await machine.json(['verify', out])).code).toBe(0);

  const again = await machine.run(['export', 'refund', '--format', 'ndjson', '--out', out]);
  expect(again.code).toBe(2);
  expect(again.stderr).toMatch(/^error conflict: /mu);

  const file = machine.path('package', 'data', 'conversations.csv');
  expect(existsSync(file)).toBe(true);
  const bytes = readFileSync(file);
  bytes[bytes.length - 10] = (bytes[bytes.length - 10] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  const verified = await machine.json<{ ok: boolean; failures: { subject: string }[] }>(['verify', out]);
  expect(verified).toMatchObject({ code: 5, value: { ok: false } });
  expect(verified.value.failures.map((failure) => failure.subject).join()).toContain('conversations.csv');
});

test('the archive verifies', async () => {
  expect(await machine.json(['verify'])).toMatchObject({ code: 0, value: { ok: true } });
});

test('the archive only grew since a checkpoint that was kept elsewhere; one of another archive is refused', async () => {
  const kept = machine.path('package', 'proofs', 'checkpoint.txt');
  expect(await machine.json(['verify', '--quick', '--since', kept])).toMatchObject({ code: 0, value: { ok: true } });

  const other = new Machine();
  await other.json(['account', 'add', '12345678', '--credentials', '-'], JSON.stringify(demo.credentials.oauth2));
  expect(await other.json(['verify', '--since', kept])).toMatchObject({ code: 5, value: { ok: false } });
});

test('a backup restores into another archive, which then holds the same', async () => {
  const file = machine.path('backup.sqlite');
  expect((await machine.json(['backup', file])).code).toBe(0);
  const other = new Machine();
  expect((await other.json(['restore', file])).code).toBe(0);
  const counts = await Promise.all([machine, other].map((one) => one.json<Found>(['search', '', '--count-only'])));
  expect(counts[1]?.value.total).toBe(counts[0]?.value.total);
});

test('OAuth 1.0a keys sign in as well, with a plain word about their announced end', async () => {
  const other = new Machine();
  await other.json(
    ['account', 'add', demo.accountId, '--credentials', '-', '--domain-api', demo.origin, '--request-interval-ms', '0'],
    JSON.stringify(demo.credentials.oauth1),
  );
  const tested = await other.json<{ warnings: string[] }>(['account', 'test', demo.accountId]);
  expect(tested.code).toBe(0);
  expect(tested.value.warnings.join()).toMatch(/OAuth 1/u);
});

test('wrong credentials end with 3, one sentence and no secret', async () => {
  const other = new Machine();
  const clientSecret = 'wrong-secret-4711';
  await other.json(
    ['account', 'add', demo.accountId, '--credentials', '-', '--domain-api', demo.origin, '--request-interval-ms', '0'],
    JSON.stringify({ ...demo.credentials.oauth2, clientSecret }),
  );
  for (const command of [['account', 'test', demo.accountId], ['sync']]) {
    const { code, stdout, stderr } = await other.run([...command, '--json']);
    expect(code).toBe(3);
    expect(stdout).toContain('"code":"source-unauthorised"');
    expect(stderr).toMatch(/error source-unauthorised: .+\./u);
    expect(stdout + stderr).not.toContain(clientSecret);
  }
});
