/**
 * First and no-op sync of a large simulated account over HTTP, pace 0. The service runs in a process of its own, so
 * that its time and memory can be told apart. Usage: node bench/sync.ts [conversations]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../main/archive/clock.ts';
import { createDemoWorld } from '../main/archive/demo/demo-world.ts';
import { startDemoService } from '../main/archive/demo/service.ts';
import { createHistoryClient } from '../main/archive/liveperson/connect.ts';
import { noLog } from '../main/archive/log.ts';
import { Preparer } from '../main/archive/prepare/preparer.ts';
import { addAccount } from '../main/archive/store/accounts.ts';
import { openWriter } from '../main/archive/store/database.ts';
import { runSync } from '../main/archive/sync/run.ts';
import { writerFlags } from '../main/host/fork-engine.ts';
import type { DemoAddress } from '../preload/engine-protocol.ts';
import { processMemory } from './process-memory.ts';

const conversations = Number(process.argv[2] ?? 10_000);

/** Pages that brought something. */
let pages = 0;

const role = process.argv[3];
if (role === 'serve') await serve();
else if (role === 'measure') await measure();
// As the app's writer runs.
else fork(import.meta.filename, [String(conversations), 'measure'], { execArgv: [...writerFlags] });

async function serve(): Promise<void> {
  const service = await startDemoService({ port: 0, world: createDemoWorld({ now: Date.now(), conversations }) });
  process.send?.(service.address);
  process.on('disconnect', () => process.exit());
  process.on('message', () => process.send?.(process.cpuUsage()));
}

async function measure(): Promise<void> {
  const service = fork(import.meta.filename, [String(conversations), 'serve'], { execArgv: [] });
  const [address] = (await once(service, 'message')) as [DemoAddress];
  const folder = mkdtempSync(join(tmpdir(), 'archive-bench-'));
  const preparer = new Preparer(new URL('../main/archive/prepare/worker.ts', import.meta.url));
  const writer = openWriter(folder, { hostName: 'bench', appVersion: '0.0.0' });
  addAccount(
    writer.db,
    {
      accountId: address.accountId,
      sources: ['chat', 'messaging'],
      domainApi: address.origin,
      requestIntervalMs: 0,
      retryBaseMs: 0,
    },
    'oauth2',
    { demo: true, now: Date.now() },
  );
  for (const name of ['first sync', 'no-op sync']) {
    const cpuBefore = process.cpuUsage();
    const serviceBefore = await cpuOf(service);
    const started = performance.now();
    const report = await runSync(writer, {
      clientFor: (account) =>
        createHistoryClient({
          account,
          credentials: () => Promise.resolve(address.oauth2),
          clock: systemClock,
          log: noLog,
          // As in the app.
          readPage: (source, body, at) => preparer.page(source, account.accountId, body, at),
        }),
      clock: systemClock,
      log: noLog,
      signal: new AbortController().signal,
      onProgress: () => undefined,
      onChanged: sample,
    });
    const seconds = (performance.now() - started) / 1000;
    const cpu = cpuSeconds(process.cpuUsage(cpuBefore));
    const sources = report.accounts[0]?.sources ?? [];
    const sum = (field: 'requests' | 'added' | 'changed') => sources.reduce((total, one) => total + one[field], 0);
    process.stdout.write(
      `${JSON.stringify({
        name,
        conversations: sum('added'),
        newVersions: sum('changed'),
        requests: sum('requests'),
        complete: report.complete,
        seconds: round(seconds),
        writerCpuSeconds: round(cpu),
        serviceCpuSeconds: round((await cpuOf(service)) - serviceBefore),
        conversationsPerWriterCpuSecond: Math.round(sum('added') / cpu),
        peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
        archiveMB: Math.round(statSync(join(folder, 'archive.sqlite')).size / 1e6),
      })}\n`,
    );
  }
  await preparer.close();
  writer.close();
  service.kill();
  process.disconnect();
  rmSync(folder, { recursive: true });
}

/** A line each ten thousand conversations: what grows with the archive shows here. */
function sample(): void {
  pages += 1;
  if (pages % 100 !== 0) return;
  const { heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
  const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);
  process.stdout.write(
    `${JSON.stringify({
      pages,
      ...processMemory(),
      heapTotal: megabytes(heapTotal),
      heapUsed: megabytes(heapUsed),
      external: megabytes(external),
      arrayBuffers: megabytes(arrayBuffers),
    })}\n`,
  );
}

async function cpuOf(service: ReturnType<typeof fork>): Promise<number> {
  service.send('cpu');
  const [usage] = (await once(service, 'message')) as [NodeJS.CpuUsage];
  return cpuSeconds(usage);
}

function cpuSeconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1e6;
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
