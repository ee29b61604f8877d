/** Records as an attacker would write them, through every export: whatever opens the package, nothing may run or break out. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ArchiveWriter } from '../../../main/archive/store/database.ts';
import { march, minute, openTestWriter, take, temporaryFolder, testAccount } from '../store/support.ts';
import { filesBelow, hasTool, readWithPython } from './readers.ts';
import { exportFrom, verify } from './support.ts';

const formulas = [
  '=HYPERLINK("http://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1',
];
const markup = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</title></style></article><svg/onload=alert(1)>',
  '{{7*7}}${7*7}',
  ']]><x/>',
];
const bidi = ['\u202Egnp.exe', 'a\u2066b\u2069\u200Fc', '\u202Aopen\u202A', 'user\u202E moc.evil\u202C'];
const headers = [
  'x\r\nBcc: victim@example.com',
  'x\nContent-Type: text/html\n\n<b>',
  '=?utf-8?B?aGk=?=',
  '"quoted", <a@b.example>',
];
const loadFile = ['\u0014\u00FE\u00AE', '\u00FE\u0014\u00FE'];
const broken = ['nul \0 char', 'lone \uD800 surrogate', '\uFFFE\uFFFF', '\u2028\u2029', '\u001B[2J'];
const all = [...formulas, ...markup, ...bidi, ...headers, ...loadFile, ...broken];

const ids = [
  '../../../etc/passwd',
  '..\\..\\evil',
  '/etc/cron.d/x',
  'C:\\x',
  'CON',
  'nul.txt',
  'a\nb',
  'x'.repeat(400),
  '%2e%2e%2f',
  'same',
  'SAME',
  '-rf',
  '=1+1',
  '<b>',
  '\u202Etxt',
  '.',
];

function record(id: string, index: number, texts: readonly string[], extra = ''): string {
  const nasty = all[index % all.length] ?? '';
  const startTimeL = march + index * minute;
  const lines = texts.map((text, position) => ({
    timeL: startTimeL + position,
    lineSeq: String(position),
    text,
    textType: position % 3 === 0 ? 'html' : 'plain',
    by: nasty,
    source: position % 2 === 0 ? 'visitor' : 'agent',
  }));
  const info = {
    engagementId: id,
    startTimeL,
    endTimeL: startTimeL + minute,
    isPartial: false,
    chatDataEnriched: true,
    agentId: nasty,
    agentFullName: nasty,
    agentLoginName: nasty,
    skillName: nasty,
    visitorName: nasty,
    country: nasty,
  };
  const personal = { customerName: nasty, email: nasty, contacts: [{ email: nasty, phone: nasty }] };
  const sdes = { events: [{ sdeType: 'PERSONAL_INFO', personalInfo: personal }] };
  return `{"info":${JSON.stringify(info)},"transcript":${JSON.stringify({ lines })},"sdes":${JSON.stringify(sdes)}${extra}}`;
}

const formats = ['csv', 'xlsx', 'ndjson', 'json', 'html', 'eml', 'rsmf', 'dat', 'parquet'] as const;
const longLine = `${'long line '.repeat(1_050_000)}end`;
let writer: ArchiveWriter;
let folder: string;
let files: string[];

beforeAll(async () => {
  writer = openTestWriter();
  const account = testAccount(writer);
  take(
    writer,
    account,
    'chat',
    ids.map((id, index) => record(id, index, all)),
  );
  const deep = `,"deep":${'['.repeat(3000)}${']'.repeat(3000)}`;
  take(writer, account, 'chat', [
    record('deep', ids.length, ['deep'], deep),
    record('long', ids.length + 1, [longLine]),
  ]);
  ({ path: folder } = await exportFrom(writer, { formats: [...formats] }));
  files = filesBelow(folder);
}, 120_000);

describe('hostile content', () => {
  test('is all there, and the package verifies', async () => {
    const report = await verify(folder);
    expect(report.failures).toEqual([]);
    const facts = JSON.parse(readFileSync(join(folder, 'custody/export.json'), 'utf8')) as Record<string, unknown>;
    expect(facts).toMatchObject({ conversations: ids.length + 2, errors: 0 });
  });

  test('names no file: every path is plain, within the package, and none differs from another only in capitals', () => {
    for (const file of files) {
      expect(file).toMatch(/^[A-Za-z0-9._=/-]+$/u);
      expect(file.split('/').some((part) => /^\.{1,2}$|^(?:con|nul|aux|prn)(?:\.|$)|\.$/iu.test(part))).toBe(false);
      expect(file.split('/').every((part) => part.length <= 140)).toBe(true);
    }
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(files.length);
  });

  test('leads out of no zip: neither that of the package nor those inside', async () => {
    const { path } = await exportFrom(writer, {
      out: join(temporaryFolder(), 'all.zip'),
      formats: ['eml', 'rsmf', 'xlsx'],
    });
    const names = readWithPython<string[]>(
      `import sys, zipfile, io, email, email.policy, json
out = []
z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
for n in z.namelist():
    out.append(n)
    data = z.read(n)
    if n.endswith('.rsmf'):
        for a in email.message_from_bytes(data, policy=email.policy.default).iter_attachments(): data = a.get_payload(decode=True)
    if data[:4] == b'PK\\x03\\x04':
        inner = zipfile.ZipFile(io.BytesIO(data)); assert inner.testzip() is None
        out += ['inner ' + i for i in inner.namelist()]
print(json.dumps(out))`,
      path,
    );
    expect(names.filter((name) => name.startsWith('inner ')).length).toBeGreaterThan(ids.length);
    for (const name of names) {
      expect(name).not.toMatch(/\.\.|\\|:|^inner \/|^\//u);
      if (name.startsWith('inner rsmf')) expect(name).not.toContain('/');
    }
    if (hasTool('unzip')) execFileSync('unzip', ['-tq', path]);
  });

  test('is no formula in any cell of csv and xlsx', () => {
    const cells = readWithPython<[string, string][]>(
      `import sys, csv, json, os
csv.field_size_limit(2**31 - 1)
out = []
for f in sys.argv[2:]:
    rows = list(csv.reader(open(os.path.join(sys.argv[1], f), encoding='utf-8-sig', newline='')))
    assert len({len(r) for r in rows}) == 1, f
    out += [[f, c[:40]] for r in rows for c in r if c and not c.replace('.', '', 1).lstrip('-').isdigit()]
print(json.dumps(out))`,
      folder,
      ...files.filter((file) => file.endsWith('.csv')),
    );
    expect(cells.length).toBeGreaterThan(500);
    expect(cells.filter(([, cell]) => /^[=+\-@\t\r＝＋－＠]/u.test(cell))).toEqual([]);
    const sheets = readWithPython<string[]>(
      `import sys, zipfile, re, json
z = zipfile.ZipFile(sys.argv[1])
out = []
for n in z.namelist():
    if n.startswith('xl/worksheets/'): out += sorted(set(re.findall(r'<([a-zA-Z]+)[ />]', z.read(n).decode('utf-8'))))
print(json.dumps(sorted(set(out))))`,
      join(folder, 'data/conversations.xlsx'),
    );
    // Cells, rows and inline strings; no f (formula), no hyperlink.
    expect(sheets).toEqual(['c', 'is', 'pane', 'row', 'sheetData', 'sheetView', 'sheetViews', 't', 'worksheet']);
  });

  test('is no markup in html: only our own elements, attributes and the one script', () => {
    const tags = readWithPython<{ tags: string[]; attributes: string[]; scripts: number; links: string[] }>(
      `import sys, json, html.parser
class P(html.parser.HTMLParser):
    tags, attributes, scripts, links = set(), set(), 0, []
    def handle_starttag(self, tag, attrs):
        P.tags.add(tag)
        for k, v in attrs:
            P.attributes.add(k)
            if k in ('href', 'src', 'action', 'srcset', 'data'): P.links.append(v)
        if tag == 'script': P.scripts += 1
P().feed(open(sys.argv[1], encoding='utf-8').read())
print(json.dumps({'tags': sorted(P.tags), 'attributes': sorted(P.attributes), 'scripts': P.scripts, 'links': P.links}))`,
      join(folder, 'data/conversations.html'),
    );
    expect(tags.scripts).toBe(1);
    expect(tags.tags).not.toContain('img');
    expect(tags.tags).not.toContain('svg');
    expect(tags.attributes.filter((name) => name.startsWith('on'))).toEqual([]);
    expect(tags.links.filter((link) => !link.startsWith('#'))).toEqual([]);
  });

  test('turns no line of html around: names and texts stand in a direction of their own', () => {
    const page = readFileSync(join(folder, 'data/conversations.html'), 'utf8');
    for (const [index, text] of bidi.entries()) {
      const at = page.indexOf(`>${text}`);
      expect(at, `text ${index}`).toBeGreaterThan(0);
      // The element around it, or one within the same line, isolates what is inside.
      expect(page.slice(page.lastIndexOf('<', at), at)).toMatch(/dir="auto"|^<bdi/u);
    }
  });

  test('adds no header, no part and no attachment to a mail', () => {
    const mails = readWithPython<{ headers: string[]; parts: string[]; names: (string | null)[]; defects: number }[]>(
      `import sys, json, email, email.policy
out = []
for f in sys.argv[1:]:
    m = email.message_from_bytes(open(f, 'rb').read(), policy=email.policy.default)
    out.append({'headers': sorted({k.lower() for k in m.keys()}), 'parts': [p.get_content_type() for p in m.walk()],
                'names': [p.get_filename() for p in m.walk()], 'defects': len(m.defects)})
print(json.dumps(out))`,
      ...files.filter((file) => /\.(?:eml|rsmf)$/u.test(file)).map((file) => join(folder, file)),
    );
    expect(mails.length).toBeGreaterThanOrEqual((ids.length + 2) * 2);
    for (const { headers: found, parts, names, defects } of mails) {
      expect(
        found.filter(
          (name) => !/^(?:x-[a-z0-9-]+|from|to|subject|date|message-id|mime-version|content-type)$/u.test(name),
        ),
      ).toEqual([]);
      expect(parts).toHaveLength(3);
      expect(names.filter((name) => name !== null && !['original.json', 'rsmf.zip'].includes(name))).toEqual([]);
      expect(defects).toBe(0);
    }
  });

  test('breaks no row of a load file', () => {
    const text = readFileSync(join(folder, 'data/dat/conversations.dat'), 'utf8').slice(1);
    const rows = text.trimEnd().split('\r\n');
    expect(rows).toHaveLength(ids.length + 3);
    for (const row of rows) expect(row.split('\u0014').every((cell) => /^þ[^þ]*þ$/u.test(cell))).toBe(true);
    expect(new Set(rows.map((row) => row.split('\u0014').length))).toEqual(new Set([18]));
  });

  test('comes whole out of ndjson: a line of ten megabytes, JSON 3,000 levels deep', () => {
    const lines = readFileSync(join(folder, 'data/conversations.ndjson'), 'utf8').trimEnd().split('\n');
    const records = lines.map((line) => JSON.parse(line) as { id: string; messages: { text: string }[] });
    const long = records.find(({ id }) => id.endsWith(':long'));
    expect(long?.messages[0]?.text.length).toBe(longLine.length);
    expect(lines.some((line) => line.includes('['.repeat(3000)))).toBe(true);
    const first = records.find(({ id }) => id.endsWith(':same'));
    // What is said to be html is shown as its text; everything else is letter for letter.
    expect(first?.messages.map(({ text }) => text).filter((_text, index) => index % 3 !== 0)).toEqual(
      all.filter((_text, index) => index % 3 !== 0),
    );
  });
});
