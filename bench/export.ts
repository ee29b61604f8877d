/**
 * Time and peak memory of each streaming format over 10,000 and 100,000 conversations.
 *
 *     node bench/export.ts [SMALL] [LARGE] [FORMATS]
 *
 * Each export runs in a process of its own, so that its peak is its own. Peak of the larger must stay within 1.5 times
 * that of the smaller: memory does not grow with the number of conversations.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../main/archive/clock.ts';
import { recordAction } from '../main/archive/evidence/custody.ts';
import { runExport } from '../main/archive/export/run.ts';
import { decodeRecord } from '../main/archive/liveperson/decode.ts';
import { addAccount } from '../main/archive/store/accounts.ts';
import { openReader, openWriter } from '../main/archive/store/database.ts';
import { ingest } from '../main/archive/store/ingest.ts';
import type { ExportFormat } from '../preload/model.ts';

const words =
  'card charged twice refund contract order delivery thanks please account password invoice 返金 Grüße'.split(' ');

function conversation(index: number): string {
  const start = Date.UTC(2026, 0, 1) + index * 60_000;
  const lines = Array.from({ length: 10 }, (_, line) => ({
    timeL: start + line * 1000,
    lineSeq: String(line),
    text: Array.from({ length: 12 }, (_word, place) => words[(index * 7 + line * 5 + place * 3) % words.length]).join(
      ' ',
    ),
    by: line % 2 === 0 ? 'Clara' : 'Tomas',
    source: line % 2 === 0 ? 'visitor' : 'agent',
  }));
  const info = {
    engagementId: `c${index}`,
    startTimeL: start,
    endTimeL: start + 60_000,
    agentId: '1',
    agentFullName: 'Tomas',
  };
  return JSON.stringify({ info, transcript: { lines } });
}

function fill(folder: string, count: number): void {
  const writer = openWriter(folder, { hostName: 'cli', appVersion: '0' });
  const settings = { accountId: '12345678', sources: ['chat' as const], requestIntervalMs: 0, retryBaseMs: 0 };
  const account = addAccount(writer.db, settings, 'none', { demo: true, now: 1 });
  const context = { account, source: 'chat' as const, receivedAt: Date.now(), via: 'import' as const };
  const take = writer.db.transaction((from: number, to: number) => {
    const records = Array.from({ length: to - from }, (_, offset) => {
      const original = Buffer.from(conversation(from + offset));
      return { original, conversation: decodeRecord('chat', original) };
    });
    ingest(writer.db, records, context);
  });
  for (let from = 0; from < count; from += 2000) take.immediate(from, Math.min(count, from + 2000));
  writer.close();
}

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
  megabytes: number;
}

function measure(folder: string, format: string): Figures {
  const child = spawnSync(process.execPath, [import.meta.filename, '--one', folder, format], { encoding: 'utf8' });
  rmSync(join(folder, `out-${format}`), { recursive: true, force: true });
  if (child.status !== 0) throw new Error(`${format}: ${child.stderr}`);
  return JSON.parse(child.stdout) as Figures;
}

const [first = '10000', second = '100000', names = 'csv,xlsx,ndjson,json,html,eml,rsmf,dat,parquet'] =
  process.argv.slice(2);
if (first === '--one') await exportOnce(second, names as ExportFormat);
else {
  const sizes = [Number(first), Number(second)];
  const folders = sizes.map((size) => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-export-'));
    fill(folder, size);
    return folder;
  });
  try {
    console.log(`format    ${sizes.map((size) => `${size} conversations`.padEnd(30)).join('')}peak ratio`);
    for (const format of names.split(',')) {
      const figures = folders.map((folder) => measure(folder, format));
      const shown = figures.map((one) =>
        `${one.seconds.toFixed(1)} s, ${one.peakMegabytes} MB peak, ${one.megabytes} MB`.padEnd(30),
      );
      const ratio = (figures[1]?.peakMegabytes ?? 0) / (figures[0]?.peakMegabytes ?? 1);
      console.log(`${format.padEnd(10)}${shown.join('')}${ratio.toFixed(2)}`);
    }
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}
