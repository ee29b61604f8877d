/**
 * Sync, import, search, reading and export without a pause, against a service in trouble, through a real host and its
 * engine processes. Samples the memory and open handles of each process and says whether they are flat.
 * Usage: node bench/soak.ts [MINUTES] [CONVERSATIONS] (Linux)
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoWorld } from '../main/archive/demo/demo-world.ts';
import { createFaults } from '../main/archive/demo/faults.ts';
import { startDemoService } from '../main/archive/demo/service.ts';
import { forkEngineProcess } from '../main/host/fork-engine.ts';
import { createHost } from '../main/host/host.ts';
import type { CallName, Input, Output } from '../preload/contract.ts';
import type { DemoAddress } from '../preload/engine-protocol.ts';
import { ArchiveError } from '../preload/errors.ts';
import type { Job } from '../preload/model.ts';
import { corpus } from './corpus.ts';
import { MemoryTable } from './memory-table.ts';

const minutes = Number(process.argv[2] ?? 120);
const conversations = Number(process.argv[3] ?? 5000);
const importsPerRound = 100;
const sampleEveryMs = 10_000;

if (process.send === undefined) await soak();
else await serve();

async function serve(): Promise<void> {
  const chances = {
    'partial-result': 0.03,
    'count-lie': 0.02,
    'rate-limited': 0.03,
    'server-error': 0.03,
    unavailable: 0.02,
    'cut-off': 0.02,
    reset: 0.02,
    insert: 0.02,
  };
  const faults = createFaults({ seed: 'soak', chances, switches: { reorderTies: true, retryAfterS: 0 } });
  const world = createDemoWorld({ now: Date.now(), conversations });
  const service = await startDemoService({ port: 0, world, faults });
  process.send?.(service.address);
  process.on('disconnect', () => process.exit());
}

async function soak(): Promise<void> {
  const service = fork(import.meta.filename, [String(minutes), String(conversations)], { execArgv: [] });
  const [address] = (await once(service, 'message')) as [DemoAddress];
  const folder = mkdtempSync(join(tmpdir(), 'archive-soak-'));
  const exports = join(folder, 'exports');
  mkdirSync(exports);
  const secrets = new Map<string, string>();
  const host = await createHost({
    kind: 'cli',
    archiveFolder: join(folder, 'archive'),
    appVersion: '0.0.0',
    settingsFolder: join(folder, 'settings'),
    forkEngine: (role) => {
      const child = forkEngineProcess(join(import.meta.dirname, '../main/engine/entry.ts'), role);
      table.name(child.pid, role);
      return child;
    },
    secrets: {
      get: (id) => Promise.resolve(secrets.get(id)),
      set: (id, secret) => Promise.resolve(void secrets.set(id, secret)),
      delete: (id) => Promise.resolve(void secrets.delete(id)),
      describe: () => 'Kept in memory for a measurement.',
    },
    log: () => undefined,
  });
  const table = new MemoryTable();
  table.name(process.pid, 'host and this script');
  table.name(service.pid, 'simulated service');
  const ends = new Map<string, (job: Job) => void>();
  host.subscribe((event) => {
    if (event.type === 'job' && event.job.state !== 'running') ends.get(event.job.id)?.(event.job);
  });

  async function ask<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> {
    const reply = await host.call(name, input);
    if (!reply.ok) throw ArchiveError.fromValue(reply.error);
    return reply.value as Output<N>;
  }
  async function job(name: 'sync.start' | 'archive.import' | 'export.start' | 'verify.start', input: object) {
    const { jobId } = await ask(name, input as Input<typeof name>);
    const ended = await new Promise<Job>((resolve) => ends.set(jobId, resolve));
    ends.delete(jobId);
    const key = `${ended.kind} ${ended.state}`;
    jobs.set(key, (jobs.get(key) ?? 0) + 1);
  }
  const jobs = new Map<string, number>();
  const failures = new Map<string, number>();
  let searches = 0;

  await ask('accounts.add', {
    settings: { accountId: address.accountId, domainApi: address.origin, requestIntervalMs: 0, retryBaseMs: 20 },
    credentials: address.oauth2,
  });
  const end = Date.now() + minutes * 60_000;
  const sampler = setInterval(() => table.sample(), sampleEveryMs);
  const records = corpus(1_000_000, 7);

  /** Each worker goes its own way: what the app does at the same time must not wait for one another here. */
  await Promise.all([
    untilThe(end, failures, () => job('sync.start', {})),
    untilThe(end, failures, async () => {
      const file = join(folder, 'import.ndjson');
      const lines = Array.from({ length: importsPerRound }, () => records.next().value?.original.toString() ?? '');
      writeFileSync(file, lines.map((line) => Buffer.from(line).toString()).join('\n'));
      await job('archive.import', { files: [file] });
      await new Promise((resolve) => setTimeout(resolve, 10_000));
    }),
    untilThe(end, failures, async () => {
      const query = ['refund', '"the account"', 'card OR order', 'ref*', 'delivery -refund', ''][searches % 6] ?? '';
      const page = await ask('search.page', { query });
      await Promise.all([ask('search.count', { query }), ask('search.facets', { query })]);
      await ask('search.histogram', { query });
      const id = page.hits[0]?.id;
      if (id !== undefined) await ask('conversations.get', { id });
      searches += 1;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }),
    untilThe(end, failures, async () => {
      for (const format of ['csv', 'ndjson', 'html', 'xlsx'] as const) {
        await job('export.start', { query: 'refund', formats: [format], out: join(exports, format), overwrite: true });
      }
      for (const name of readdirSync(exports)) rmSync(join(exports, name), { recursive: true });
      await job('verify.start', { mode: 'quick' });
    }),
  ]);
  clearInterval(sampler);
  const { total } = await ask('search.count', { query: '' });
  process.stdout.write(`${minutes} minutes, ${total} conversations at the end, ${searches} rounds of searches\n`);
  console.table(Object.fromEntries(jobs));
  if (failures.size > 0) console.table(Object.fromEntries(failures));
  console.table(table.rows());
  await host.close();
  service.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** What fails is counted and tried again, as a person would: the machine may be too busy to answer in time. */
async function untilThe(end: number, failures: Map<string, number>, round: () => Promise<void>): Promise<void> {
  while (Date.now() < end) {
    try {
      await round();
    } catch (error) {
      if (!(error instanceof ArchiveError) || !error.retryable) throw error;
      failures.set(error.code, (failures.get(error.code) ?? 0) + 1);
    }
  }
}
