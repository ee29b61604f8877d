import Database from 'better-sqlite3';
import { createReadStream, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { medianMs, servePeer } from './peer.ts';
import { ourQuery, type Question } from './questions.ts';

let db: Database.Database | undefined;

/** SQLite's FTS5 with nothing but the text, set up for size and speed as design allows. */
servePeer({
  async build(texts, folder) {
    const file = join(folder, 'fts5.sqlite');
    rmSync(file, { force: true });
    db = new Database(file);
    const { version } = db.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get() ?? {
      version: '',
    };
    db.pragma('page_size = 8192');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('mmap_size = 4294967296');
    db.exec(`CREATE VIRTUAL TABLE ft USING fts5(text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
      INSERT INTO ft(ft, rank) VALUES ('pgsz', 8100);
      INSERT INTO ft(ft, rank) VALUES ('hashsize', 67108864)`);
    const insert = db.prepare('INSERT INTO ft(text) VALUES (?)');
    let spent = 0;
    const flush = (batch: readonly string[]) => {
      const began = performance.now();
      db?.transaction(() => batch.forEach((text) => insert.run(text)))();
      spent += performance.now() - began;
    };
    let batch: string[] = [];
    for await (const line of createInterface({ input: createReadStream(texts) })) {
      batch.push(line);
      if (batch.length < 2000) continue;
      flush(batch);
      batch = [];
    }
    flush(batch);
    const began = performance.now();
    db.exec("INSERT INTO ft(ft) VALUES ('optimize')");
    db.pragma('wal_checkpoint(TRUNCATE)');
    spent += performance.now() - began;
    return { version, seconds: spent / 1000, bytes: statSync(file).size };
  },
  ask(question, runs) {
    if (db === undefined) return null;
    const query = fts5Query(question);
    const count = db.prepare<[string], number>('SELECT count(*) FROM ft WHERE ft MATCH ?').pluck();
    const newest = db.prepare('SELECT rowid FROM ft WHERE ft MATCH ? ORDER BY rowid DESC LIMIT 50').pluck();
    const best = db.prepare('SELECT rowid FROM ft WHERE ft MATCH ? ORDER BY rank LIMIT 50').pluck();
    return {
      total: count.get(query) ?? 0,
      totalMs: medianMs(runs, () => count.get(query)),
      newestMs: medianMs(runs, () => newest.all(query)),
      bestMs: medianMs(Math.min(runs, 3), () => best.all(query)),
    };
  },
});

function fts5Query(question: Question): string {
  return question.kind === 'but-not' ? question.words.join(' NOT ') : ourQuery(question);
}
