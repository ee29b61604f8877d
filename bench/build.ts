import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { optimizeArchive } from '../main/archive/store/optimize.ts';
import { openWriter, archiveFile } from '../main/archive/store/database.ts';
import { addAccount } from '../main/archive/store/accounts.ts';
import { ingest } from '../main/archive/store/ingest.ts';
import { decodeRecord } from '../main/archive/liveperson/decode.ts';
import { corpus, type BenchRecord } from './corpus.ts';

/** As sync does in a backfill: pages of a hundred, several in a transaction. */
const perTransaction = 2000;

export interface Built {
  conversations: number;
  textBytes: number;
  originalBytes: number;
  decodeMs: number;
  ingestMs: number;
  /** Of this process, for decoding and ingest: wall time depends on what else the machine does. */
  cpuMs: number;
  optimizeMs: number;
  fileBytes: number;
}

/** Fills an archive with the corpus through the app's own ingest. Generating the corpus does not count. */
export async function buildArchive(folder: string, size: number): Promise<Built> {
  if (existsSync(archiveFile(folder))) throw new Error(`There is an archive in ${folder} already.`);
  mkdirSync(folder, { recursive: true });
  const writer = openWriter(folder, { hostName: 'bench', appVersion: 'bench' });
  const { db } = writer;
  db.pragma('cache_size = -131072');
  db.exec("INSERT INTO ft(ft, rank) VALUES ('hashsize', 67108864)");
  const settings = {
    accountId: '12345678',
    sources: ['messaging' as const],
    requestIntervalMs: 500,
    retryBaseMs: 5000,
  };
  const account = addAccount(db, settings, 'none', { demo: false, now: 0 });
  const built: Built = {
    conversations: 0,
    textBytes: 0,
    originalBytes: 0,
    decodeMs: 0,
    ingestMs: 0,
    cpuMs: 0,
    optimizeMs: 0,
    fileBytes: 0,
  };
  const flush = (batch: readonly BenchRecord[]) => {
    const began = performance.now();
    const cpu = process.cpuUsage();
    const records = batch.map(({ source, original }) => ({ original, conversation: decodeRecord(source, original) }));
    const decoded = performance.now();
    db.transaction(() => {
      ingest(db, records, { account, source: 'messaging', receivedAt: 0, via: 'search' });
    })();
    built.decodeMs += decoded - began;
    built.ingestMs += performance.now() - decoded;
    const used = process.cpuUsage(cpu);
    built.cpuMs += (used.user + used.system) / 1000;
    built.conversations += batch.length;
  };
  let batch: BenchRecord[] = [];
  for (const record of corpus(size)) {
    built.textBytes += Buffer.byteLength(record.text);
    built.originalBytes += record.original.length;
    batch.push(record);
    if (batch.length < perTransaction) continue;
    flush(batch);
    batch = [];
    if (built.conversations % 50_000 === 0) process.stderr.write(`${built.conversations} `);
  }
  flush(batch);
  const began = performance.now();
  await optimizeArchive(db);
  built.optimizeMs = performance.now() - began;
  db.exec("INSERT INTO ft(ft, rank) VALUES ('hashsize', 8388608)");
  writer.close();
  built.fileBytes = statSync(archiveFile(folder)).size;
  writeFileSync(join(folder, 'built.json'), JSON.stringify(built, null, 2));
  return built;
}
