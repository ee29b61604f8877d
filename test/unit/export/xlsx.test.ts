import { execFileSync } from 'node:child_process';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { countWorkbook } from '../../../main/archive/export/count-containers.ts';
import { OutputFile } from '../../../main/archive/export/output-file.ts';
import { tableColumns } from '../../../main/archive/export/tables.ts';
import { xlsxFormatWith } from '../../../main/archive/export/xlsx.ts';
import { cellXml } from '../../../main/archive/export/xlsx-parts.ts';
import { publicTranscript } from '../../../preload/public-json.ts';
import { findConversation, loadOriginal, loadTranscript } from '../../../main/archive/store/transcripts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { temporaryFolder } from '../store/support.ts';
import { hasPythonModule, readWithPython } from './readers.ts';
import { exportFrom, filledArchive } from './support.ts';

let writer: ArchiveWriter;
let file: string;
beforeAll(async () => {
  writer = filledArchive();
  const { path } = await exportFrom(writer, { formats: ['xlsx', 'ndjson'] });
  file = join(path, 'data/conversations.xlsx');
});

/** Reads the cells with nothing but Python's zip and XML readers, and undoes OOXML's own escapes. */
const readSheets = `
import sys, zipfile, re, json
import xml.etree.ElementTree as E
n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
names = [s.get('name') for s in E.fromstring(z.read('xl/workbook.xml')).iter(n + 'sheet')]
undo = lambda t: re.sub('_x([0-9A-F]{4})_', lambda m: chr(int(m.group(1), 16)), t)
out = {}
for i, name in enumerate(names):
    rows = []
    for row in E.fromstring(z.read('xl/worksheets/sheet%d.xml' % (i + 1))).iter(n + 'row'):
        assert not list(row.iter(n + 'f'))
        rows.append([undo(c.findtext(n + 'is/' + n + 't') or '') for c in row])
    out[name] = rows
print(json.dumps(out))
`;

interface Line {
  id: string;
  messages: { text: string }[];
}

describe('the xlsx format', () => {
  test('holds every message as text, formulas and control characters included', () => {
    const sheets = readWithPython<Record<string, string[][]>>(readSheets, file);
    expect(Object.keys(sheets)).toEqual(['conversations', 'messages', 'surveys', 'attributes']);
    expect(sheets['messages']?.[0]).toEqual(tableColumns.messages);
    const lines = readFileSync(join(file, '../conversations.ndjson'), 'utf8').trimEnd().split('\n');
    const expected = lines
      .map((line) => JSON.parse(line) as Line)
      .flatMap(({ id, messages }) => messages.map(({ text }) => [id, text]));
    expect(expected.some(([, text]) => text?.startsWith('=HYPERLINK'))).toBe(true);
    expect(sheets['messages']?.slice(1).map((row) => [row[0], row[9]])).toEqual(expected);
  });

  test('is a whole zip for unzip', () => {
    expect(execFileSync('unzip', ['-t', file], { encoding: 'utf8' })).toContain('No errors detected');
  });

  test.skipIf(!hasPythonModule('openpyxl'))('is read by openpyxl (where it is installed)', () => {
    const script = `
import sys, json, openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
print(json.dumps({s.title: [[c.data_type for c in row] for row in s.iter_rows()] for s in book}))`;
    const types = readWithPython<Record<string, string[][]>>(script, file);
    expect(Object.keys(types)).toEqual(['conversations', 'messages', 'surveys', 'attributes']);
    expect(new Set(types['messages']?.flat())).not.toContain('f');
  });

  test('goes on in another sheet where one is full, and keeps texts that no cell can hold', async () => {
    const { rid } = findConversation(writer.db, 'chat:12345678:c0');
    const transcript = loadTranscript(writer.db, rid);
    const long = `${'x'.repeat(40_000)}👩🏽‍💻${'y'.repeat(40_000)}`;
    for (const message of transcript.messages.slice(0, 1)) message.text = long;
    const folder = temporaryFolder();
    const path = join(folder, 'small.xlsx');
    const output = new OutputFile('small.xlsx', path);
    const none = () => undefined;
    const format = xlsxFormatWith(3).start({
      open: () => output,
      put: none,
      close: none,
      addBeside: none,
      workFolder: folder,
      recordsBefore: 0,
      timeZone: 'UTC',
      title: '',
      exportedAt: 0,
      custodian: null,
      appVersion: '0',
      signal: new AbortController().signal,
    });
    const { original } = loadOriginal(writer.db, rid);
    const record = {
      transcript,
      shown: publicTranscript(transcript),
      original: Buffer.from(original),
      redacted: false,
      labels: { tags: [], holds: [] },
    };
    for (let round = 0; round < 3; round += 1) void format.add(record);
    void format.finish();
    output.close();
    const sheets = readWithPython<Record<string, string[][]>>(readSheets, path);
    expect(sheets['conversations']).toHaveLength(3);
    expect(sheets['conversations_2']).toHaveLength(2);
    const messages = transcript.messages.length * 3;
    expect(await countWorkbook(createReadStream(path) as AsyncIterable<Buffer>)).toEqual({
      conversations: 3,
      messages,
    });
    const parts = Object.entries(sheets).filter(([name]) => name.startsWith('long_texts'));
    const rows = parts.flatMap(([, all]) => all.slice(1)).filter((row) => row[0] === 'messages' && row[1] === '2');
    expect(rows.map((row) => row[4]).join('')).toBe(long);
    expect(rows.every((row) => (row[4] ?? '').length <= 32_767)).toBe(true);
    expect(sheets['messages']?.[1]?.[9]).toMatch(/\[whole text in the sheet long_texts\]$/u);
  });

  test('escapes what only looks like an escape', () => {
    expect(cellXml('_x0041_')).toContain('_x005F_x0041_');
    expect(cellXml('\u0000')).toContain('_x0000_');
  });
});
