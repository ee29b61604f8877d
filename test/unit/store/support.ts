import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { addAccount, type StoredAccount } from '../../../main/archive/store/accounts.ts';
import { openWriter, type ArchiveWriter } from '../../../main/archive/store/database.ts';
import { ingest, type IngestContext, type Ingested } from '../../../main/archive/store/ingest.ts';
import type { Source } from '../../../preload/model.ts';
import { received } from './records.ts';

export * from './records.ts';

const cleanUps: (() => void)[] = [];
afterAll(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp();
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'archive-store-'));
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openTestWriter(folder = temporaryFolder()): ArchiveWriter {
  const writer = openWriter(folder, { hostName: 'cli', appVersion: '0.0.0' });
  cleanUps.push(() => writer.close());
  return writer;
}

export function testAccount(writer: ArchiveWriter, accountId = '12345678'): StoredAccount {
  return addAccount(
    writer.db,
    { accountId, sources: ['chat', 'messaging'], requestIntervalMs: 0, retryBaseMs: 0 },
    'none',
    { demo: false, now: 1 },
  );
}

/** Takes records in, in a transaction of their own. */
export function take(
  writer: ArchiveWriter,
  account: StoredAccount,
  source: Source,
  texts: readonly string[],
  context: Partial<IngestContext> = {},
): Ingested[] {
  const records = texts.map((text) => received(source, text));
  return writer.db
    .transaction(() =>
      ingest(writer.db, records, { account, source, receivedAt: 1_800_000_000_000, via: 'search', ...context }),
    )
    .immediate();
}

/** The row ids that the index finds for an FTS5 expression, in order. */
export function indexed(writer: ArchiveWriter, match: string): number[] {
  return writer.db.prepare<[string], number>('SELECT rowid FROM ft WHERE ft MATCH ? ORDER BY rowid').pluck().all(match);
}

export interface Child {
  pid: number;
  /** Everything it wrote so far. */
  output(): string;
  /** Resolves when the output holds the text; rejects when the process ends before. */
  wrote(text: string): Promise<void>;
  ended: Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts a script of ours in a real process of its own. */
export function startChild(script: string, argumentsOf: readonly string[]): Child {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...argumentsOf], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const onData = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', onData);
  child.stderr.on('data', onData);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  cleanUps.push(() => child.kill('SIGKILL'));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    wrote(text) {
      return new Promise((resolve, reject) => {
        const look = () => {
          if (!output.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without "${text}": ${output}`)));
      });
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
