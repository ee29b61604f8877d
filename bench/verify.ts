/**
 * How long a verification of an archive takes, and how much of it is not needed again after an interruption.
 * Usage: node bench/verify.ts FOLDER
 */
import { verifyArchive, type VerifyArchiveOptions } from '../main/archive/evidence/verify.ts';
import { openReader } from '../main/archive/store/database.ts';

const [folder = ''] = process.argv.slice(2);
const reader = openReader(folder);
const conversations = reader.db.prepare<[], number>('SELECT count(*) FROM conversation').pluck().get() ?? 0;

async function measured(what: string, options: Partial<VerifyArchiveOptions>): Promise<void> {
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  let outcome: string;
  try {
    const report = await verifyArchive(reader.db, {
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...options,
    });
    outcome = `${report.ok ? 'ok' : `${report.failures.length} failures`}, continued from ${report.continued?.leaves ?? 0}`;
  } catch {
    outcome = 'stopped';
  }
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpu = (user + system) / 1e6;
  process.stdout.write(
    `${what}: ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, ${Math.round(conversations / cpu)} conversations a second of CPU, ${outcome}\n`,
  );
}

process.stdout.write(`${conversations} conversations\n`);
await measured('quick', { mode: 'quick' });
await measured('full', { fromStart: true });
const controller = new AbortController();
await measured('full, stopped at nine tenths', {
  fromStart: true,
  signal: controller.signal,
  onProgress({ phase, done }) {
    if (phase === 'Recomputing the custody log' && done >= conversations * 0.9) controller.abort();
  },
});
await measured('full, going on from there', {});
process.stdout.write(`peak memory: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`);
reader.close();
