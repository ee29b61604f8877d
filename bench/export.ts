/**
 * Time and peak memory of each streaming format over 10,000 and 100,000 conversations.
 *
 *     node bench/export.ts [SMALL] [LARGE] [FORMATS]
 *
 * Each export runs in a process of its own, so that its peak is its own. Peak of the larger must stay within 1.5 times
 * that of the smaller: memory does not grow with the number of conversations. Two peaks are shown. The first is all
 * that is resident, pages of the archive's mapped file among it, which the system takes back whenever it wants; the
 * second is what the process itself has allocated (RssAnon), where the system tells it (Linux).
 *
 * `EXPORT_BENCH_ARCHIVES` names a folder in which the archives stay for the next run.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { systemClock } from '../main/archive/clock.ts';
import { recordAction } from '../main/archive/evidence/custody.ts';
import { runExport } from '../main/archive/export/run.ts';
import { openReader, openWriter } from '../main/archive/store/database.ts';
import type { ExportFormat } from '../preload/model.ts';
import { fillArchive } from './export-archive.ts';

const samplesEveryMs = 20;

/** In a process of its own: one export, then one line of figures. */
async function exportOnce(folder: string, format: ExportFormat): Promise<void> {
  const reader = openReader(folder);
  const started = performance.now();
  const out = join(folder, `out-${format}`);
  const result = await runExport({
    db: reader.db,
    request: { query: '', formats: [format], out, timeZone: 'UTC', sort: 'oldest', bare: false, overwrite: true },
    appVersion: '0',
    clock: systemClock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    // The writer is another process in the app, so its caches do not count here.
    recordCustody(entry) {
      const writer = openWriter(folder, { hostName: 'cli', appVersion: '0' });
      const recorded = recordAction(writer, { ...entry, time: Date.now() }, { user: 'u', host: 'h', app: 'bench' });
      writer.close();
      return Promise.resolve(recorded);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(JSON.stringify({ seconds, peakMegabytes, megabytes: Math.round(result.bytes / 1e6) }));
  reader.close();
}

interface Figures {
  seconds: number;
  peakMegabytes: number;
  /** Not a number where the system does not tell it. */
  ownMegabytes: number;
  megabytes: number;
}

async function measure(folder: string, format: string): Promise<Figures> {
  const child = spawn(process.execPath, [import.meta.filename, '--one', folder, format], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ownMegabytes = Number.NaN;
  const sampling = setInterval(() => {
    const own = ownMemoryOf(child.pid ?? 0);
    if (own !== null) ownMegabytes = Math.max(Number.isNaN(ownMegabytes) ? 0 : ownMegabytes, own);
  }, samplesEveryMs);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const said = await text(child.stdout);
  const code = await ended;
  clearInterval(sampling);
  rmSync(join(folder, `out-${format}`), { recursive: true, force: true });
  if (code !== 0) throw new Error(`${format} ended with ${code}`);
  return { ...(JSON.parse(said) as Omit<Figures, 'ownMegabytes'>), ownMegabytes: Math.round(ownMegabytes) };
}

function ownMemoryOf(pid: number): number | null {
  try {
    const found = /^RssAnon:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found === null ? null : Number(found[1]) / 1024;
  } catch {
    return null;
  }
}

function archiveOf(size: number): { folder: string; stays: boolean } {
  const above = process.env['EXPORT_BENCH_ARCHIVES'];
  const folder = above === undefined ? mkdtempSync(join(tmpdir(), 'bench-export-')) : join(above, String(size));
  if (above === undefined || !existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    fillArchive(folder, size);
  }
  return { folder, stays: above !== undefined };
}

const [first = '10000', second = '100000', names = 'csv,xlsx,ndjson,json,html,eml,rsmf,dat,parquet'] =
  process.argv.slice(2);
if (first === '--one') await exportOnce(second, names as ExportFormat);
else {
  const sizes = [Number(first), Number(second)];
  const archives = sizes.map(archiveOf);
  try {
    console.log(`format    ${sizes.map((size) => `${size} conversations`.padEnd(42)).join('')}ratio all, own`);
    for (const format of names.split(',')) {
      const figures: Figures[] = [];
      for (const { folder } of archives) figures.push(await measure(folder, format));
      const shown = figures.map((one) =>
        `${one.seconds.toFixed(1)} s, peak ${one.peakMegabytes} MB, own ${one.ownMegabytes} MB, ${one.megabytes} MB`.padEnd(
          42,
        ),
      );
      const ratio = (of: 'peakMegabytes' | 'ownMegabytes') =>
        ((figures[1]?.[of] ?? 0) / (figures[0]?.[of] ?? 1)).toFixed(2);
      console.log(`${format.padEnd(10)}${shown.join('')}${ratio('peakMegabytes')}, ${ratio('ownMegabytes')}`);
    }
  } finally {
    for (const { folder, stays } of archives) if (!stays) rmSync(folder, { recursive: true, force: true });
  }
}
