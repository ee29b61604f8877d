/**
 * One run of ingest in a process of its own, so that its peak of memory is its own.
 * Usage: node bench/ingest-run.ts PAGES FOLDER thread|inline log|without-log
 */
import { statSync } from 'node:fs';
import type { Preparer } from '../main/archive/prepare/preparer.ts';
import { readPages } from './page-file.ts';

const [pages = '', folder = '', threads, log] = process.argv.slice(2);
if (log === 'without-log') await import('./without-log.ts');
const { openWriter, archiveFile } = await import('../main/archive/store/database.ts');
const { addAccount } = await import('../main/archive/store/accounts.ts');
const { ingest } = await import('../main/archive/store/ingest.ts');
const { Preparer: PreparerClass } = await import('../main/archive/prepare/preparer.ts');

const entry = log === 'without-log' ? './worker-without-log.ts' : '../main/archive/prepare/worker.ts';
const preparer: Preparer = new PreparerClass(threads === 'thread' ? new URL(entry, import.meta.url) : null);
const writer = openWriter(folder, { hostName: 'bench', appVersion: 'bench' });
const settings = {
  accountId: '12345678',
  sources: ['messaging' as const],
  requestIntervalMs: 500,
  retryBaseMs: 5000,
};
const account = addAccount(writer.db, settings, 'none', { demo: false, now: 0 });
const bodies = readPages(pages);
const ask = () => {
  const { value } = bodies.next();
  return value === undefined ? null : preparer.page('messaging', account.accountId, value, 0);
};

let conversations = 0;
let writing = 0;
const cpuBefore = process.cpuUsage();
const began = performance.now();
let next = ask();
while (next !== null) {
  const { records } = await next;
  next = ask();
  const from = performance.now();
  writer.db
    .transaction(() => ingest(writer.db, records, { account, source: 'messaging', receivedAt: 0, via: 'search' }))
    .immediate();
  writing += performance.now() - from;
  conversations += records.length;
}
const wallMs = performance.now() - began;
const { user, system } = process.cpuUsage(cpuBefore);
process.send?.({
  conversations,
  wallMs,
  writingMs: writing,
  cpuMs: (user + system) / 1000,
  peakMemoryMb: process.resourceUsage().maxRSS / 1024,
  fileBytes: statSync(archiveFile(folder)).size,
  threaded: preparer.threaded,
});
await preparer.close();
writer.close();
