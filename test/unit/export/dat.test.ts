import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCase } from '../../../main/archive/review/cases.ts';
import { createHold } from '../../../main/archive/review/holds.ts';
import { redactionProfiles } from '../../../preload/model.ts';
import { ana, apply, input } from '../review/support.ts';
import { readWithPython } from './readers.ts';
import { chatText, march, openTestWriter, take, testAccount } from '../store/support.ts';
import { exportFrom, filledArchive } from './support.ts';

const readDat = `
import sys, json
raw = open(sys.argv[1], 'rb').read()
assert raw.startswith(b'\\xef\\xbb\\xbf')
rows = raw[3:].decode('utf-8').split('\\r\\n')
assert rows.pop() == ''
q = lambda cell: cell[1:-1] if cell[:1] == '\\u00fe' == cell[-1:] else 1/0
print(json.dumps([[q(c) for c in row.split('\\x14')] for row in rows]))
`;

const columns =
  'BEGDOC ENDDOC CUSTODIAN RECORDTYPE CONVERSATIONID PARTICIPANTS DATESTART DATEEND TIMEZONE MESSAGECOUNT SKILL ' +
  'CAMPAIGN TAGS HOLD REDACTED SHA256HASH NATIVEPATH TEXTPATH';

test('a load file names for every conversation its original, its text and its hash', async () => {
  const { path, result } = await exportFrom(filledArchive(), { formats: ['dat'] });
  const rows = readWithPython<string[][]>(readDat, join(path, 'data/dat/conversations.dat'));
  expect(rows[0]?.join(' ')).toBe(columns);
  expect(rows).toHaveLength(result.conversations + 1);
  for (const row of rows.slice(1)) {
    expect(row).toHaveLength(18);
    const native = readFileSync(join(path, 'data/dat', row[16] ?? ''));
    expect(createHash('sha256').update(native).digest('hex')).toBe(row[15]);
    expect(readFileSync(join(path, 'data/dat', row[17] ?? ''), 'utf8')).toContain(row[4]);
  }
  expect(new Set(rows.map((row) => row[0])).size).toBe(rows.length);
});

test('characters that would break the load file are replaced, and each replacement is reported', async () => {
  const writer = openTestWriter();
  take(writer, testAccount(writer), 'chat', [
    chatText({ id: 'x1', startedAt: march, texts: ['hello'], agent: 'Þór\u00FE\u00AE\u0014\nNew line' }),
  ]);
  const { path } = await exportFrom(writer, { formats: ['dat'] });
  const [, row] = readWithPython<string[][]>(readDat, join(path, 'data/dat/conversations.dat'));
  expect(row?.[2]).toBe('Þórth(R) \u00AENew line');
  const report = readFileSync(join(path, 'data/dat/replaced-characters.csv'), 'utf8');
  expect(report).toContain('"TA000000001","CUSTODIAN","U+00FE","th"');
  const facts = JSON.parse(readFileSync(join(path, 'custody/export.json'), 'utf8')) as {
    formats: { replacedCharacters: number }[];
  };
  expect(facts.formats[0]?.replacedCharacters).toBe(report.trimEnd().split('\r\n').length - 1);
});

test('tags and holds stand in their columns, and in none of a redacted load file', async () => {
  const writer = filledArchive();
  apply(writer, { kind: 'tag', tag: 'vip' }, ['c0', 'c1']);
  apply(writer, { kind: 'tag', tag: 'Ärger' }, ['c0']);
  createHold(writer, input('holds.create', { name: 'Smith', reason: 'x', scope: { kind: 'ids', ids: ['c1'] } }), ana);
  const columnsOf = async (more: object) => {
    const { path } = await exportFrom(writer, { formats: ['dat'], query: 'id:c0,c1', ...more });
    const [, ...rows] = readWithPython<string[][]>(readDat, join(path, 'data/dat/conversations.dat'));
    return rows.map((row) => [row[12], row[13]]);
  };
  expect(await columnsOf({})).toEqual([
    ['Ärger; vip', ''],
    ['vip', 'Smith'],
  ]);
  expect(await columnsOf({ asKnownOn: 4, query: '' })).toEqual([]);
  apply(writer, { kind: 'untag', tag: 'vip' }, ['c1'], { ...ana, now: 2_000_000_000_000 });
  expect(await columnsOf({ asKnownOn: 1_900_000_000_000 })).toEqual([
    ['vip; Ärger', ''],
    ['vip', 'Smith'],
  ]);
  expect(await columnsOf({ redaction: redactionProfiles['pii'] })).toEqual([
    ['', ''],
    ['', ''],
  ]);
});

test('an export of a case names the custodian of the case, except where something is redacted', async () => {
  const writer = filledArchive();
  createCase(writer.db, input('cases.create', { name: 'Smith', custodian: 'Clara Day' }), ana);
  apply(writer, { kind: 'case-add', case: 'Smith', reason: '' }, ['c0', 'm0']);
  const custodians = async (more: object) => {
    const { path } = await exportFrom(writer, { formats: ['dat'], case: 'Smith', ...more });
    const [, ...rows] = readWithPython<string[][]>(readDat, join(path, 'data/dat/conversations.dat'));
    return rows.map((row) => row[2]);
  };
  expect(await custodians({})).toEqual(['Clara Day', 'Clara Day']);
  expect(await custodians({ redaction: redactionProfiles['pii'] })).not.toContain('Clara Day');
});
