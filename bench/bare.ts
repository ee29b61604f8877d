import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from './corpus.ts';

/** CPU milliseconds a conversation for SQLite's FTS5 alone, with the plain text in one column: the lower bound. */
export function measureBareFts5(
  folder: string,
  size: number,
): { conversations: number; cpuMsEach: number; indexShare: number } {
  const file = join(folder, 'bare.sqlite');
  rmSync(file, { force: true });
  const db = new Database(file);
  db.pragma('page_size = 8192');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec(`CREATE VIRTUAL TABLE ft USING fts5(text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
    INSERT INTO ft(ft, rank) VALUES ('pgsz', 8100);
    INSERT INTO ft(ft, rank) VALUES ('hashsize', 67108864)`);
  const texts = Array.from(corpus(size), ({ text }) => text);
  const insert = db.prepare('INSERT INTO ft(rowid, text) VALUES (?, ?)');
  const before = process.cpuUsage();
  for (let from = 0; from < size; from += 2000) {
    db.transaction(() => {
      texts.slice(from, from + 2000).forEach((text, index) => insert.run(BigInt(from + index + 1), text));
    })();
  }
  const { user, system } = process.cpuUsage(before);
  db.exec("INSERT INTO ft(ft) VALUES ('optimize')");
  const bytes = db.prepare<[], number>('SELECT sum(length(block)) FROM ft_data').pluck().get() ?? 0;
  db.close();
  rmSync(file, { force: true });
  const textBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { conversations: size, cpuMsEach: (user + system) / 1000 / size, indexShare: bytes / textBytes };
}
