import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveFile } from '../../../main/archive/store/database.ts';
import { migrate } from '../../../main/archive/store/migrate.ts';
import { chatText, openTestWriter, take, temporaryFolder, testAccount } from './support.ts';

function works(command: string, ...argumentsOf: string[]): boolean {
  return spawnSync(command, argumentsOf).status === 0;
}

const python = works('python3', '-c', 'import sqlite3; assert sqlite3.sqlite_version_info >= (3, 37)');
const zstd = works('zstd', '--version');
const shell = works('sqlite3', '--version');

const documentation = readFileSync(join(import.meta.dirname, '../../../docs/archive-format.md'), 'utf8');

describe('the schema of format 10', () => {
  it('is frozen: what was released is changed by a new step only', async () => {
    const db = new Database(':memory:');
    migrate(db, 10);
    const sql = db
      .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'ft_%' ORDER BY name")
      .pluck()
      .all();
    await expect(`${sql.join(';\n')};\n`).toMatchFileSnapshot('schema-10.sql');
  });

  it('has strict tables only, but for the index', () => {
    const db = new Database(':memory:');
    migrate(db);
    const loose = db
      .prepare<[], string>("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND type = 'table'")
      .pluck()
      .all();
    expect(loose.filter((name) => !name.startsWith('sqlite_'))).toEqual([]);
  });

  it('is described, table by table', () => {
    const db = new Database(':memory:');
    migrate(db, 10);
    const tables = db
      .prepare<[], string>("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')")
      .pluck()
      .all()
      .filter((name) => !/^(sqlite|ft)_/u.test(name));
    for (const table of tables) expect(documentation).toContain(`\`${table}\``);
  });
});

describe('an archive without the app', () => {
  const texts = [
    chatText({ texts: ['café 返金 😀'], enriched: false, rawExtra: '{"n":1234567890123456789,"s":"\\ud83d\\u0000"}' }),
    chatText({ texts: ['café 返金 😀'], rawExtra: '{"n":1234567890123456789,"s":"\\ud83d\\u0000"}' }),
  ];

  it.skipIf(!python || !zstd)('gives its originals to the Python program of the documentation', () => {
    const writer = openTestWriter();
    const account = testAccount(writer);
    take(writer, account, 'chat', [chatText({ id: 'before' }), texts[0] ?? '', chatText({ id: 'after' })]);
    take(writer, account, 'chat', [texts[1] ?? '']);
    const program = /```python\n(.*?)```/su.exec(documentation)?.[1] ?? '';
    expect(program.trim().split('\n').length).toBeLessThanOrEqual(22);
    const file = join(temporaryFolder(), 'read-original.py');
    writeFileSync(file, program);
    const read = (id: string) => spawnSync('python3', [file, archiveFile(writer.folder), id]);
    const result = read('c1');
    expect(result.stdout.toString('utf8')).toBe(texts[1]);
    expect(result.stderr.toString()).toMatch(/^1 [0-9a-f]{64}\n2 [0-9a-f]{64}\n$/u);
    expect(read('none')).toMatchObject({ status: 1 });
    writer.db.prepare('UPDATE version SET offset = 1 WHERE number = 2').run();
    expect(read('c1').stderr.toString()).toContain('version 2 is not what was received');
  });

  it.skipIf(!shell)('is open to the sqlite3 shell of the system, the index aside', () => {
    const writer = openTestWriter();
    take(writer, testAccount(writer), 'chat', texts);
    const ask = (sql: string) => spawnSync('sqlite3', ['-readonly', archiveFile(writer.folder), sql]).stdout.toString();
    expect(ask('SELECT remote_id, version FROM conversation')).toBe('c1|2\n');
    expect(ask('SELECT number, reason, length(seed) FROM version')).toBe('1|first-seen|32\n2|enriched|32\n');
    expect(ask('SELECT count(*) FROM custody_leaf')).toBe('2\n');
    expect(ask('PRAGMA application_id')).toBe('1417167218\n');
  });
});

describe('the questions that are asked for every record', () => {
  it.each([
    [
      'which conversation is this?',
      'SELECT rid FROM conversation WHERE remote_id = ? AND source = ? AND account = ?',
      'SEARCH conversation USING COVERING INDEX conversation_identity (remote_id=? AND source=? AND account=?)',
    ],
    [
      'which conversations have this bare id?',
      'SELECT rid FROM conversation WHERE remote_id = ?',
      'SEARCH conversation USING COVERING INDEX conversation_identity (remote_id=?)',
    ],
    [
      'what is its current version?',
      'SELECT sha256, via FROM version WHERE rid = ? AND number = ?',
      'SEARCH version USING PRIMARY KEY (rid=? AND number=?)',
    ],
    [
      'was this received before?',
      'SELECT 1 FROM version WHERE rid = ? AND number > ? AND sha256 = ?',
      'SEARCH version USING PRIMARY KEY (rid=? AND number>?)',
    ],
    [
      'which row ids are taken?',
      'SELECT rid FROM conversation WHERE rid BETWEEN ? AND ? ORDER BY rid',
      'SEARCH conversation USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    ],
    [
      'which number has this facet value?',
      'SELECT id FROM facet_value WHERE field = ? AND value = ?',
      'SEARCH facet_value USING COVERING INDEX sqlite_autoindex_facet_value_1 (field=? AND value=?)',
    ],
    [
      'what lies in these blocks?',
      'SELECT rid, number, sha256, block, offset, length FROM version WHERE block > ? AND block <= ? ORDER BY block, rid, number',
      'SEARCH version USING INDEX version_block (block>? AND block<?)',
    ],
    [
      'which blocks are loose?',
      'SELECT block FROM version WHERE block > ? AND block <= ? GROUP BY block HAVING count(*) < 10 ORDER BY block LIMIT 200',
      'SEARCH version USING COVERING INDEX version_block (block>? AND block<?)',
    ],
  ])('%s', (_question, sql, plan) => {
    const { db } = openTestWriter();
    const parameters = [...sql.matchAll(/\?/gu)].map(() => 1);
    const details = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    expect(details.map(({ detail }) => detail)).toEqual([plan]);
  });
});
