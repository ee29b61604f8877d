import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from './corpus.ts';

/**
 * Seconds that SQLite's own shell takes to put the plain text of the corpus into FTS5 and nothing else: from a table, in
 * one transaction. The lower bound for ingest. Null without a `sqlite3` on the PATH.
 */
export function createShellMeasure(folder: string, conversations: number): (() => number) | null {
  if (spawnSync('sqlite3', ['--version']).status !== 0) return null;
  const csv = join(folder, 'texts.csv');
  const handle = openSync(csv, 'w');
  for (const { text } of corpus(conversations)) writeSync(handle, `"${text.replaceAll('"', '""')}"\n`);
  closeSync(handle);
  return () => {
    const file = join(folder, 'shell.sqlite');
    const script = `PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;
      CREATE TABLE t(text);
.import --csv ${csv} t
      CREATE VIRTUAL TABLE ft USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2');
      INSERT INTO ft(ft, rank) VALUES ('pgsz', 8100);
      INSERT INTO ft(ft, rank) VALUES ('hashsize', 67108864);
.timer on
      INSERT INTO ft(rowid, text) SELECT rowid, text FROM t;`;
    try {
      const output = execFileSync('sqlite3', ['-bail', file], { input: script, encoding: 'utf8' });
      const seconds = /real (\d+\.\d+)/u.exec(output)?.[1];
      if (seconds === undefined) throw new Error(`The shell did not tell a time: ${output}`);
      return Number(seconds);
    } finally {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    }
  };
}
