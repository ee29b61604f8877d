import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { csvColumns, csvRows } from '../../../main/archive/export/csv.ts';
import { localTimeFormatter } from '../../../main/archive/export/local-time.ts';
import { findConversation, loadTranscript } from '../../../main/archive/store/transcripts.ts';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { exportFrom, filledArchive } from './support.ts';

describe('CSV', () => {
  let writer: ArchiveWriter;
  let folder: string;
  beforeAll(async () => {
    writer = filledArchive();
    ({ path: folder } = await exportFrom(writer, { formats: ['csv'] }));
  });

  /** What Python's csv module reads: a reader that nobody here wrote. */
  function readWithPython(name: string): string[][] {
    const script =
      'import csv,json,sys; sys.stdout.write(json.dumps(list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""), strict=True))))';
    const output = execFileSync('python3', ['-c', script, join(folder, 'data', name)], { encoding: 'utf8' });
    return JSON.parse(output) as string[][];
  }

  test('is read by Python with every message as it was, except for the apostrophe before formulas', () => {
    const [columns = [], ...rows] = readWithPython('messages.csv');
    expect(columns).toEqual(csvColumns.messages);
    const text = columns.indexOf('text');
    const id = columns.indexOf('conversation_id');
    for (const conversation of ['chat:12345678:c0', 'messaging:12345678:m2']) {
      const transcript = loadTranscript(writer.db, findConversation(writer.db, conversation).rid);
      const expected = transcript.messages.map((message) =>
        /^[=+\-@\t\r]/u.test(message.text) ? `'${message.text}` : message.text,
      );
      expect(rows.filter((row) => row[id] === conversation).map((row) => row[text])).toEqual(expected);
    }
    expect(rows.some((row) => row[text]?.startsWith(`'=HYPERLINK`))).toBe(true);
  });

  test('starts with a byte order mark, ends lines with CR LF and joins by id', () => {
    const bytes = readFileSync(join(folder, 'data/conversations.csv'));
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.subarray(-2).toString()).toBe('\r\n');
    const [, ...conversations] = readWithPython('conversations.csv');
    const [, ...messages] = readWithPython('messages.csv');
    expect(new Set(messages.map((row) => row[0]))).toEqual(new Set(conversations.map((row) => row[0])));
    expect(conversations).toHaveLength(12);
  });

  test.each(['=1+1', '+1', '-1', '@A1', '\t=1', '\r=1', '＝1'])('makes the formula %j inert', (text) => {
    expect(csvRows([[text]])).toBe(`"'${text}"\r\n`);
  });

  test('leaves numbers numbers, negative ones too', () => {
    expect(csvRows([[-1, 2.5, null, 'a "b"']])).toBe('-1,2.5,,"a ""b"""\r\n');
  });
});

describe('local times', () => {
  test('carry the offset of their moment, also where clocks go back and before years had four digits', () => {
    const berlin = localTimeFormatter('Europe/Berlin');
    expect(berlin(Date.UTC(2026, 9, 25, 0, 30))).toBe('2026-10-25T02:30:00.000+02:00');
    expect(berlin(Date.UTC(2026, 9, 25, 1, 30, 0, 7))).toBe('2026-10-25T02:30:00.007+01:00');
    expect(localTimeFormatter('UTC')(0)).toBe('1970-01-01T00:00:00.000+00:00');
    expect(localTimeFormatter('Asia/Kathmandu')(0)).toBe('1970-01-01T05:30:00.000+05:30');
    expect(berlin(null)).toBe('');
    expect(berlin(1e300)).toBe('');
  });
});
